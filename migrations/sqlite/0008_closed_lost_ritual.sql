CREATE TABLE `reviews` (
	`id` text PRIMARY KEY NOT NULL,
	`workspace_id` text NOT NULL,
	`deal_id` text NOT NULL,
	`loss_id` text,
	`kind` text NOT NULL,
	`size` text NOT NULL,
	`state` text NOT NULL,
	`owner_id` text NOT NULL,
	`manager_id` text,
	`facilitator_id` text,
	`reviewer_id` text,
	`reviewer_asked_at` integer,
	`opened_at` integer NOT NULL,
	`released_at` integer,
	`released_by` text,
	`channel_id` text,
	`thread_ts` text,
	`paused_at` integer,
	`paused_by_id` text,
	`soak_until` text,
	`completed_at` integer,
	`excused_by_id` text,
	`excuse_reason` text,
	`version` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `reviews_deal` ON `reviews` (`deal_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `reviews_thread` ON `reviews` (`workspace_id`,`channel_id`,`thread_ts`);--> statement-breakpoint
CREATE INDEX `reviews_state` ON `reviews` (`workspace_id`,`state`,`opened_at`);--> statement-breakpoint
CREATE INDEX `reviews_opened` ON `reviews` (`workspace_id`,`opened_at`);--> statement-breakpoint
CREATE TABLE `review_prompts` (
	`workspace_id` text NOT NULL,
	`review_id` text NOT NULL,
	`prompt_key` text NOT NULL,
	`asked_at` integer NOT NULL,
	`closed_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `review_prompts_once` ON `review_prompts` (`review_id`,`prompt_key`);--> statement-breakpoint
CREATE TABLE `review_messages` (
	`workspace_id` text NOT NULL,
	`review_id` text NOT NULL,
	`message_key` text NOT NULL,
	`reader_id` text NOT NULL,
	`channel_id` text NOT NULL,
	`message_ts` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `review_messages_once` ON `review_messages` (`review_id`,`message_key`,`reader_id`);--> statement-breakpoint
CREATE TABLE `review_entries` (
	`id` text PRIMARY KEY NOT NULL,
	`workspace_id` text NOT NULL,
	`review_id` text NOT NULL,
	`kind` text NOT NULL,
	`prompt_key` text NOT NULL,
	`author_id` text NOT NULL,
	`text` text,
	`choices` text NOT NULL,
	`shared` integer NOT NULL,
	`verdict` text,
	`verdict_note` text,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `review_entries_once` ON `review_entries` (`review_id`,`prompt_key`,`author_id`);--> statement-breakpoint
CREATE TABLE `review_replies` (
	`workspace_id` text NOT NULL,
	`review_id` text NOT NULL,
	`message_ts` text NOT NULL,
	`slack_user_id` text NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `review_replies_once` ON `review_replies` (`review_id`,`message_ts`);--> statement-breakpoint
CREATE TABLE `findings` (
	`id` text PRIMARY KEY NOT NULL,
	`workspace_id` text NOT NULL,
	`review_id` text NOT NULL,
	`place` text NOT NULL,
	`text` text NOT NULL,
	`reason_code` text,
	`evidence` text NOT NULL,
	`state` text NOT NULL,
	`owner_id` text,
	`answer_note` text,
	`created_at` integer NOT NULL,
	`created_by_id` text,
	`changed_at` integer NOT NULL,
	`channel_id` text,
	`message_ts` text
);
--> statement-breakpoint
CREATE INDEX `findings_review` ON `findings` (`review_id`);--> statement-breakpoint
CREATE INDEX `findings_place` ON `findings` (`workspace_id`,`place`,`created_at`);--> statement-breakpoint
CREATE TABLE `practices` (
	`id` text PRIMARY KEY NOT NULL,
	`workspace_id` text NOT NULL,
	`person_id` text NOT NULL,
	`review_id` text,
	`skill` text NOT NULL,
	`behaviour` text NOT NULL,
	`occasion` text,
	`link` text,
	`state` text NOT NULL,
	`tries` integer NOT NULL,
	`self_rating` integer,
	`created_at` integer NOT NULL,
	`started_on` text,
	`ended_on` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `practices_active` ON `practices` (`workspace_id`,`person_id`) WHERE "practices"."state" = 'active';--> statement-breakpoint
CREATE INDEX `practices_person` ON `practices` (`workspace_id`,`person_id`,`state`);--> statement-breakpoint
CREATE INDEX `practices_review` ON `practices` (`review_id`);--> statement-breakpoint
CREATE TABLE `commitments` (
	`id` text PRIMARY KEY NOT NULL,
	`workspace_id` text NOT NULL,
	`person_id` text NOT NULL,
	`practice_id` text,
	`review_id` text,
	`kind` text NOT NULL,
	`what` text NOT NULL,
	`due_on` text NOT NULL,
	`observer_id` text,
	`state` text NOT NULL,
	`done_note` text,
	`next_try` text,
	`created_at` integer NOT NULL,
	`ended_at` integer
);
--> statement-breakpoint
CREATE INDEX `commitments_person` ON `commitments` (`workspace_id`,`person_id`,`state`);--> statement-breakpoint
CREATE INDEX `commitments_due` ON `commitments` (`workspace_id`,`due_on`);--> statement-breakpoint
CREATE INDEX `commitments_review` ON `commitments` (`review_id`);--> statement-breakpoint
CREATE TABLE `feedback_requests` (
	`id` text PRIMARY KEY NOT NULL,
	`workspace_id` text NOT NULL,
	`deal_id` text NOT NULL,
	`contact_id` text,
	`sender_id` text NOT NULL,
	`agreed` integer NOT NULL,
	`state` text NOT NULL,
	`drafted_on` text NOT NULL,
	`sent_on` text,
	`reminded_on` text,
	`closed_on` text,
	`choices` text NOT NULL,
	`words` text,
	`could_have_won` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `feedback_requests_deal` ON `feedback_requests` (`deal_id`);--> statement-breakpoint
CREATE INDEX `feedback_requests_state` ON `feedback_requests` (`workspace_id`,`state`);--> statement-breakpoint
CREATE TABLE `revisits` (
	`id` text PRIMARY KEY NOT NULL,
	`workspace_id` text NOT NULL,
	`deal_id` text NOT NULL,
	`on_day` text NOT NULL,
	`trigger_words` text NOT NULL,
	`state` text NOT NULL,
	`new_deal_id` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `revisits_deal` ON `revisits` (`deal_id`);--> statement-breakpoint
CREATE INDEX `revisits_due` ON `revisits` (`workspace_id`,`state`,`on_day`);--> statement-breakpoint
ALTER TABLE `deals` ADD `rival` text;--> statement-breakpoint
ALTER TABLE `deals` ADD `feedback_agreed` integer;--> statement-breakpoint
ALTER TABLE `losses` ADD `why_class` text;--> statement-breakpoint
ALTER TABLE `losses` ADD `underlying_outcome` text;--> statement-breakpoint
ALTER TABLE `losses` ADD `contributing` text DEFAULT '[]' NOT NULL;--> statement-breakpoint
ALTER TABLE `losses` ADD `stated_reason_code` text;--> statement-breakpoint
ALTER TABLE `losses` ADD `stated_words` text;--> statement-breakpoint
ALTER TABLE `losses` ADD `evidence` text DEFAULT 'unknown' NOT NULL;--> statement-breakpoint
ALTER TABLE `losses` ADD `fixable` text;--> statement-breakpoint
ALTER TABLE `losses` ADD `no_decision_kind` text;--> statement-breakpoint
ALTER TABLE `losses` ADD `fear_tags` text DEFAULT '[]' NOT NULL;--> statement-breakpoint
ALTER TABLE `losses` ADD `fair_fight` text DEFAULT '[]' NOT NULL;--> statement-breakpoint
ALTER TABLE `losses` ADD `phase_at_loss` text;--> statement-breakpoint
ALTER TABLE `losses` ADD `lost_alone` integer;--> statement-breakpoint
CREATE INDEX `losses_reason` ON `losses` (`workspace_id`,`reason_code`,`lost_on`);--> statement-breakpoint
CREATE INDEX `losses_rival` ON `losses` (`workspace_id`,lower("competitor"),`lost_on`);