import type { ListenerDeps } from '../../deps.ts';
import { type Day, dayIn } from '../../domain/calendar.ts';
import type { ClosedDeal } from '../../domain/deal.ts';
import type { PersonId } from '../../domain/ids.ts';
import type { Person } from '../../domain/person.ts';
import { computeTalkAhead, type TalkAhead } from '../../domain/talk-ahead.ts';
import { listNames } from '../../store/people.ts';
import { findReviewOfDeal } from '../../store/reviews.ts';

/** Who talks about a loss first, and when and where the team does. */
export interface FirstTalk extends TalkAhead {
  /** `between you and Ben Okafor`, or `yours alone` where nobody is above the owner. */
  readonly between: string;
  /** Who lets the team in: `you`, or the owner's name. */
  readonly letsIn: string;
  readonly channel: string;
  readonly today: Day;
}

/** The talk that a loss has just opened, as its reader sees it; undefined when it opened none. */
export async function findFirstTalk(
  { store, clock, calendars, team }: ListenerDeps,
  reader: Person,
  deal: ClosedDeal,
): Promise<FirstTalk | undefined> {
  const now = clock.now();
  const { zone, lossThreadAt: thread, lossChannel: channel } = team;
  return store.read(async (tx) => {
    const review = await findReviewOfDeal(tx, deal.workspaceId, deal.id);
    if (!review) return undefined;
    const { ownerId, managerId } = review;
    const names = await listNames(tx, managerId ? [ownerId, managerId] : [ownerId]);
    const call = (id: PersonId) => (id === reader.id ? 'you' : (names.get(id) ?? 'somebody'));
    return {
      ...computeTalkAhead(now, { zone, calendar: calendars.ours, thread }),
      between: sayBetween(call(ownerId), managerId && call(managerId)),
      letsIn: call(ownerId),
      channel,
      today: dayIn(now, zone),
    };
  });
}

function sayBetween(owner: string, manager: string | undefined): string {
  if (manager === 'you') return `between you and ${owner}`;
  if (manager) return `between ${owner} and ${manager}`;
  return owner === 'you' ? 'yours alone' : `${owner}’s alone`;
}
