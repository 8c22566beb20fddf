CREATE TABLE `paces` (
	`workspace_id` text NOT NULL,
	`place` text NOT NULL,
	`free_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `paces_once` ON `paces` (`workspace_id`,`place`);--> statement-breakpoint
CREATE INDEX `paces_free` ON `paces` (`workspace_id`,`free_at`);--> statement-breakpoint
DROP INDEX `outbox_due`;--> statement-breakpoint
DROP INDEX `outbox_target`;--> statement-breakpoint
CREATE INDEX `outbox_due` ON `outbox` (`workspace_id`,`available_at`,`id`) WHERE "outbox"."finished_at" is null;--> statement-breakpoint
CREATE INDEX `outbox_target` ON `outbox` (`workspace_id`,`target`,`id`) WHERE "outbox"."finished_at" is null;