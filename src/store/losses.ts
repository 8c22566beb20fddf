import { and, asc, eq, gt, lte, notInArray } from 'drizzle-orm';
import type { Day } from '../domain/calendar.ts';
import type { Privacy } from '../domain/deal.ts';
import {
  type DealId,
  type LossId,
  type LossThreadId,
  newId,
  type PersonId,
  type SlackUserId,
  type WorkspaceId,
} from '../domain/ids.ts';
import type { FactTrail, Outcome } from '../domain/loss.ts';
import { reasonSetVersion } from '../domain/loss-reasons.ts';
import type {
  EvidenceLevel,
  FairFightAnswer,
  FearTag,
  Fixable,
  LossStory,
  NoDecisionKind,
  WhyClass,
} from '../domain/loss-story.ts';
import type { Money } from '../domain/money.ts';
import type { Phase, Segment } from '../domain/segment.ts';
import { inMany } from './lists.ts';
import { selectToldLosses } from './loss-threads.ts';
import type { Tx } from './store.ts';

/** What is kept when a deal is lost. */
export interface NewLoss {
  readonly workspaceId: WorkspaceId;
  readonly dealId: DealId;
  readonly lostOn: Day;
  readonly loggedAt: Date;
  readonly story: LossStory;
  readonly phaseAtLoss: Phase;
  /** Undefined when nobody knows. */
  readonly lostAlone: boolean | undefined;
  readonly facts: FactTrail;
}

export async function insertLoss(tx: Tx, loss: NewLoss): Promise<LossId> {
  const { losses } = tx.tables;
  const id = newId<LossId>(loss.loggedAt);
  const { story, ...row } = loss;
  const { contributing, fearTags, fairFight } = story;
  await tx.insert(losses).values({
    ...row,
    ...story,
    contributing: [...contributing],
    fearTags: [...fearTags],
    fairFight: [...fairFight],
    id,
    reasonSetVersion,
  });
  return id;
}

/** A loss as the weekly thread shows it. */
export interface ListedLoss {
  readonly id: LossId;
  readonly dealId: DealId;
  readonly account: string;
  readonly name: string;
  readonly owner: { readonly name: string; readonly slackUserId: SlackUserId | undefined };
  readonly ownerId: PersonId;
  readonly amount: Money | undefined;
  readonly privacy: Privacy;
  readonly lostOn: Day;
  readonly loggedAt: Date;
  readonly outcome: Outcome | undefined;
  /** What they do now, where it was us who stepped away. */
  readonly underlyingOutcome: Outcome | undefined;
  readonly competitor: string | undefined;
  readonly reasonCode: string | undefined;
  readonly whyClass: WhyClass | undefined;
  readonly contributing: readonly string[];
  readonly statedReasonCode: string | undefined;
  readonly statedWords: string | undefined;
  readonly evidence: EvidenceLevel;
  readonly fixable: Fixable | undefined;
  readonly noDecisionKind: NoDecisionKind | undefined;
  readonly fearTags: readonly FearTag[];
  readonly fairFight: readonly FairFightAnswer[];
  readonly phaseAtLoss: Phase | undefined;
  readonly lostAlone: boolean | undefined;
  readonly segment: Segment;
  readonly ownWords: string | undefined;
  readonly facts: FactTrail;
}

function selectLosses(tx: Tx) {
  const { accounts, deals, losses, people } = tx.tables;
  return tx
    .select({
      loss: losses,
      account: accounts.name,
      name: deals.name,
      amountMinor: deals.amountMinor,
      currency: deals.currency,
      privacy: deals.privacy,
      segment: deals.segment,
      ownerId: people.id,
      ownerName: people.name,
      ownerSlackId: people.slackUserId,
      ownerActive: people.active,
    })
    .from(losses)
    .innerJoin(deals, and(eq(deals.id, losses.dealId), eq(deals.status, 'lost')))
    .innerJoin(accounts, eq(accounts.id, deals.accountId))
    .innerJoin(people, eq(people.id, deals.ownerId));
}

type LossRow = Awaited<ReturnType<typeof selectLosses>>[number];

function toListedLoss(row: LossRow): ListedLoss {
  return {
    id: row.loss.id,
    dealId: row.loss.dealId,
    account: row.account,
    name: row.name,
    owner: {
      name: row.ownerName,
      slackUserId: (row.ownerActive ? row.ownerSlackId : null) ?? undefined,
    },
    ownerId: row.ownerId,
    amount:
      row.amountMinor === null
        ? undefined
        : { minor: row.amountMinor, currency: row.currency ?? 'USD' },
    privacy: row.privacy,
    lostOn: row.loss.lostOn,
    loggedAt: row.loss.loggedAt,
    outcome: row.loss.outcome ?? undefined,
    underlyingOutcome: row.loss.underlyingOutcome ?? undefined,
    competitor: row.loss.competitor ?? undefined,
    reasonCode: row.loss.reasonCode ?? undefined,
    whyClass: row.loss.whyClass ?? undefined,
    contributing: row.loss.contributing,
    statedReasonCode: row.loss.statedReasonCode ?? undefined,
    statedWords: row.loss.statedWords ?? undefined,
    evidence: row.loss.evidence,
    fixable: row.loss.fixable ?? undefined,
    noDecisionKind: row.loss.noDecisionKind ?? undefined,
    fearTags: row.loss.fearTags,
    fairFight: row.loss.fairFight,
    phaseAtLoss: row.loss.phaseAtLoss ?? undefined,
    lostAlone: row.loss.lostAlone ?? undefined,
    segment: row.segment,
    ownWords: row.loss.ownWords ?? undefined,
    facts: row.loss.facts,
  };
}

/**
 * Losses logged after `since` and up to `until` that no weekly thread told of, in the order they
 * were logged. A thread that was never posted told nothing, unless it is still on its way.
 */
export async function listUntoldLosses(
  tx: Tx,
  workspaceId: WorkspaceId,
  since: Date,
  until: Date,
): Promise<ListedLoss[]> {
  const { losses } = tx.tables;
  const rows = await selectLosses(tx)
    .where(
      and(
        eq(losses.workspaceId, workspaceId),
        gt(losses.loggedAt, since),
        lte(losses.loggedAt, until),
        notInArray(losses.id, selectToldLosses(tx, workspaceId)),
      ),
    )
    .orderBy(asc(losses.loggedAt), asc(losses.id));
  return rows.map(toListedLoss);
}

export async function findLoss(
  tx: Tx,
  workspaceId: WorkspaceId,
  id: LossId,
): Promise<ListedLoss | undefined> {
  const { losses } = tx.tables;
  const [row] = await selectLosses(tx).where(
    and(eq(losses.workspaceId, workspaceId), eq(losses.id, id)),
  );
  return row && toListedLoss(row);
}

/** Many losses of deals that are still lost, in one query. */
export async function listLossesByIds(
  tx: Tx,
  workspaceId: WorkspaceId,
  ids: readonly LossId[],
): Promise<Map<LossId, ListedLoss>> {
  if (ids.length === 0) return new Map();
  const rows = await selectLosses(tx).where(inMany(tx, tx.tables.losses.id, ids));
  const ours = rows.filter(({ loss }) => loss.workspaceId === workspaceId);
  return new Map(ours.map((row) => [row.loss.id, toListedLoss(row)]));
}

/** The loss of a deal that is still lost. */
export async function findLossOfDeal(
  tx: Tx,
  workspaceId: WorkspaceId,
  dealId: DealId,
): Promise<ListedLoss | undefined> {
  const { losses } = tx.tables;
  const [row] = await selectLosses(tx).where(
    and(eq(losses.workspaceId, workspaceId), eq(losses.dealId, dealId)),
  );
  return row && toListedLoss(row);
}

/** The losses a week's thread covers, in the order they were logged. */
export async function listThreadLosses(
  tx: Tx,
  workspaceId: WorkspaceId,
  threadId: LossThreadId,
): Promise<ListedLoss[]> {
  const { losses, lossThreadEntries } = tx.tables;
  const rows = await selectLosses(tx)
    .innerJoin(lossThreadEntries, eq(lossThreadEntries.lossId, losses.id))
    .where(and(eq(losses.workspaceId, workspaceId), eq(lossThreadEntries.threadId, threadId)))
    .orderBy(asc(losses.loggedAt), asc(losses.id));
  return rows.map(toListedLoss);
}
