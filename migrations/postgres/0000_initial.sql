CREATE TABLE "workspaces" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"name" text collate "C" NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "people" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"workspace_id" text collate "C" NOT NULL,
	"slack_user_id" text collate "C",
	"crm_id" text collate "C",
	"name" text collate "C" NOT NULL,
	"name_key" text collate "C" NOT NULL,
	"email" text collate "C",
	"role" text collate "C" NOT NULL,
	"standing" text collate "C" NOT NULL,
	"manager_id" text collate "C",
	"zone" text collate "C" NOT NULL,
	"work_days" jsonb NOT NULL,
	"active" boolean NOT NULL,
	"seen_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "accounts" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"workspace_id" text collate "C" NOT NULL,
	"name" text collate "C" NOT NULL,
	"name_key" text collate "C" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "contacts" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"workspace_id" text collate "C" NOT NULL,
	"account_id" text collate "C" NOT NULL,
	"name" text collate "C" NOT NULL,
	"name_key" text collate "C" NOT NULL,
	"title" text collate "C"
);
--> statement-breakpoint
CREATE TABLE "deals" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"workspace_id" text collate "C" NOT NULL,
	"account_id" text collate "C" NOT NULL,
	"crm_id" text collate "C",
	"name" text collate "C" NOT NULL,
	"search_key" text collate "C" NOT NULL,
	"owner_id" text collate "C" NOT NULL,
	"amount_minor" bigint,
	"currency" text collate "C",
	"decision_on" text collate "C",
	"original_decision_on" text collate "C",
	"date_driver" text collate "C",
	"zone" text collate "C" NOT NULL,
	"status" text collate "C" NOT NULL,
	"privacy" text collate "C" NOT NULL,
	"channel_id" text collate "C",
	"opened_on" text collate "C" NOT NULL,
	"closed_on" text collate "C",
	"closed_at" timestamp (3) with time zone,
	"imported" boolean NOT NULL,
	"version" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "deal_people" (
	"workspace_id" text collate "C" NOT NULL,
	"deal_id" text collate "C" NOT NULL,
	"person_id" text collate "C" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "homework" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"workspace_id" text collate "C" NOT NULL,
	"deal_id" text collate "C" NOT NULL,
	"side" text collate "C" NOT NULL,
	"title" text collate "C" NOT NULL,
	"person_id" text collate "C",
	"contact_id" text collate "C",
	"due_on" text collate "C" NOT NULL,
	"original_due_on" text collate "C" NOT NULL,
	"done_when" text collate "C" NOT NULL,
	"status" text collate "C" NOT NULL,
	"done_on" text collate "C",
	"drop_reason" text collate "C",
	"pair_id" text collate "C",
	"version" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "events" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"workspace_id" text collate "C" NOT NULL,
	"deal_id" text collate "C" NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"actor_id" text collate "C",
	"side" text collate "C",
	"kind" text collate "C" NOT NULL,
	"payload" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "losses" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"workspace_id" text collate "C" NOT NULL,
	"deal_id" text collate "C" NOT NULL,
	"lost_on" text collate "C" NOT NULL,
	"logged_at" timestamp (3) with time zone NOT NULL,
	"outcome" text collate "C",
	"competitor" text collate "C",
	"reason_code" text collate "C",
	"reason_set_version" integer NOT NULL,
	"own_words" text collate "C",
	"facts" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "loss_threads" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"workspace_id" text collate "C" NOT NULL,
	"scheduled_for" timestamp (3) with time zone NOT NULL,
	"since_at" timestamp (3) with time zone NOT NULL,
	"late" boolean NOT NULL,
	"channel_id" text collate "C",
	"thread_ts" text collate "C"
);
--> statement-breakpoint
CREATE TABLE "loss_thread_entries" (
	"workspace_id" text collate "C" NOT NULL,
	"thread_id" text collate "C" NOT NULL,
	"loss_id" text collate "C" NOT NULL,
	"message_ts" text collate "C"
);
--> statement-breakpoint
CREATE TABLE "loss_thread_replies" (
	"workspace_id" text collate "C" NOT NULL,
	"thread_id" text collate "C" NOT NULL,
	"message_ts" text collate "C" NOT NULL,
	"slack_user_id" text collate "C" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "nudges" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"workspace_id" text collate "C" NOT NULL,
	"person_id" text collate "C" NOT NULL,
	"on_day" text collate "C" NOT NULL,
	"items" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "outbox" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"workspace_id" text collate "C" NOT NULL,
	"kind" text collate "C" NOT NULL,
	"key" text collate "C" NOT NULL,
	"target" text collate "C" NOT NULL,
	"payload" jsonb NOT NULL,
	"state" text collate "C" NOT NULL,
	"available_at" timestamp (3) with time zone NOT NULL,
	"lease_until" timestamp (3) with time zone,
	"claim" text collate "C",
	"attempted_at" timestamp (3) with time zone,
	"attempts" integer NOT NULL,
	"detail" text collate "C",
	"channel_id" text collate "C",
	"message_ts" text collate "C",
	"created_at" timestamp (3) with time zone NOT NULL,
	"finished_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "job_runs" (
	"workspace_id" text collate "C" NOT NULL,
	"job" text collate "C" NOT NULL,
	"scope" text collate "C" NOT NULL,
	"scheduled_for" timestamp (3) with time zone NOT NULL,
	"ran_at" timestamp (3) with time zone NOT NULL,
	"summary" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "inbox" (
	"workspace_id" text collate "C" NOT NULL,
	"key" text collate "C" NOT NULL,
	"seen_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX "people_slack" ON "people" USING btree ("workspace_id","slack_user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "people_crm" ON "people" USING btree ("workspace_id","crm_id");--> statement-breakpoint
CREATE INDEX "people_name" ON "people" USING btree ("workspace_id","name_key");--> statement-breakpoint
CREATE INDEX "people_zone" ON "people" USING btree ("workspace_id","zone");--> statement-breakpoint
CREATE UNIQUE INDEX "accounts_name" ON "accounts" USING btree ("workspace_id","name_key");--> statement-breakpoint
CREATE UNIQUE INDEX "contacts_name" ON "contacts" USING btree ("account_id","name_key");--> statement-breakpoint
CREATE UNIQUE INDEX "deals_crm" ON "deals" USING btree ("workspace_id","crm_id");--> statement-breakpoint
CREATE UNIQUE INDEX "deals_open_name" ON "deals" USING btree ("workspace_id","search_key") WHERE "deals"."status" = 'open' and "deals"."imported" = false;--> statement-breakpoint
CREATE INDEX "deals_owner" ON "deals" USING btree ("workspace_id","owner_id","status");--> statement-breakpoint
CREATE INDEX "deals_search" ON "deals" USING btree ("workspace_id","search_key") WHERE "deals"."status" = 'open';--> statement-breakpoint
CREATE UNIQUE INDEX "deals_channel" ON "deals" USING btree ("workspace_id","channel_id") WHERE "deals"."status" = 'open';--> statement-breakpoint
CREATE UNIQUE INDEX "deal_people_once" ON "deal_people" USING btree ("deal_id","person_id");--> statement-breakpoint
CREATE INDEX "homework_deal" ON "homework" USING btree ("deal_id","due_on");--> statement-breakpoint
CREATE INDEX "homework_due" ON "homework" USING btree ("workspace_id","status","due_on");--> statement-breakpoint
CREATE INDEX "events_deal" ON "events" USING btree ("deal_id","at");--> statement-breakpoint
CREATE INDEX "events_actor" ON "events" USING btree ("workspace_id","actor_id","at") WHERE "events"."actor_id" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "losses_deal" ON "losses" USING btree ("deal_id");--> statement-breakpoint
CREATE INDEX "losses_logged" ON "losses" USING btree ("workspace_id","logged_at");--> statement-breakpoint
CREATE UNIQUE INDEX "loss_threads_once" ON "loss_threads" USING btree ("workspace_id","scheduled_for");--> statement-breakpoint
CREATE UNIQUE INDEX "loss_threads_ts" ON "loss_threads" USING btree ("workspace_id","channel_id","thread_ts");--> statement-breakpoint
CREATE UNIQUE INDEX "loss_thread_entries_once" ON "loss_thread_entries" USING btree ("thread_id","loss_id");--> statement-breakpoint
CREATE UNIQUE INDEX "loss_thread_replies_once" ON "loss_thread_replies" USING btree ("thread_id","message_ts");--> statement-breakpoint
CREATE UNIQUE INDEX "nudges_once" ON "nudges" USING btree ("workspace_id","person_id","on_day");--> statement-breakpoint
CREATE UNIQUE INDEX "outbox_key" ON "outbox" USING btree ("workspace_id","key");--> statement-breakpoint
CREATE INDEX "outbox_due" ON "outbox" USING btree ("workspace_id","state","available_at");--> statement-breakpoint
CREATE INDEX "outbox_target" ON "outbox" USING btree ("workspace_id","target","state","id");--> statement-breakpoint
CREATE UNIQUE INDEX "job_runs_once" ON "job_runs" USING btree ("workspace_id","job","scope","scheduled_for");--> statement-breakpoint
CREATE UNIQUE INDEX "inbox_once" ON "inbox" USING btree ("workspace_id","key");