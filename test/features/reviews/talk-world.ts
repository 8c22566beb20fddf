import type { Actor, PlainValues } from '../../../sandbox/server/actor.ts';
import type { SandboxMessage } from '../../../sandbox/server/contract.ts';
import type { Deal, Privacy } from '../../../src/domain/deal.ts';
import type { Money } from '../../../src/domain/money.ts';
import type { Person } from '../../../src/domain/person.ts';
import type { Review } from '../../../src/domain/review.ts';
import { reviewGaps } from '../../../src/domain/review-gaps.ts';
import { type KnownReview, loadReview } from '../../../src/features/reviews/known-review.ts';
import { findReviewOfDeal } from '../../../src/store/reviews.ts';
import { know, settle, submit } from '../../support/deals.ts';
import { startWorld, type World } from '../../support/homeroom.ts';
import { loseDealFor } from '../../support/losses.ts';
import { plantDeal } from '../../support/planted.ts';

/** Anna owns, Mia manages, Ben is a colleague; deals are lost by hand and talked about by hand. */
export interface TalkWorld extends World {
  readonly rep: Person;
  readonly boss: Person;
  readonly peer: Person;
  /** A deal that Anna closes as lost; big ones are asked everything. */
  lose(given?: {
    big?: boolean;
    privacy?: Privacy;
    owner?: Person;
    by?: Actor;
    values?: PlainValues;
  }): Promise<Deal>;
  known(deal: Deal): Promise<KnownReview>;
  review(deal: Deal): Promise<Review>;
  gaps(deal: Deal): Promise<string[]>;
  /** The sheet in somebody's direct messages. */
  sheet(actor: Actor): SandboxMessage;
  /** The message of a prompt in the deal's own thread. */
  asked(question: string): SandboxMessage | undefined;
  thread(): SandboxMessage[];
  /** Presses a button on a message, fills in the form it opens, and lets everything happen. */
  fill(
    actor: Actor,
    on: SandboxMessage,
    button: string,
    values: PlainValues,
    promptKey?: string,
  ): Promise<Awaited<ReturnType<Actor['submit']>>>;
  press(actor: Actor, on: SandboxMessage, button: string): Promise<void>;
}

const big: Money = { minor: 900_000_00, currency: 'USD' };

export async function startTalk(
  options: Parameters<typeof startWorld>[0] & { managed?: boolean } = {},
): Promise<TalkWorld> {
  const { managed = true, ...rest } = options;
  const world = await startWorld({ ...rest, env: { BIG_DEAL: '50000' } });
  const boss = await know(world, world.mia, { role: 'manager' });
  const above = managed ? { managerId: boss.id } : {};
  const rep = await know(world, world.anna, above);
  const peer = await know(world, world.ben, { managerId: boss.id });
  const review = async (deal: Deal) => {
    const found = await world.app.store.read((tx) =>
      findReviewOfDeal(tx, deal.workspaceId, deal.id),
    );
    if (!found) throw new Error(`${deal.name} has no review.`);
    return found;
  };
  const known = async (deal: Deal) => {
    const found = await review(deal);
    return world.app.store.read((tx) => loadReview(tx, found));
  };
  const all = () => world.anna.messages('closed-lost');
  return {
    ...world,
    rep,
    boss,
    peer,
    review,
    known,
    gaps: async (deal) => reviewGaps((await known(deal)).record).map(({ code }) => code),
    lose: async (given = {}) => {
      const { owner = rep, by = world.anna, privacy = 'team' } = given;
      const amount = given.big === false ? undefined : big;
      const deal = await plantDeal(world, owner, { privacy, amount });
      const result = await loseDealFor(world, by, 'Acme', given.values);
      if (!result.ok) throw new Error(JSON.stringify(result));
      await by.close(by.topView());
      await world.deliver();
      return deal;
    },
    sheet: (actor) => {
      const sheets = actor
        .dm()
        .filter(({ blocks }) => blocks?.some(({ type }) => type === 'header'));
      const last = sheets.at(-1);
      if (!last) throw new Error(`${actor.id} has no sheet.`);
      return last;
    },
    thread: () => all().filter(({ threadTs }) => threadTs !== null),
    asked: (question) =>
      all().findLast(({ text, threadTs }) => threadTs !== null && text.includes(question)),
    fill: async (actor, on, button, values, promptKey) => {
      const pick = promptKey ? { blockId: `review_prompt_${promptKey}` } : {};
      await settle(world, actor.press(on, button, pick));
      const result = await submit(world, actor, values);
      await world.deliver();
      const top = actor.modals().at(-1);
      if (result.ok && top) await actor.close(top);
      return result;
    },
    press: async (actor, on, button) => {
      await settle(world, actor.press(on, button));
      await world.deliver();
    },
  };
}
