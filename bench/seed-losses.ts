import Database from 'better-sqlite3';
import { outcomes } from '../src/domain/loss.ts';
import { lossReasons } from '../src/domain/loss-reasons.ts';
import { phases } from '../src/domain/segment.ts';
import { firstDay } from './seed-pipeline.ts';
import { teamId } from './slack-stub.ts';

/** How far back the reviews of a seeded pipeline go. */
const reviewDays = 120;

/**
 * Tells a seeded pipeline’s losses the way a form does, gives every second closed deal a stall it
 * had and each loss of the last months a review with two views, a voice and a promise. No statistics
 * are gathered, for nobody gathers them where the app runs.
 */
export function tellLosses(file: string): void {
  const client = new Database(file);
  client.pragma('synchronous = OFF');
  client.pragma('cache_size = -200000');
  const list = (values: readonly string[]) => JSON.stringify(values);
  client
    .prepare('insert or ignore into workspaces (id, name, created_at) values (?, ?, ?)')
    .run(teamId, 'Bench', Date.parse('2020-01-01'));
  client
    .prepare(
      `update losses set
         outcome = json_extract(@outcomes, '$[' || (rowid % json_array_length(@outcomes)) || ']'),
         reason_code = json_extract(@reasons, '$[' || (rowid % json_array_length(@reasons)) || ']'),
         phase_at_loss = json_extract(@phases, '$[' || (rowid % 4) || ']'),
         why_class = iif(rowid % 3 = 0, 'not_there', 'outsold'),
         competitor = iif(rowid % 2 = 0, 'Rival ' || (rowid % 40), null),
         evidence = iif(rowid % 2 = 0, 'said', 'inferred'),
         lost_alone = rowid % 2, fixable = iif(rowid % 2 = 0, 'yes', 'no')`,
    )
    .run({
      outcomes: list(outcomes.map(({ code }) => code)),
      reasons: list(lossReasons.map(({ code }) => code)),
      phases: list(phases),
    });
  client.exec(`insert into stalls
      (id, workspace_id, deal_id, code, severity, evidence, first_on, last_on, cleared_on)
    select 'PAST' || rowid, workspace_id, id,
      json_extract('["no_power","ping_pong","buyer_silence"]', '$[' || (rowid % 3) || ']'),
      'stall', '{"value":8,"limit":7}', opened_on, closed_on, closed_on
    from deals where status in ('won', 'lost') and rowid % 2 = 0`);
  const since = Date.parse(firstDay) - reviewDays * 86_400_000;
  client
    .prepare(
      `insert into reviews
         (id, workspace_id, deal_id, loss_id, kind, size, state, owner_id, manager_id, opened_at, channel_id, thread_ts, completed_at, version)
       select 'REVIEW' || losses.rowid, losses.workspace_id, deal_id, losses.id, 'loss', 'quick', 'complete',
         owner_id, manager_id, logged_at, 'C0LOST', cast(losses.rowid as text), logged_at + 604800000, 1
       from losses join deals on deals.id = deal_id join people on people.id = owner_id
       where logged_at > ?`,
    )
    .run(since);
  client.exec(`insert into review_entries
      (id, workspace_id, review_id, kind, prompt_key, author_id, choices, shared, at)
    select 'VOTE' || rowid, workspace_id, id, 'vote', 'two_boxes', coalesce(manager_id, owner_id),
      '{"fixable":"partly"}', 1, opened_at from reviews`);
  client.exec(`insert into review_replies (workspace_id, review_id, message_ts, slack_user_id, at)
    select workspace_id, id, '1.' || rowid, 'U0VOICE' || (rowid % 9), opened_at from reviews`);
  client
    .prepare(
      `insert into commitments
         (id, workspace_id, person_id, review_id, kind, what, due_on, state, created_at, ended_at)
       select 'PROMISE' || rowid, workspace_id, owner_id, id, 'try', 'Ask who signs',
         date(opened_at / 1000, 'unixepoch', '+7 days'), 'done', opened_at, opened_at from reviews`,
    )
    .run();
  client.close();
}
