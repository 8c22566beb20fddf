CREATE TRIGGER `events_never_change` BEFORE UPDATE ON `events` BEGIN
  SELECT RAISE(ABORT, 'events are append-only');
END;
--> statement-breakpoint
CREATE TRIGGER `events_never_go` BEFORE DELETE ON `events` BEGIN
  SELECT RAISE(ABORT, 'events are append-only');
END;
--> statement-breakpoint
CREATE TRIGGER `original_decision_on_written_once` BEFORE UPDATE OF `original_decision_on` ON `deals`
WHEN OLD.original_decision_on IS NOT NULL AND NEW.original_decision_on IS NOT OLD.original_decision_on
BEGIN
  SELECT RAISE(ABORT, 'original_decision_on is written once');
END;
