CREATE TABLE `deal_contacts` (
	`workspace_id` text NOT NULL,
	`deal_id` text NOT NULL,
	`contact_id` text NOT NULL,
	`role` text,
	`engaged_on` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `deal_contacts_once` ON `deal_contacts` (`deal_id`,`contact_id`);--> statement-breakpoint
CREATE TABLE `date_revisions` (
	`id` text PRIMARY KEY NOT NULL,
	`workspace_id` text NOT NULL,
	`deal_id` text NOT NULL,
	`from_on` text NOT NULL,
	`to_on` text NOT NULL,
	`at` integer NOT NULL,
	`on_day` text NOT NULL,
	`by_id` text,
	`kind` text NOT NULL,
	`side` text NOT NULL,
	`reason` text NOT NULL,
	`tried` text NOT NULL,
	`acknowledged_by_id` text,
	`acknowledged_at` integer
);
--> statement-breakpoint
CREATE INDEX `date_revisions_deal` ON `date_revisions` (`deal_id`,`at`);--> statement-breakpoint
CREATE TABLE `touches` (
	`id` text PRIMARY KEY NOT NULL,
	`workspace_id` text NOT NULL,
	`deal_id` text NOT NULL,
	`at` integer NOT NULL,
	`on_day` text NOT NULL,
	`side` text NOT NULL,
	`kind` text NOT NULL,
	`contact_id` text,
	`expects_reply` integer NOT NULL,
	`advance` integer NOT NULL,
	`homework_id` text,
	`note` text,
	`by_id` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `touches_deal` ON `touches` (`deal_id`,`at`);--> statement-breakpoint
CREATE TABLE `playbooks` (
	`id` text PRIMARY KEY NOT NULL,
	`workspace_id` text NOT NULL,
	`key` text NOT NULL,
	`version` integer NOT NULL,
	`name` text NOT NULL,
	`span_bd` integer NOT NULL,
	`steps` text NOT NULL,
	`created_at` integer NOT NULL,
	`created_by_id` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `playbooks_version` ON `playbooks` (`workspace_id`,`key`,`version`);--> statement-breakpoint
ALTER TABLE `contacts` ADD `power` text DEFAULT 'unknown' NOT NULL;--> statement-breakpoint
ALTER TABLE `contacts` ADD `stance` text DEFAULT 'unknown' NOT NULL;--> statement-breakpoint
ALTER TABLE `contacts` ADD `left_on` text;--> statement-breakpoint
ALTER TABLE `deals` ADD `cost_of_missing` text;--> statement-breakpoint
ALTER TABLE `deals` ADD `date_agreed_on` text;--> statement-breakpoint
ALTER TABLE `deals` ADD `live_on` text;--> statement-breakpoint
ALTER TABLE `deals` ADD `deadline_on` text;--> statement-breakpoint
ALTER TABLE `deals` ADD `kind` text DEFAULT 'new' NOT NULL;--> statement-breakpoint
ALTER TABLE `deals` ADD `segment` text DEFAULT 'smb' NOT NULL;--> statement-breakpoint
ALTER TABLE `deals` ADD `playbook_key` text;--> statement-breakpoint
ALTER TABLE `deals` ADD `playbook_version` integer;--> statement-breakpoint
ALTER TABLE `deals` ADD `phase` text DEFAULT 'awareness' NOT NULL;--> statement-breakpoint
ALTER TABLE `deals` ADD `entry_phase` text;--> statement-breakpoint
ALTER TABLE `deals` ADD `phase_since` text;--> statement-breakpoint
ALTER TABLE `deals` ADD `problem` text;--> statement-breakpoint
ALTER TABLE `deals` ADD `buyer_region` text;--> statement-breakpoint
ALTER TABLE `deals` ADD `paused_until` text;--> statement-breakpoint
ALTER TABLE `deals` ADD `pause_reason` text;--> statement-breakpoint
ALTER TABLE `deals` ADD `reopened_from_id` text;--> statement-breakpoint
ALTER TABLE `homework` ADD `kind` text DEFAULT 'do' NOT NULL;--> statement-breakpoint
ALTER TABLE `homework` ADD `why_for_them` text;--> statement-breakpoint
ALTER TABLE `homework` ADD `unlocks` text;--> statement-breakpoint
ALTER TABLE `homework` ADD `effort` integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE `homework` ADD `gate` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `homework` ADD `lead_bd` integer;--> statement-breakpoint
ALTER TABLE `homework` ADD `duration_bd` integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE `homework` ADD `step_key` text;--> statement-breakpoint
ALTER TABLE `homework` ADD `added_by_side` text DEFAULT 'seller' NOT NULL;--> statement-breakpoint
ALTER TABLE `homework` ADD `asked_on` text;--> statement-breakpoint
ALTER TABLE `homework` ADD `asked_via` text;--> statement-breakpoint
ALTER TABLE `homework` ADD `agreed_on` text;--> statement-breakpoint
ALTER TABLE `homework` ADD `accepted_on` text;--> statement-breakpoint
ALTER TABLE `homework` ADD `reaction` text;--> statement-breakpoint
ALTER TABLE `homework` ADD `confusing` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `homework` ADD `pointless` integer DEFAULT false NOT NULL;--> statement-breakpoint
CREATE TRIGGER `decision_on_moves_with_a_revision` BEFORE UPDATE OF `decision_on` ON `deals`
WHEN OLD.decision_on IS NOT NULL AND NEW.decision_on IS NOT OLD.decision_on AND (
  NOT EXISTS (
    SELECT 1 FROM date_revisions WHERE deal_id = OLD.id AND from_on = OLD.decision_on AND to_on = NEW.decision_on
  )
  OR (SELECT count(*) FROM date_revisions WHERE deal_id = OLD.id AND kind <> 'missed' AND from_on = OLD.decision_on)
    < (SELECT count(*) FROM date_revisions WHERE deal_id = OLD.id AND kind <> 'missed' AND to_on = OLD.decision_on)
      + (OLD.original_decision_on IS OLD.decision_on)
)
BEGIN
  SELECT RAISE(ABORT, 'decision_on moves only with a revision');
END;
--> statement-breakpoint
CREATE TRIGGER `date_revisions_never_change` BEFORE UPDATE OF `from_on`, `to_on`, `at`, `on_day`, `by_id`, `kind`, `side`, `reason`, `tried`, `deal_id`, `workspace_id` ON `date_revisions` BEGIN
  SELECT RAISE(ABORT, 'date_revisions are append-only');
END;
--> statement-breakpoint
CREATE TRIGGER `date_revisions_never_go` BEFORE DELETE ON `date_revisions` BEGIN
  SELECT RAISE(ABORT, 'date_revisions are append-only');
END;
