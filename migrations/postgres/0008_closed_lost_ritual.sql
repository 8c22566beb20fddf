CREATE TABLE "reviews" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"workspace_id" text collate "C" NOT NULL,
	"deal_id" text collate "C" NOT NULL,
	"loss_id" text collate "C",
	"kind" text collate "C" NOT NULL,
	"size" text collate "C" NOT NULL,
	"state" text collate "C" NOT NULL,
	"owner_id" text collate "C" NOT NULL,
	"manager_id" text collate "C",
	"facilitator_id" text collate "C",
	"reviewer_id" text collate "C",
	"reviewer_asked_at" timestamp (3) with time zone,
	"opened_at" timestamp (3) with time zone NOT NULL,
	"released_at" timestamp (3) with time zone,
	"released_by" text collate "C",
	"channel_id" text collate "C",
	"thread_ts" text collate "C",
	"paused_at" timestamp (3) with time zone,
	"paused_by_id" text collate "C",
	"soak_until" text collate "C",
	"completed_at" timestamp (3) with time zone,
	"excused_by_id" text collate "C",
	"excuse_reason" text collate "C",
	"version" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "review_prompts" (
	"workspace_id" text collate "C" NOT NULL,
	"review_id" text collate "C" NOT NULL,
	"prompt_key" text collate "C" NOT NULL,
	"asked_at" timestamp (3) with time zone NOT NULL,
	"closed_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "review_messages" (
	"workspace_id" text collate "C" NOT NULL,
	"review_id" text collate "C" NOT NULL,
	"message_key" text collate "C" NOT NULL,
	"reader_id" text collate "C" NOT NULL,
	"channel_id" text collate "C" NOT NULL,
	"message_ts" text collate "C" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "review_entries" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"workspace_id" text collate "C" NOT NULL,
	"review_id" text collate "C" NOT NULL,
	"kind" text collate "C" NOT NULL,
	"prompt_key" text collate "C" NOT NULL,
	"author_id" text collate "C" NOT NULL,
	"text" text collate "C",
	"choices" jsonb NOT NULL,
	"shared" boolean NOT NULL,
	"verdict" text collate "C",
	"verdict_note" text collate "C",
	"at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "review_replies" (
	"workspace_id" text collate "C" NOT NULL,
	"review_id" text collate "C" NOT NULL,
	"message_ts" text collate "C" NOT NULL,
	"slack_user_id" text collate "C" NOT NULL,
	"at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "findings" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"workspace_id" text collate "C" NOT NULL,
	"review_id" text collate "C" NOT NULL,
	"place" text collate "C" NOT NULL,
	"text" text collate "C" NOT NULL,
	"reason_code" text collate "C",
	"evidence" text collate "C" NOT NULL,
	"state" text collate "C" NOT NULL,
	"owner_id" text collate "C",
	"answer_note" text collate "C",
	"created_at" timestamp (3) with time zone NOT NULL,
	"created_by_id" text collate "C",
	"changed_at" timestamp (3) with time zone NOT NULL,
	"channel_id" text collate "C",
	"message_ts" text collate "C"
);
--> statement-breakpoint
CREATE TABLE "practices" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"workspace_id" text collate "C" NOT NULL,
	"person_id" text collate "C" NOT NULL,
	"review_id" text collate "C",
	"skill" text collate "C" NOT NULL,
	"behaviour" text collate "C" NOT NULL,
	"occasion" text collate "C",
	"link" text collate "C",
	"state" text collate "C" NOT NULL,
	"tries" integer NOT NULL,
	"self_rating" integer,
	"created_at" timestamp (3) with time zone NOT NULL,
	"started_on" text collate "C",
	"ended_on" text collate "C"
);
--> statement-breakpoint
CREATE TABLE "commitments" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"workspace_id" text collate "C" NOT NULL,
	"person_id" text collate "C" NOT NULL,
	"practice_id" text collate "C",
	"review_id" text collate "C",
	"kind" text collate "C" NOT NULL,
	"what" text collate "C" NOT NULL,
	"due_on" text collate "C" NOT NULL,
	"observer_id" text collate "C",
	"state" text collate "C" NOT NULL,
	"done_note" text collate "C",
	"next_try" text collate "C",
	"created_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "feedback_requests" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"workspace_id" text collate "C" NOT NULL,
	"deal_id" text collate "C" NOT NULL,
	"contact_id" text collate "C",
	"sender_id" text collate "C" NOT NULL,
	"agreed" boolean NOT NULL,
	"state" text collate "C" NOT NULL,
	"drafted_on" text collate "C" NOT NULL,
	"sent_on" text collate "C",
	"reminded_on" text collate "C",
	"closed_on" text collate "C",
	"choices" jsonb NOT NULL,
	"words" text collate "C",
	"could_have_won" text collate "C"
);
--> statement-breakpoint
CREATE TABLE "revisits" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"workspace_id" text collate "C" NOT NULL,
	"deal_id" text collate "C" NOT NULL,
	"on_day" text collate "C" NOT NULL,
	"trigger_words" text collate "C" NOT NULL,
	"state" text collate "C" NOT NULL,
	"new_deal_id" text collate "C"
);
--> statement-breakpoint
ALTER TABLE "deals" ADD COLUMN "rival" text collate "C";--> statement-breakpoint
ALTER TABLE "deals" ADD COLUMN "feedback_agreed" boolean;--> statement-breakpoint
ALTER TABLE "losses" ADD COLUMN "why_class" text collate "C";--> statement-breakpoint
ALTER TABLE "losses" ADD COLUMN "underlying_outcome" text collate "C";--> statement-breakpoint
ALTER TABLE "losses" ADD COLUMN "contributing" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "losses" ADD COLUMN "stated_reason_code" text collate "C";--> statement-breakpoint
ALTER TABLE "losses" ADD COLUMN "stated_words" text collate "C";--> statement-breakpoint
ALTER TABLE "losses" ADD COLUMN "evidence" text collate "C" DEFAULT 'unknown' NOT NULL;--> statement-breakpoint
ALTER TABLE "losses" ADD COLUMN "fixable" text collate "C";--> statement-breakpoint
ALTER TABLE "losses" ADD COLUMN "no_decision_kind" text collate "C";--> statement-breakpoint
ALTER TABLE "losses" ADD COLUMN "fear_tags" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "losses" ADD COLUMN "fair_fight" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "losses" ADD COLUMN "phase_at_loss" text collate "C";--> statement-breakpoint
ALTER TABLE "losses" ADD COLUMN "lost_alone" boolean;--> statement-breakpoint
CREATE UNIQUE INDEX "reviews_deal" ON "reviews" USING btree ("deal_id");--> statement-breakpoint
CREATE UNIQUE INDEX "reviews_thread" ON "reviews" USING btree ("workspace_id","channel_id","thread_ts");--> statement-breakpoint
CREATE INDEX "reviews_state" ON "reviews" USING btree ("workspace_id","state","opened_at");--> statement-breakpoint
CREATE INDEX "reviews_opened" ON "reviews" USING btree ("workspace_id","opened_at");--> statement-breakpoint
CREATE UNIQUE INDEX "review_prompts_once" ON "review_prompts" USING btree ("review_id","prompt_key");--> statement-breakpoint
CREATE UNIQUE INDEX "review_messages_once" ON "review_messages" USING btree ("review_id","message_key","reader_id");--> statement-breakpoint
CREATE UNIQUE INDEX "review_entries_once" ON "review_entries" USING btree ("review_id","prompt_key","author_id");--> statement-breakpoint
CREATE UNIQUE INDEX "review_replies_once" ON "review_replies" USING btree ("review_id","message_ts");--> statement-breakpoint
CREATE INDEX "findings_review" ON "findings" USING btree ("review_id");--> statement-breakpoint
CREATE INDEX "findings_place" ON "findings" USING btree ("workspace_id","place","created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "practices_active" ON "practices" USING btree ("workspace_id","person_id") WHERE "practices"."state" = 'active';--> statement-breakpoint
CREATE INDEX "practices_person" ON "practices" USING btree ("workspace_id","person_id","state");--> statement-breakpoint
CREATE INDEX "practices_review" ON "practices" USING btree ("review_id");--> statement-breakpoint
CREATE INDEX "commitments_person" ON "commitments" USING btree ("workspace_id","person_id","state");--> statement-breakpoint
CREATE INDEX "commitments_due" ON "commitments" USING btree ("workspace_id","due_on");--> statement-breakpoint
CREATE INDEX "commitments_review" ON "commitments" USING btree ("review_id");--> statement-breakpoint
CREATE UNIQUE INDEX "feedback_requests_deal" ON "feedback_requests" USING btree ("deal_id");--> statement-breakpoint
CREATE INDEX "feedback_requests_state" ON "feedback_requests" USING btree ("workspace_id","state");--> statement-breakpoint
CREATE UNIQUE INDEX "revisits_deal" ON "revisits" USING btree ("deal_id");--> statement-breakpoint
CREATE INDEX "revisits_due" ON "revisits" USING btree ("workspace_id","state","on_day");--> statement-breakpoint
CREATE INDEX "losses_reason" ON "losses" USING btree ("workspace_id","reason_code","lost_on");--> statement-breakpoint
CREATE INDEX "losses_rival" ON "losses" USING btree ("workspace_id",lower("competitor"),"lost_on");