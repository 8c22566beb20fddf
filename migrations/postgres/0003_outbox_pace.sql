CREATE TABLE "paces" (
	"workspace_id" text collate "C" NOT NULL,
	"place" text collate "C" NOT NULL,
	"free_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
DROP INDEX "outbox_due";--> statement-breakpoint
DROP INDEX "outbox_target";--> statement-breakpoint
CREATE UNIQUE INDEX "paces_once" ON "paces" USING btree ("workspace_id","place");--> statement-breakpoint
CREATE INDEX "paces_free" ON "paces" USING btree ("workspace_id","free_at");--> statement-breakpoint
CREATE INDEX "outbox_due" ON "outbox" USING btree ("workspace_id","available_at","id") WHERE "outbox"."finished_at" is null;--> statement-breakpoint
CREATE INDEX "outbox_target" ON "outbox" USING btree ("workspace_id","target","id") WHERE "outbox"."finished_at" is null;