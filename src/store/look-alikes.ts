import { and, desc, eq, gte, inArray, isNotNull, or, sql } from 'drizzle-orm';
import { answerReasons, tellingAnswers } from '../domain/answer-reasons.ts';
import { addDays, type Day } from '../domain/calendar.ts';
import type { OpenDeal } from '../domain/deal.ts';
import type { ReviewId } from '../domain/ids.ts';
import {
  familiesOf,
  type LookAlike,
  type LookFacts,
  lookBackDays,
  type PastLoss,
  rankLookAlikes,
  reasonsOfFamilies,
  rivalKey,
} from '../domain/look-alike.ts';
import { findReason } from '../domain/loss-reasons.ts';
import type { Person } from '../domain/person.ts';
import { findLastAnswer } from './deal-answers.ts';
import { visibleTo } from './deal-queries.ts';
import { inMany } from './lists.ts';
import { listOpenStalls } from './stalls.ts';
import type { Tx } from './store.ts';

/** Who looks: one person, or everybody of the team, who see no private deal at all. */
export type LookViewer = Person | 'team';

/** More than these are not compared: the newest are the most like today. */
const mostCompared = 400;

/** Past losses of the workspace that an open deal looks like, most alike first. */
export async function listLookAlikes(
  tx: Tx,
  viewer: LookViewer,
  deal: OpenDeal,
  { today, limit }: { readonly today: Day; readonly limit: number },
): Promise<LookAlike[]> {
  const facts = await loadFacts(tx, deal);
  if (rivalKey(facts.rival) === '' && facts.families.length === 0) return [];
  return rankLookAlikes(facts, await listCandidates(tx, viewer, deal, facts, today), limit);
}

async function loadFacts(tx: Tx, deal: OpenDeal): Promise<LookFacts> {
  const { rival, phase, segment, kind } = deal;
  const stalls = (await listOpenStalls(tx, [deal.id])).get(deal.id) ?? [];
  const last = await findLastAnswer(tx, deal.id, tellingAnswers);
  const reason = last && answerReasons[last.answer]?.reason;
  const families = familiesOf(
    stalls.map(({ code }) => code),
    reason,
  );
  return { rival, families, phase, segment, kind };
}

/** Those with the rival or a reason of the families, newest first: two indexes and one query. */
async function listCandidates(
  tx: Tx,
  viewer: LookViewer,
  { workspaceId, id }: OpenDeal,
  { rival, families }: LookFacts,
  today: Day,
): Promise<PastLoss[]> {
  const { accounts, deals, losses, reviews } = tx.tables;
  const reasons = reasonsOfFamilies(families);
  const key = rivalKey(rival);
  const rows = await tx
    .select({
      lossId: losses.id,
      dealId: losses.dealId,
      reviewId: reviews.id,
      account: accounts.name,
      lostOn: losses.lostOn,
      outcome: losses.outcome,
      competitor: losses.competitor,
      reasonCode: losses.reasonCode,
      ownWords: losses.ownWords,
      phaseAtLoss: losses.phaseAtLoss,
      segment: deals.segment,
      kind: deals.kind,
    })
    .from(losses)
    .innerJoin(deals, and(eq(deals.id, losses.dealId), eq(deals.status, 'lost')))
    .innerJoin(accounts, eq(accounts.id, deals.accountId))
    .leftJoin(reviews, eq(reviews.dealId, losses.dealId))
    .where(
      and(
        eq(losses.workspaceId, workspaceId),
        gte(losses.lostOn, addDays(today, -lookBackDays)),
        sql`${losses.dealId} <> ${id}`,
        or(
          ...(key ? [sql`lower(${losses.competitor}) = ${key}`] : []),
          ...(reasons.length > 0 ? [inArray(losses.reasonCode, reasons)] : []),
        ),
        viewer === 'team'
          ? eq(deals.privacy, 'team')
          : visibleTo(tx, viewer.id, viewer.role === 'admin' ? 1 : 0),
      ),
    )
    .orderBy(desc(losses.lostOn), desc(losses.id))
    .limit(mostCompared);
  return rows.map((row) => ({
    ...row,
    reviewId: row.reviewId ?? undefined,
    outcome: row.outcome ?? undefined,
    competitor: row.competitor ?? undefined,
    reasonCode: row.reasonCode ?? undefined,
    ownWords: row.ownWords ?? undefined,
    phaseAtLoss: row.phaseAtLoss ?? undefined,
  }));
}

/** What came of reviews: how we changed our set-up, for any of them. */
export async function listChangesOf(
  tx: Tx,
  reviewIds: readonly ReviewId[],
): Promise<Map<ReviewId, string>> {
  const { commitments } = tx.tables;
  if (reviewIds.length === 0) return new Map();
  const rows = await tx
    .select({ reviewId: commitments.reviewId, what: commitments.what })
    .from(commitments)
    .where(and(eq(commitments.kind, 'system_change'), inMany(tx, commitments.reviewId, reviewIds)));
  return new Map(
    rows.flatMap(({ reviewId, what }) => (reviewId ? [[reviewId, what] as const] : [])),
  );
}

/**
 * What somebody promised themselves after a loss with the same rival or the same skill, the newest
 * first: quoted back to them alone (FIELD §4, 9).
 */
export async function findOwnPromise(
  tx: Tx,
  person: Person,
  alikes: readonly LookAlike[],
): Promise<{ readonly behaviour: string; readonly occasion: string | undefined } | undefined> {
  const { losses, practices, reviews } = tx.tables;
  const rivals = alikes.flatMap(({ loss }) => rivalKey(loss.competitor) || []);
  const skills = alikes.flatMap(({ loss }) => findReason(loss.reasonCode ?? '')?.skill ?? []);
  if (rivals.length + skills.length === 0) return undefined;
  const [row] = await tx
    .select({ behaviour: practices.behaviour, occasion: practices.occasion })
    .from(practices)
    .innerJoin(reviews, eq(reviews.id, practices.reviewId))
    .leftJoin(losses, eq(losses.dealId, reviews.dealId))
    .where(
      and(
        eq(practices.workspaceId, person.workspaceId),
        eq(practices.personId, person.id),
        isNotNull(practices.reviewId),
        or(
          inMany(tx, practices.skill, skills),
          inMany(tx, sql`lower(${losses.competitor})`, rivals),
        ),
      ),
    )
    .orderBy(desc(practices.createdAt), desc(practices.id))
    .limit(1);
  return row && { behaviour: row.behaviour, occasion: row.occasion ?? undefined };
}
