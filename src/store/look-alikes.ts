import {
  and,
  desc,
  eq,
  gte,
  inArray,
  isNotNull,
  ne,
  notExists,
  or,
  type SQL,
  sql,
} from 'drizzle-orm';
import { answerReasons, tellingAnswers } from '../domain/answer-reasons.ts';
import { addDays, type Day } from '../domain/calendar.ts';
import type { OpenDeal } from '../domain/deal.ts';
import type { LossId, ReviewId, WorkspaceId } from '../domain/ids.ts';
import {
  type ComparedLoss,
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

/** Of each rival and each reason, more than these are not compared: the newest are the most like today. */
const newestOfEach = 100;

/**
 * Past losses of the workspace that an open deal looks like, most alike first. Many are compared by
 * the little that comparing takes, and only those that are shown are read whole.
 */
export async function listLookAlikes(
  tx: Tx,
  viewer: LookViewer,
  deal: OpenDeal,
  { today, limit }: { readonly today: Day; readonly limit: number },
): Promise<LookAlike[]> {
  const facts = await loadFacts(tx, deal);
  const alikes = rankLookAlikes(facts, await listCandidates(tx, viewer, deal, facts, today), limit);
  const told = await listTold(
    tx,
    alikes.map(({ loss }) => loss.lossId),
  );
  return alikes.flatMap((alike) => {
    const rest = told.get(alike.loss.lossId);
    return rest ? [{ ...alike, loss: { ...alike.loss, ...rest } }] : [];
  });
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

/**
 * Those with the rival or a reason of the families. Each of these is read off the end of its own
 * index: asked for all at once, an engine goes through every loss there is.
 */
async function listCandidates(
  tx: Tx,
  viewer: LookViewer,
  { workspaceId, id }: OpenDeal,
  { rival, families }: LookFacts,
  today: Day,
): Promise<ComparedLoss[]> {
  const { deals, losses } = tx.tables;
  const key = rivalKey(rival);
  const alike = [
    ...(key ? [sql`lower(${losses.competitor}) = ${key}`] : []),
    ...reasonsOfFamilies(families).map((code) => eq(losses.reasonCode, code)),
  ];
  if (alike.length === 0) return [];
  const since = addDays(today, -lookBackDays);
  const newest = sql.join(
    alike.map((condition, at) => newestOf(tx, workspaceId, since, condition, at)),
    sql` union all `,
  );
  const rows = await tx
    .select({
      lossId: losses.id,
      lostOn: losses.lostOn,
      competitor: losses.competitor,
      reasonCode: losses.reasonCode,
      phaseAtLoss: losses.phaseAtLoss,
      segment: deals.segment,
      kind: deals.kind,
    })
    .from(losses)
    .innerJoin(deals, and(eq(deals.id, losses.dealId), eq(deals.status, 'lost')))
    .where(
      and(
        sql`${losses.id} in (${newest})`,
        ne(losses.dealId, id),
        viewer === 'team'
          ? eq(deals.privacy, 'team')
          : visibleTo(tx, viewer.id, viewer.role === 'admin' ? 1 : 0),
        isTold(tx, viewer),
      ),
    );
  return rows.map((row) => ({
    ...row,
    competitor: row.competitor ?? undefined,
    reasonCode: row.reasonCode ?? undefined,
    phaseAtLoss: row.phaseAtLoss ?? undefined,
  }));
}

/** What is still between owner and manager, or excused, is a lesson for its owner alone. */
function isTold(tx: Tx, viewer: LookViewer): SQL | undefined {
  const { deals, losses, reviews } = tx.tables;
  const kept = tx
    .select({ one: sql`1` })
    .from(reviews)
    .where(and(eq(reviews.dealId, losses.dealId), inArray(reviews.state, ['level1', 'excused'])));
  const told = notExists(kept);
  return viewer === 'team' ? told : or(told, eq(deals.ownerId, viewer.id));
}

function newestOf(tx: Tx, workspaceId: WorkspaceId, since: Day, condition: SQL, at: number): SQL {
  const { losses } = tx.tables;
  const one = tx
    .select({ id: losses.id })
    .from(losses)
    .where(and(eq(losses.workspaceId, workspaceId), condition, gte(losses.lostOn, since)))
    .orderBy(desc(losses.lostOn))
    .limit(newestOfEach);
  return sql`select id from (${one}) as ${sql.identifier(`newest_${at}`)}`;
}

/** What is told of the losses that are shown. */
async function listTold(
  tx: Tx,
  ids: readonly LossId[],
): Promise<Map<LossId, Omit<PastLoss, keyof ComparedLoss>>> {
  if (ids.length === 0) return new Map();
  const { accounts, deals, losses, reviews } = tx.tables;
  const rows = await tx
    .select({
      lossId: losses.id,
      dealId: losses.dealId,
      reviewId: reviews.id,
      account: accounts.name,
      outcome: losses.outcome,
      ownWords: losses.ownWords,
    })
    .from(losses)
    .innerJoin(deals, eq(deals.id, losses.dealId))
    .innerJoin(accounts, eq(accounts.id, deals.accountId))
    .leftJoin(reviews, eq(reviews.dealId, losses.dealId))
    .where(inMany(tx, losses.id, ids));
  return new Map(
    rows.map(({ lossId, reviewId, outcome, ownWords, ...row }) => [
      lossId,
      {
        ...row,
        reviewId: reviewId ?? undefined,
        outcome: outcome ?? undefined,
        ownWords: ownWords ?? undefined,
      },
    ]),
  );
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
