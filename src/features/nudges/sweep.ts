import { type Calendars, dayIn } from '../../domain/calendar.ts';
import { dealTitle } from '../../domain/deal.ts';
import type { DealId, WorkspaceId } from '../../domain/ids.ts';
import { kindWords, sayHeld } from '../../domain/nudge-words.ts';
import { count } from '../../domain/text.ts';
import { addHelper, listDealsByIds } from '../../store/deals.ts';
import { listNudgeReaders, type Morning } from '../../store/nudge-readers.ts';
import { insertNudges, nudgeKey } from '../../store/nudges.ts';
import { countQueued, enqueue } from '../../store/outbox.ts';
import type { Tx } from '../../store/store.ts';
import { type PlannedMorning, planMorning } from './plan-morning.ts';

/** What a sweep did, and for whom, for the person who runs it by hand. */
export interface SweepResult {
  readonly people: number;
  readonly questions: number;
  readonly held: number;
  readonly report: readonly string[];
}

/** Each reader is looked up once before their message, and Slack takes about fifty such looks a minute. */
const aMinute = 40;
const minuteMs = 60_000;

/**
 * Plans the morning of everybody who shares it: one bundle a person a day, queued some forty a
 * minute (METHOD §4.4). Running it again for the same day plans nothing new.
 */
export async function sweepNudges(
  tx: Tx,
  input: {
    readonly workspaceId: WorkspaceId;
    readonly morning: Morning;
    readonly scheduledFor: Date;
    readonly now: Date;
    /** Say who is asked what and why; only somebody who looks needs it. */
    readonly explain?: boolean;
  },
  calendars: Calendars,
): Promise<SweepResult> {
  const { workspaceId, morning, now } = input;
  const today = dayIn(input.scheduledFor, morning.zone);
  const readers = await listNudgeReaders(tx, workspaceId, morning);
  const mornings = await planMorning(tx, { workspaceId, readers, today, now }, calendars);
  const asking = mornings.filter(({ bundle }) => bundle.asked.length > 0);
  const planned = asking.map(({ reader, bundle }) => ({ ...bundle, personId: reader.personId }));
  const kept = await insertNudges(tx, workspaceId, today, planned, now);
  const fresh = asking.filter(({ reader }) => kept.has(reader.personId));
  await letStandInsAct(tx, workspaceId, fresh);
  // Zones that share their nine o'clock share the minute.
  const ahead = await countQueued(tx, workspaceId, { kind: 'nudge_planned', queuedAt: now });
  await enqueue(
    tx,
    workspaceId,
    now,
    fresh.flatMap(({ reader }, place) => {
      const nudgeId = kept.get(reader.personId);
      if (!nudgeId) return [];
      const minutes = Math.floor((ahead + place) / aMinute);
      const availableAt = new Date(now.getTime() + minutes * minuteMs);
      const target = reader.slackUserId;
      return [
        {
          kind: 'nudge_planned',
          key: nudgeKey(nudgeId),
          target,
          payload: { nudgeId },
          availableAt,
        },
      ] as const;
    }),
  );
  return {
    people: fresh.length,
    questions: sum(fresh, ({ bundle }) => bundle.asked.length),
    held: sum(mornings, ({ bundle }) => bundle.held.length),
    report: input.explain ? await explainMornings(tx, workspaceId, mornings, kept) : [],
  };
}

/** Whoever stands in may do what is asked of them: they help on those deals from then on. */
async function letStandInsAct(
  tx: Tx,
  workspaceId: WorkspaceId,
  mornings: readonly PlannedMorning[],
): Promise<void> {
  for (const { reader, bundle, standsInOn } of mornings) {
    const dealIds = new Set(bundle.asked.map(({ dealId }) => dealId));
    for (const dealId of dealIds) {
      if (standsInOn.has(dealId)) await addHelper(tx, workspaceId, dealId, reader.personId);
    }
  }
}

function sum<Item>(items: readonly Item[], of: (item: Item) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}

/** Who is asked what and why, and what is held back and why; a private deal keeps its name. */
async function explainMornings(
  tx: Tx,
  workspaceId: WorkspaceId,
  mornings: readonly PlannedMorning[],
  kept: ReadonlyMap<PlannedMorning['reader']['personId'], unknown>,
): Promise<string[]> {
  const all = mornings.flatMap(({ bundle }) => [...bundle.asked, ...bundle.held]);
  const deals = await listDealsByIds(tx, workspaceId, [...new Set(all.map((one) => one.dealId))]);
  const nameOf = (id: DealId) => {
    const deal = deals.get(id);
    return deal && deal.privacy === 'team' ? dealTitle(deal) : 'a private deal';
  };
  return mornings.flatMap(({ reader, bundle }) => {
    const had = bundle.asked.length > 0 && !kept.has(reader.personId);
    const opening = had
      ? `${reader.name}: has a bundle today already`
      : `${reader.name}: ${count(bundle.asked.length, 'question')}, ${bundle.held.length} held back`;
    if (bundle.asked.length + bundle.held.length === 0) return [];
    return [
      opening,
      ...(had
        ? []
        : bundle.asked.map((one) => `  asks ${nameOf(one.dealId)}: ${kindWords[one.kind]}`)),
      ...bundle.held.map(
        (one) => `  holds ${nameOf(one.dealId)}: ${kindWords[one.kind]} (${sayHeld(one.reason)})`,
      ),
    ];
  });
}
