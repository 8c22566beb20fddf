CREATE TABLE `nudge_items` (
	`id` text PRIMARY KEY NOT NULL,
	`workspace_id` text NOT NULL,
	`nudge_id` text NOT NULL,
	`person_id` text NOT NULL,
	`deal_id` text NOT NULL,
	`homework_id` text,
	`kind` text NOT NULL,
	`subject` text NOT NULL,
	`on_day` text NOT NULL,
	`place` integer NOT NULL,
	`variant` integer NOT NULL,
	`severity` text,
	`due_on` text,
	`answer` text,
	`answered_at` integer,
	`answered_by_id` text,
	`next_check_on` text
);
--> statement-breakpoint
CREATE INDEX `nudge_items_bundle` ON `nudge_items` (`nudge_id`);--> statement-breakpoint
CREATE INDEX `nudge_items_reader` ON `nudge_items` (`workspace_id`,`person_id`,`on_day`);--> statement-breakpoint
CREATE INDEX `nudge_items_deal` ON `nudge_items` (`deal_id`,`on_day`);--> statement-breakpoint
CREATE TABLE `nudge_rests` (
	`id` text PRIMARY KEY NOT NULL,
	`workspace_id` text NOT NULL,
	`person_id` text NOT NULL,
	`scope` text NOT NULL,
	`about` text NOT NULL,
	`until_at` integer,
	`created_at` integer NOT NULL,
	`ended_at` integer
);
--> statement-breakpoint
CREATE INDEX `nudge_rests_reader` ON `nudge_rests` (`workspace_id`,`person_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `nudge_rests_once` ON `nudge_rests` (`workspace_id`,`person_id`,`scope`,`about`) WHERE "nudge_rests"."ended_at" is null;--> statement-breakpoint
CREATE TABLE `stalls` (
	`id` text PRIMARY KEY NOT NULL,
	`workspace_id` text NOT NULL,
	`deal_id` text NOT NULL,
	`code` text NOT NULL,
	`severity` text NOT NULL,
	`evidence` text NOT NULL,
	`first_on` text NOT NULL,
	`last_on` text NOT NULL,
	`cleared_on` text
);
--> statement-breakpoint
CREATE INDEX `stalls_deal` ON `stalls` (`deal_id`,`code`);--> statement-breakpoint
CREATE UNIQUE INDEX `stalls_once` ON `stalls` (`deal_id`,`code`) WHERE "stalls"."cleared_on" is null;--> statement-breakpoint
CREATE INDEX `stalls_code` ON `stalls` (`workspace_id`,`code`,`cleared_on`);--> statement-breakpoint
CREATE TABLE `help_requests` (
	`id` text PRIMARY KEY NOT NULL,
	`workspace_id` text NOT NULL,
	`deal_id` text NOT NULL,
	`asked_by_id` text NOT NULL,
	`asked_id` text NOT NULL,
	`role` text NOT NULL,
	`what` text NOT NULL,
	`due_on` text NOT NULL,
	`state` text NOT NULL,
	`code` text,
	`created_at` integer NOT NULL,
	`answered_at` integer,
	`note` text
);
--> statement-breakpoint
CREATE INDEX `help_requests_deal` ON `help_requests` (`deal_id`);--> statement-breakpoint
CREATE INDEX `help_requests_asked` ON `help_requests` (`workspace_id`,`asked_id`,`state`);--> statement-breakpoint
CREATE TABLE `team_rules` (
	`workspace_id` text NOT NULL,
	`manager_id` text NOT NULL,
	`version` integer NOT NULL,
	`rules` text NOT NULL,
	`changed_by_id` text NOT NULL,
	`changed_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `team_rules_version` ON `team_rules` (`workspace_id`,`manager_id`,`version`);--> statement-breakpoint
-- What earlier bundles asked about stays known: it is not announced a second time.
INSERT INTO `nudge_items` (`id`, `workspace_id`, `nudge_id`, `person_id`, `deal_id`, `homework_id`, `kind`, `subject`, `on_day`, `place`, `variant`, `due_on`)
SELECT n.`id` || ':' || i.`key`, n.`workspace_id`, n.`id`, n.`person_id`, h.`deal_id`, h.`id`, 'item_soon', 'step:' || h.`id`, n.`on_day`, i.`key`, 0, json_extract(i.`value`, '$.dueOn')
FROM `nudges` n, json_each(n.`items`) i JOIN `homework` h ON h.`id` = json_extract(i.`value`, '$.homeworkId');--> statement-breakpoint
ALTER TABLE `nudges` ADD `held` text DEFAULT '[]' NOT NULL;--> statement-breakpoint
ALTER TABLE `nudges` DROP COLUMN `items`;--> statement-breakpoint
ALTER TABLE `people` ADD `morning_at` text DEFAULT '09:00' NOT NULL;--> statement-breakpoint
ALTER TABLE `people` ADD `quiet_from` text;--> statement-breakpoint
ALTER TABLE `people` ADD `quiet_until` text;--> statement-breakpoint
ALTER TABLE `people` ADD `away_until` text;--> statement-breakpoint
ALTER TABLE `people` ADD `stand_in_id` text;--> statement-breakpoint
ALTER TABLE `people` ADD `weekly_budget` integer;--> statement-breakpoint
ALTER TABLE `deals` ADD `back_on` text;--> statement-breakpoint
CREATE TRIGGER `team_rules_never_change` BEFORE UPDATE ON `team_rules` BEGIN
  SELECT RAISE(ABORT, 'team_rules are append-only');
END;
--> statement-breakpoint
CREATE TRIGGER `team_rules_never_go` BEFORE DELETE ON `team_rules` BEGIN
  SELECT RAISE(ABORT, 'team_rules are append-only');
END;
