CREATE INDEX "deals_closed" ON "deals" USING btree ("workspace_id","status","closed_on","currency","amount_minor") WHERE "deals"."closed_on" is not null;--> statement-breakpoint
CREATE INDEX "deals_closed_at" ON "deals" USING btree ("workspace_id","status","closed_at") WHERE "deals"."closed_at" is not null;--> statement-breakpoint
CREATE INDEX "deals_reopened" ON "deals" USING btree ("reopened_from_id") WHERE "deals"."reopened_from_id" is not null;--> statement-breakpoint
CREATE INDEX "homework_first_due" ON "homework" USING btree ("workspace_id","original_due_on");--> statement-breakpoint
CREATE INDEX "losses_lost" ON "losses" USING btree ("workspace_id","lost_on");--> statement-breakpoint
CREATE INDEX "reviews_completed" ON "reviews" USING btree ("workspace_id","completed_at") WHERE "reviews"."completed_at" is not null;