CREATE TABLE "nudge_items" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"workspace_id" text collate "C" NOT NULL,
	"nudge_id" text collate "C" NOT NULL,
	"person_id" text collate "C" NOT NULL,
	"deal_id" text collate "C" NOT NULL,
	"homework_id" text collate "C",
	"kind" text collate "C" NOT NULL,
	"subject" text collate "C" NOT NULL,
	"on_day" text collate "C" NOT NULL,
	"place" integer NOT NULL,
	"variant" integer NOT NULL,
	"severity" text collate "C",
	"due_on" text collate "C",
	"answer" text collate "C",
	"answered_at" timestamp (3) with time zone,
	"answered_by_id" text collate "C",
	"next_check_on" text collate "C"
);
--> statement-breakpoint
CREATE TABLE "nudge_rests" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"workspace_id" text collate "C" NOT NULL,
	"person_id" text collate "C" NOT NULL,
	"scope" text collate "C" NOT NULL,
	"about" text collate "C" NOT NULL,
	"until_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "stalls" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"workspace_id" text collate "C" NOT NULL,
	"deal_id" text collate "C" NOT NULL,
	"code" text collate "C" NOT NULL,
	"severity" text collate "C" NOT NULL,
	"evidence" jsonb NOT NULL,
	"first_on" text collate "C" NOT NULL,
	"last_on" text collate "C" NOT NULL,
	"cleared_on" text collate "C"
);
--> statement-breakpoint
CREATE TABLE "help_requests" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"workspace_id" text collate "C" NOT NULL,
	"deal_id" text collate "C" NOT NULL,
	"asked_by_id" text collate "C" NOT NULL,
	"asked_id" text collate "C" NOT NULL,
	"role" text collate "C" NOT NULL,
	"what" text collate "C" NOT NULL,
	"due_on" text collate "C" NOT NULL,
	"state" text collate "C" NOT NULL,
	"code" text collate "C",
	"created_at" timestamp (3) with time zone NOT NULL,
	"answered_at" timestamp (3) with time zone,
	"note" text collate "C"
);
--> statement-breakpoint
CREATE TABLE "team_rules" (
	"workspace_id" text collate "C" NOT NULL,
	"manager_id" text collate "C" NOT NULL,
	"version" integer NOT NULL,
	"rules" jsonb NOT NULL,
	"changed_by_id" text collate "C" NOT NULL,
	"changed_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
-- What earlier bundles asked about stays known: it is not announced a second time.
INSERT INTO "nudge_items" ("id", "workspace_id", "nudge_id", "person_id", "deal_id", "homework_id", "kind", "subject", "on_day", "place", "variant", "due_on")
SELECT n."id" || ':' || i."place", n."workspace_id", n."id", n."person_id", h."deal_id", h."id", 'item_soon', 'step:' || h."id", n."on_day", i."place" - 1, 0, i."item"->>'dueOn'
FROM "nudges" n CROSS JOIN LATERAL jsonb_array_elements(n."items"::jsonb) WITH ORDINALITY AS i("item", "place") JOIN "homework" h ON h."id" = i."item"->>'homeworkId';--> statement-breakpoint
ALTER TABLE "people" ADD COLUMN "morning_at" text collate "C" DEFAULT '09:00' NOT NULL;--> statement-breakpoint
ALTER TABLE "people" ADD COLUMN "quiet_from" text collate "C";--> statement-breakpoint
ALTER TABLE "people" ADD COLUMN "quiet_until" text collate "C";--> statement-breakpoint
ALTER TABLE "people" ADD COLUMN "away_until" text collate "C";--> statement-breakpoint
ALTER TABLE "people" ADD COLUMN "stand_in_id" text collate "C";--> statement-breakpoint
ALTER TABLE "people" ADD COLUMN "weekly_budget" integer;--> statement-breakpoint
ALTER TABLE "deals" ADD COLUMN "back_on" text collate "C";--> statement-breakpoint
ALTER TABLE "nudges" ADD COLUMN "held" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "nudges" DROP COLUMN "items";--> statement-breakpoint
CREATE INDEX "nudge_items_bundle" ON "nudge_items" USING btree ("nudge_id");--> statement-breakpoint
CREATE INDEX "nudge_items_reader" ON "nudge_items" USING btree ("workspace_id","person_id","on_day");--> statement-breakpoint
CREATE INDEX "nudge_items_deal" ON "nudge_items" USING btree ("deal_id","on_day");--> statement-breakpoint
CREATE INDEX "nudge_rests_reader" ON "nudge_rests" USING btree ("workspace_id","person_id");--> statement-breakpoint
CREATE UNIQUE INDEX "nudge_rests_once" ON "nudge_rests" USING btree ("workspace_id","person_id","scope","about") WHERE "nudge_rests"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "stalls_deal" ON "stalls" USING btree ("deal_id","code");--> statement-breakpoint
CREATE UNIQUE INDEX "stalls_once" ON "stalls" USING btree ("deal_id","code") WHERE "stalls"."cleared_on" is null;--> statement-breakpoint
CREATE INDEX "stalls_code" ON "stalls" USING btree ("workspace_id","code","cleared_on");--> statement-breakpoint
CREATE INDEX "help_requests_deal" ON "help_requests" USING btree ("deal_id");--> statement-breakpoint
CREATE INDEX "help_requests_asked" ON "help_requests" USING btree ("workspace_id","asked_id","state");--> statement-breakpoint
CREATE UNIQUE INDEX "team_rules_version" ON "team_rules" USING btree ("workspace_id","manager_id","version");--> statement-breakpoint
CREATE FUNCTION "refuse_team_rules_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'team_rules are append-only';
END;
$$;
--> statement-breakpoint
CREATE TRIGGER "team_rules_never_change" BEFORE UPDATE OR DELETE ON "team_rules"
FOR EACH ROW EXECUTE FUNCTION "refuse_team_rules_change"();
