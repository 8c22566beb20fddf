import type { Deps } from '../../deps.ts';
import { dealTitle } from '../../domain/deal.ts';
import {
  type DealId,
  type HomeworkId,
  type NudgeItemId,
  type NudgeRestId,
  newId,
} from '../../domain/ids.ts';
import { dealNudges, followUpNudges, type NudgeKind, stepNudges } from '../../domain/nudge.ts';
import { kindWords } from '../../domain/nudge-words.ts';
import type { Person } from '../../domain/person.ts';
import { isRefusal } from '../../domain/refusal.ts';
import { sayRestUntil } from '../../domain/rest-words.ts';
import { listHomeworkByIds } from '../../store/homework.ts';
import { endRest, type KeptRest, listRests, saveRest } from '../../store/nudge-rests.ts';
import { findLatestNudge } from '../../store/nudges.ts';
import { reachDeal } from '../../store/reach-deal.ts';
import type { Tx } from '../../store/store.ts';
import { listVisibleDeals } from '../../store/visible-deals.ts';

/** Something that rests, in words. */
export interface RestLine {
  readonly id: NudgeRestId;
  readonly what: string;
  readonly until: string;
}

/** What rests for somebody now, and which kinds of question still come. */
export interface Resting {
  readonly lines: readonly RestLine[];
  readonly asked: readonly NudgeKind[];
  /** New each time: Slack would keep showing the last choice in a block it knows. */
  readonly drawn: string;
  /** Questions of the newest bundle that can be put off. */
  readonly questions: readonly { readonly id: NudgeItemId; readonly what: string }[];
}

/** A date that passed is always asked about; "still worth doing?" stands for other kinds. */
const mutable: readonly NudgeKind[] = [...stepNudges, ...dealNudges, ...followUpNudges].filter(
  (kind) => kind !== 'date_passed' && kind !== 'still_worth',
);

/** Loads what rests for somebody; a deal they no longer see stays unnamed. */
export async function loadResting(tx: Tx, actor: Person, now: Date): Promise<Resting> {
  const rests = await listRests(tx, actor.workspaceId, [actor.id], now);
  const lines: RestLine[] = [];
  for (const rest of rests) {
    const what = await sayWhat(tx, actor, rest);
    lines.push({ id: rest.id, what, until: sayRestUntil(rest.untilAt, actor.zone, now) });
  }
  const resting = new Set(rests.map(({ scope, about }) => (scope === 'kind' ? about : '')));
  const asked = mutable.filter((kind) => !resting.has(kind));
  return { lines, asked, drawn: newId(now), questions: await listQuestions(tx, actor) };
}

async function listQuestions(tx: Tx, actor: Person): Promise<Resting['questions']> {
  const nudge = await findLatestNudge(tx, actor.workspaceId, actor.id);
  const open = (nudge?.items ?? []).filter(({ answer, kind }) => !answer && kind !== 'date_passed');
  const ids = open.map(({ dealId }) => dealId);
  const deals = await listVisibleDeals(tx, actor, ids);
  const stepIds = open.flatMap(({ homeworkId }) => homeworkId ?? []);
  const steps = await listHomeworkByIds(tx, actor.workspaceId, stepIds);
  return open.flatMap(({ id, dealId, homeworkId, kind }) => {
    const deal = deals.get(dealId);
    const step = steps.find((one) => one.id === homeworkId);
    const about = step?.title ?? kindWords[kind];
    return deal ? [{ id, what: `${deal.account}: ${about}` }] : [];
  });
}

async function sayWhat(tx: Tx, actor: Person, { scope, about }: KeptRest): Promise<string> {
  if (scope === 'kind') return `Every question of the kind “${wordsOf(about)}”`;
  if (scope === 'deal') return `Everything about ${await nameDeal(tx, actor, about)}`;
  const [kind = '', id = ''] = about.split(':');
  if (kind !== 'step') return `${await nameDeal(tx, actor, id)}: ${wordsOf(kind)}`;
  const [step] = await listHomeworkByIds(tx, actor.workspaceId, [id as HomeworkId]);
  if (!step) return unnamed;
  const deal = await reachDeal(tx, actor, step.dealId);
  return isRefusal(deal) ? unnamed : `${step.title} · ${dealTitle(deal)}`;
}

const unnamed = 'a deal you no longer see';

async function nameDeal(tx: Tx, actor: Person, id: string): Promise<string> {
  const deal = await reachDeal(tx, actor, id as DealId);
  return isRefusal(deal) ? unnamed : dealTitle(deal);
}

function wordsOf(kind: string): string {
  return Object.entries(kindWords).find(([known]) => known === kind)?.[1] ?? kind;
}

/** Ends one of `actor`'s own rests. */
export async function askAgain(deps: Deps, actor: Person, id: string): Promise<void> {
  const rest = { id: id as NudgeRestId, personId: actor.id };
  await deps.store.transaction((tx) => endRest(tx, actor.workspaceId, rest, deps.clock.now()));
}

/** Silences a kind of question for `actor` until they say so. */
export async function muteKind(deps: Deps, actor: Person, wanted: string): Promise<void> {
  const kind = mutable.find((known) => known === wanted);
  if (!kind) return;
  const rest = { scope: 'kind', about: kind, untilAt: undefined, personId: actor.id } as const;
  await deps.store.transaction((tx) => saveRest(tx, actor.workspaceId, rest, deps.clock.now()));
}
