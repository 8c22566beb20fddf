import type { ListenerDeps } from '../../deps.ts';
import { dayIn } from '../../domain/calendar.ts';
import type { DealId } from '../../domain/ids.ts';
import { lessonLine } from '../../domain/look-alike.ts';
import type { Person } from '../../domain/person.ts';
import { isRefusal, type Refusal } from '../../domain/refusal.ts';
import { type Leaf, leaf } from '../../slack/blocks.ts';
import { lessonsId } from '../../slack/lesson-actions.ts';
import { onClick } from '../../slack/listen.ts';
import { openFrom } from '../../slack/open-from.ts';
import { findOwnPromise, listChangesOf, listLookAlikes } from '../../store/look-alikes.ts';
import { reachOpenDeal } from '../../store/reach-deal.ts';
import { buildLessonsModal, type Lessons, promiseLines } from './lessons-modal.ts';

const mostShown = 3;

/** The button under a plan that opens what losses like it taught. */
export function registerLessons(deps: ListenerDeps): void {
  onClick(deps, lessonsId, async (click) => {
    const lessons = await findLessons(deps, click.actor, click.value as DealId);
    return openFrom(deps, click, isRefusal(lessons) ? lessons : buildLessonsModal(lessons));
  });
}

/** The lines a plan begins with: the closest loss, and the reader's own promise after such a one. */
export async function lessonLines(
  deps: Pick<ListenerDeps, 'store' | 'clock'>,
  actor: Person,
  dealId: DealId,
): Promise<Leaf[][]> {
  const lessons = await findLessons(deps, actor, dealId);
  if (isRefusal(lessons)) return [];
  const [closest] = lessons.alikes;
  const line = closest && lessonLine(closest, lessons.today);
  return [...(line ? [[leaf(line)]] : []), ...promiseLines(lessons)];
}

/** What losses like an open deal taught, as far as `actor` may know of them. */
async function findLessons(
  { store, clock }: Pick<ListenerDeps, 'store' | 'clock'>,
  actor: Person,
  dealId: DealId,
): Promise<Lessons | Refusal> {
  return store.read(async (tx) => {
    const deal = await reachOpenDeal(tx, actor, dealId);
    if (isRefusal(deal)) return deal;
    const today = dayIn(clock.now(), deal.zone);
    const alikes = await listLookAlikes(tx, actor, deal, { today, limit: mostShown });
    const reviewIds = alikes.flatMap(({ loss }) => loss.reviewId ?? []);
    return {
      deal,
      alikes,
      changes: await listChangesOf(tx, reviewIds),
      promise: await findOwnPromise(tx, actor, alikes),
      today,
    };
  });
}
