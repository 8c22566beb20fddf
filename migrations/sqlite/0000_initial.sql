CREATE TABLE `accounts` (
	`id` text PRIMARY KEY NOT NULL,
	`workspace_id` text NOT NULL,
	`name` text NOT NULL,
	`name_key` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `accounts_name` ON `accounts` (`workspace_id`,`name_key`);--> statement-breakpoint
CREATE TABLE `contacts` (
	`id` text PRIMARY KEY NOT NULL,
	`workspace_id` text NOT NULL,
	`account_id` text NOT NULL,
	`name` text NOT NULL,
	`name_key` text NOT NULL,
	`title` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `contacts_name` ON `contacts` (`account_id`,`name_key`);--> statement-breakpoint
CREATE TABLE `deal_people` (
	`workspace_id` text NOT NULL,
	`deal_id` text NOT NULL,
	`person_id` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `deal_people_once` ON `deal_people` (`deal_id`,`person_id`);--> statement-breakpoint
CREATE TABLE `deals` (
	`id` text PRIMARY KEY NOT NULL,
	`workspace_id` text NOT NULL,
	`account_id` text NOT NULL,
	`crm_id` text,
	`name` text NOT NULL,
	`search_key` text NOT NULL,
	`owner_id` text NOT NULL,
	`amount_minor` integer,
	`currency` text,
	`decision_on` text,
	`original_decision_on` text,
	`date_driver` text,
	`zone` text NOT NULL,
	`status` text NOT NULL,
	`privacy` text NOT NULL,
	`channel_id` text,
	`opened_on` text NOT NULL,
	`closed_on` text,
	`closed_at` integer,
	`imported` integer NOT NULL,
	`version` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `deals_crm` ON `deals` (`workspace_id`,`crm_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `deals_open_name` ON `deals` (`workspace_id`,`search_key`) WHERE "deals"."status" = 'open' and "deals"."imported" = false;--> statement-breakpoint
CREATE INDEX `deals_owner` ON `deals` (`workspace_id`,`owner_id`,`status`);--> statement-breakpoint
CREATE INDEX `deals_search` ON `deals` (`workspace_id`,`search_key`) WHERE "deals"."status" = 'open';--> statement-breakpoint
CREATE UNIQUE INDEX `deals_channel` ON `deals` (`workspace_id`,`channel_id`) WHERE "deals"."status" = 'open';--> statement-breakpoint
CREATE TABLE `events` (
	`id` text PRIMARY KEY NOT NULL,
	`workspace_id` text NOT NULL,
	`deal_id` text NOT NULL,
	`at` integer NOT NULL,
	`actor_id` text,
	`side` text,
	`kind` text NOT NULL,
	`payload` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `events_deal` ON `events` (`deal_id`,`at`);--> statement-breakpoint
CREATE INDEX `events_actor` ON `events` (`workspace_id`,`actor_id`,`at`) WHERE "events"."actor_id" is not null;--> statement-breakpoint
CREATE TABLE `homework` (
	`id` text PRIMARY KEY NOT NULL,
	`workspace_id` text NOT NULL,
	`deal_id` text NOT NULL,
	`side` text NOT NULL,
	`title` text NOT NULL,
	`person_id` text,
	`contact_id` text,
	`due_on` text NOT NULL,
	`original_due_on` text NOT NULL,
	`done_when` text NOT NULL,
	`status` text NOT NULL,
	`done_on` text,
	`drop_reason` text,
	`pair_id` text,
	`version` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `homework_deal` ON `homework` (`deal_id`,`due_on`);--> statement-breakpoint
CREATE INDEX `homework_due` ON `homework` (`workspace_id`,`status`,`due_on`);--> statement-breakpoint
CREATE TABLE `inbox` (
	`workspace_id` text NOT NULL,
	`key` text NOT NULL,
	`seen_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `inbox_once` ON `inbox` (`workspace_id`,`key`);--> statement-breakpoint
CREATE TABLE `job_runs` (
	`workspace_id` text NOT NULL,
	`job` text NOT NULL,
	`scope` text NOT NULL,
	`scheduled_for` integer NOT NULL,
	`ran_at` integer NOT NULL,
	`summary` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `job_runs_once` ON `job_runs` (`workspace_id`,`job`,`scope`,`scheduled_for`);--> statement-breakpoint
CREATE TABLE `loss_thread_entries` (
	`workspace_id` text NOT NULL,
	`thread_id` text NOT NULL,
	`loss_id` text NOT NULL,
	`message_ts` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `loss_thread_entries_once` ON `loss_thread_entries` (`thread_id`,`loss_id`);--> statement-breakpoint
CREATE TABLE `loss_thread_replies` (
	`workspace_id` text NOT NULL,
	`thread_id` text NOT NULL,
	`message_ts` text NOT NULL,
	`slack_user_id` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `loss_thread_replies_once` ON `loss_thread_replies` (`thread_id`,`message_ts`);--> statement-breakpoint
CREATE TABLE `loss_threads` (
	`id` text PRIMARY KEY NOT NULL,
	`workspace_id` text NOT NULL,
	`scheduled_for` integer NOT NULL,
	`since_at` integer NOT NULL,
	`late` integer NOT NULL,
	`channel_id` text,
	`thread_ts` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `loss_threads_once` ON `loss_threads` (`workspace_id`,`scheduled_for`);--> statement-breakpoint
CREATE UNIQUE INDEX `loss_threads_ts` ON `loss_threads` (`workspace_id`,`channel_id`,`thread_ts`);--> statement-breakpoint
CREATE TABLE `losses` (
	`id` text PRIMARY KEY NOT NULL,
	`workspace_id` text NOT NULL,
	`deal_id` text NOT NULL,
	`lost_on` text NOT NULL,
	`logged_at` integer NOT NULL,
	`outcome` text,
	`competitor` text,
	`reason_code` text,
	`reason_set_version` integer NOT NULL,
	`own_words` text,
	`facts` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `losses_deal` ON `losses` (`deal_id`);--> statement-breakpoint
CREATE INDEX `losses_logged` ON `losses` (`workspace_id`,`logged_at`);--> statement-breakpoint
CREATE TABLE `nudges` (
	`id` text PRIMARY KEY NOT NULL,
	`workspace_id` text NOT NULL,
	`person_id` text NOT NULL,
	`on_day` text NOT NULL,
	`items` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `nudges_once` ON `nudges` (`workspace_id`,`person_id`,`on_day`);--> statement-breakpoint
CREATE TABLE `outbox` (
	`id` text PRIMARY KEY NOT NULL,
	`workspace_id` text NOT NULL,
	`kind` text NOT NULL,
	`key` text NOT NULL,
	`target` text NOT NULL,
	`payload` text NOT NULL,
	`state` text NOT NULL,
	`available_at` integer NOT NULL,
	`lease_until` integer,
	`claim` text,
	`attempted_at` integer,
	`attempts` integer NOT NULL,
	`detail` text,
	`channel_id` text,
	`message_ts` text,
	`created_at` integer NOT NULL,
	`finished_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `outbox_key` ON `outbox` (`workspace_id`,`key`);--> statement-breakpoint
CREATE INDEX `outbox_due` ON `outbox` (`workspace_id`,`state`,`available_at`);--> statement-breakpoint
CREATE INDEX `outbox_target` ON `outbox` (`workspace_id`,`target`,`state`,`id`);--> statement-breakpoint
CREATE TABLE `people` (
	`id` text PRIMARY KEY NOT NULL,
	`workspace_id` text NOT NULL,
	`slack_user_id` text,
	`crm_id` text,
	`name` text NOT NULL,
	`name_key` text NOT NULL,
	`email` text,
	`role` text NOT NULL,
	`standing` text NOT NULL,
	`manager_id` text,
	`zone` text NOT NULL,
	`work_days` text NOT NULL,
	`active` integer NOT NULL,
	`seen_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `people_slack` ON `people` (`workspace_id`,`slack_user_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `people_crm` ON `people` (`workspace_id`,`crm_id`);--> statement-breakpoint
CREATE INDEX `people_name` ON `people` (`workspace_id`,`name_key`);--> statement-breakpoint
CREATE INDEX `people_zone` ON `people` (`workspace_id`,`zone`);--> statement-breakpoint
CREATE TABLE `workspaces` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`created_at` integer NOT NULL
);
