CREATE FUNCTION "refuse_event_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'events are append-only';
END;
$$;
--> statement-breakpoint
CREATE TRIGGER "events_never_change" BEFORE UPDATE ON "events"
FOR EACH ROW EXECUTE FUNCTION "refuse_event_change"();
--> statement-breakpoint
CREATE TRIGGER "events_never_go" BEFORE DELETE ON "events"
FOR EACH ROW EXECUTE FUNCTION "refuse_event_change"();
--> statement-breakpoint
CREATE TRIGGER "events_never_empty" BEFORE TRUNCATE ON "events"
FOR EACH STATEMENT EXECUTE FUNCTION "refuse_event_change"();
--> statement-breakpoint
CREATE FUNCTION "refuse_decision_rewrite"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'original_decision_on is written once';
END;
$$;
--> statement-breakpoint
CREATE TRIGGER "original_decision_on_written_once" BEFORE UPDATE OF "original_decision_on" ON "deals"
FOR EACH ROW
WHEN (OLD.original_decision_on IS NOT NULL AND NEW.original_decision_on IS DISTINCT FROM OLD.original_decision_on)
EXECUTE FUNCTION "refuse_decision_rewrite"();
