CREATE TABLE "deal_contacts" (
	"workspace_id" text collate "C" NOT NULL,
	"deal_id" text collate "C" NOT NULL,
	"contact_id" text collate "C" NOT NULL,
	"role" text collate "C",
	"engaged_on" text collate "C"
);
--> statement-breakpoint
CREATE TABLE "date_revisions" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"workspace_id" text collate "C" NOT NULL,
	"deal_id" text collate "C" NOT NULL,
	"from_on" text collate "C" NOT NULL,
	"to_on" text collate "C" NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"on_day" text collate "C" NOT NULL,
	"by_id" text collate "C",
	"kind" text collate "C" NOT NULL,
	"side" text collate "C" NOT NULL,
	"reason" text collate "C" NOT NULL,
	"tried" jsonb NOT NULL,
	"acknowledged_by_id" text collate "C",
	"acknowledged_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "touches" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"workspace_id" text collate "C" NOT NULL,
	"deal_id" text collate "C" NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"on_day" text collate "C" NOT NULL,
	"side" text collate "C" NOT NULL,
	"kind" text collate "C" NOT NULL,
	"contact_id" text collate "C",
	"expects_reply" boolean NOT NULL,
	"advance" boolean NOT NULL,
	"homework_id" text collate "C",
	"note" text collate "C",
	"by_id" text collate "C" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "playbooks" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"workspace_id" text collate "C" NOT NULL,
	"key" text collate "C" NOT NULL,
	"version" integer NOT NULL,
	"name" text collate "C" NOT NULL,
	"span_bd" integer NOT NULL,
	"steps" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"created_by_id" text collate "C" NOT NULL
);
--> statement-breakpoint
ALTER TABLE "contacts" ADD COLUMN "power" text collate "C" DEFAULT 'unknown' NOT NULL;--> statement-breakpoint
ALTER TABLE "contacts" ADD COLUMN "stance" text collate "C" DEFAULT 'unknown' NOT NULL;--> statement-breakpoint
ALTER TABLE "contacts" ADD COLUMN "left_on" text collate "C";--> statement-breakpoint
ALTER TABLE "deals" ADD COLUMN "cost_of_missing" text collate "C";--> statement-breakpoint
ALTER TABLE "deals" ADD COLUMN "date_agreed_on" text collate "C";--> statement-breakpoint
ALTER TABLE "deals" ADD COLUMN "live_on" text collate "C";--> statement-breakpoint
ALTER TABLE "deals" ADD COLUMN "deadline_on" text collate "C";--> statement-breakpoint
ALTER TABLE "deals" ADD COLUMN "kind" text collate "C" DEFAULT 'new' NOT NULL;--> statement-breakpoint
ALTER TABLE "deals" ADD COLUMN "segment" text collate "C" DEFAULT 'smb' NOT NULL;--> statement-breakpoint
ALTER TABLE "deals" ADD COLUMN "playbook_key" text collate "C";--> statement-breakpoint
ALTER TABLE "deals" ADD COLUMN "playbook_version" integer;--> statement-breakpoint
ALTER TABLE "deals" ADD COLUMN "phase" text collate "C" DEFAULT 'awareness' NOT NULL;--> statement-breakpoint
ALTER TABLE "deals" ADD COLUMN "entry_phase" text collate "C";--> statement-breakpoint
ALTER TABLE "deals" ADD COLUMN "phase_since" text collate "C";--> statement-breakpoint
ALTER TABLE "deals" ADD COLUMN "problem" text collate "C";--> statement-breakpoint
ALTER TABLE "deals" ADD COLUMN "buyer_region" text collate "C";--> statement-breakpoint
ALTER TABLE "deals" ADD COLUMN "paused_until" text collate "C";--> statement-breakpoint
ALTER TABLE "deals" ADD COLUMN "pause_reason" text collate "C";--> statement-breakpoint
ALTER TABLE "deals" ADD COLUMN "reopened_from_id" text collate "C";--> statement-breakpoint
ALTER TABLE "homework" ADD COLUMN "kind" text collate "C" DEFAULT 'do' NOT NULL;--> statement-breakpoint
ALTER TABLE "homework" ADD COLUMN "why_for_them" text collate "C";--> statement-breakpoint
ALTER TABLE "homework" ADD COLUMN "unlocks" text collate "C";--> statement-breakpoint
ALTER TABLE "homework" ADD COLUMN "effort" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "homework" ADD COLUMN "gate" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "homework" ADD COLUMN "lead_bd" integer;--> statement-breakpoint
ALTER TABLE "homework" ADD COLUMN "duration_bd" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "homework" ADD COLUMN "step_key" text collate "C";--> statement-breakpoint
ALTER TABLE "homework" ADD COLUMN "added_by_side" text collate "C" DEFAULT 'seller' NOT NULL;--> statement-breakpoint
ALTER TABLE "homework" ADD COLUMN "asked_on" text collate "C";--> statement-breakpoint
ALTER TABLE "homework" ADD COLUMN "asked_via" text collate "C";--> statement-breakpoint
ALTER TABLE "homework" ADD COLUMN "agreed_on" text collate "C";--> statement-breakpoint
ALTER TABLE "homework" ADD COLUMN "accepted_on" text collate "C";--> statement-breakpoint
ALTER TABLE "homework" ADD COLUMN "reaction" text collate "C";--> statement-breakpoint
ALTER TABLE "homework" ADD COLUMN "confusing" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "homework" ADD COLUMN "pointless" boolean DEFAULT false NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX "deal_contacts_once" ON "deal_contacts" USING btree ("deal_id","contact_id");--> statement-breakpoint
CREATE INDEX "date_revisions_deal" ON "date_revisions" USING btree ("deal_id","at");--> statement-breakpoint
CREATE INDEX "touches_deal" ON "touches" USING btree ("deal_id","at");--> statement-breakpoint
CREATE UNIQUE INDEX "playbooks_version" ON "playbooks" USING btree ("workspace_id","key","version");
--> statement-breakpoint
CREATE FUNCTION "refuse_silent_move"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
    SELECT 1 FROM date_revisions WHERE deal_id = OLD.id AND from_on = OLD.decision_on AND to_on = NEW.decision_on
  ) OR (
    SELECT count(*) FILTER (WHERE from_on = OLD.decision_on) < count(*) FILTER (WHERE to_on = OLD.decision_on)
      + (CASE WHEN OLD.original_decision_on IS NOT DISTINCT FROM OLD.decision_on THEN 1 ELSE 0 END)
    FROM date_revisions WHERE deal_id = OLD.id AND kind <> 'missed'
  ) THEN
    RAISE EXCEPTION 'decision_on moves only with a revision';
  END IF;
  RETURN NEW;
END;
$$;
--> statement-breakpoint
CREATE TRIGGER "decision_on_moves_with_a_revision" BEFORE UPDATE OF "decision_on" ON "deals"
FOR EACH ROW
WHEN (OLD.decision_on IS NOT NULL AND NEW.decision_on IS DISTINCT FROM OLD.decision_on)
EXECUTE FUNCTION "refuse_silent_move"();
--> statement-breakpoint
CREATE FUNCTION "refuse_revision_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'date_revisions are append-only';
END;
$$;
--> statement-breakpoint
CREATE TRIGGER "date_revisions_never_change"
BEFORE UPDATE OF "from_on", "to_on", "at", "on_day", "by_id", "kind", "side", "reason", "tried", "deal_id", "workspace_id" ON "date_revisions"
FOR EACH ROW EXECUTE FUNCTION "refuse_revision_change"();
--> statement-breakpoint
CREATE TRIGGER "date_revisions_never_go" BEFORE DELETE ON "date_revisions"
FOR EACH ROW EXECUTE FUNCTION "refuse_revision_change"();
