import { type Deal, dealTitle } from '../../domain/deal.ts';
import { type Homework, isFinished, type Side } from '../../domain/homework.ts';
import type { DealId } from '../../domain/ids.ts';
import { count, shorten } from '../../domain/text.ts';
import type { Renderer } from '../../outbox/renderer.ts';
import { bold, bullets, header, leaf, paragraph, richText } from '../../slack/blocks.ts';
import type { Message } from '../../slack/message.ts';
import { escapeMrkdwn } from '../../slack/mrkdwn.ts';
import { findDeal } from '../../store/deals.ts';
import { listHomework } from '../../store/homework.ts';

/** Steps a thank-you names in all; the rest of a side is counted. */
const lineLimit = 15;

/** What one side finished: `Dana Lee: List who signs`, one line a step. */
export interface ThanksGroup {
  readonly title: string;
  readonly lines: readonly string[];
}

const titles: readonly (readonly [Side, string])[] = [
  ['buyer', 'They did their part'],
  ['seller', 'We did ours'],
  ['both', 'Done together'],
  ['partner', 'Our partner did theirs'],
];

/** What each side finished, by name (METHOD S0-17); sides that finished nothing are left out. */
export function groupThanks(steps: readonly Homework[]): ThanksGroup[] {
  const done = steps.filter(isFinished);
  const sides = titles.flatMap(([side, title]) => {
    const own = done.filter((step) => step.side === side);
    return own.length > 0 ? [{ title, own }] : [];
  });
  const each = Math.floor(lineLimit / Math.max(1, sides.length));
  return sides.map(({ title, own }) => {
    // A line of its own for the rest is worth it from two steps on.
    const shown = own.length <= each ? own : own.slice(0, each - 1);
    const rest = own.length - shown.length;
    const lines = shown.map(({ doer, title: step }) => `${doer.name}: ${shorten(step, 150)}`);
    return { title, lines: rest > 0 ? [...lines, `and ${count(rest, 'more step')}`] : lines };
  });
}

/** The card a deal's channel gets when the deal is won. */
function buildThanksMessage(deal: Deal, steps: readonly Homework[]): Message {
  const opening = 'They said yes. Well done, both sides.';
  const groups = groupThanks(steps);
  const said = groups.map(({ title, lines }) => `${title}: ${lines.join('; ')}.`);
  return {
    text: escapeMrkdwn([`${dealTitle(deal)} is won. ${opening}`, ...said].join('\n')),
    blocks: [
      header(`${dealTitle(deal)} is won`),
      paragraph(leaf(opening)),
      ...groups.flatMap(({ title, lines }) => [
        paragraph(bold(title)),
        richText(bullets(...lines.map((line) => [leaf(line)]))),
      ]),
    ],
  };
}

/** Whether everybody in the deal's channel may read what was done on it. */
export function mayThankInChannel(deal: Pick<Deal, 'channelId' | 'privacy'>): boolean {
  return deal.channelId !== undefined && deal.privacy === 'team';
}

/** Posts the card, unless the deal is no longer won or its channel is no longer its own. */
export const dealThankedRenderer: Renderer = {
  whenUnknown: 'reconcile',
  render: async (tx, { workspaceId, target, payload }) => {
    const found = await findDeal(tx, workspaceId, payload['dealId'] as DealId);
    if (found?.deal.status !== 'won') return { do: 'drop', reason: 'the deal is not won' };
    const { deal } = found;
    if (!mayThankInChannel(deal) || deal.channelId !== target) {
      return { do: 'drop', reason: 'the channel is gone' };
    }
    const message = buildThanksMessage(deal, await listHomework(tx, deal.id));
    return { do: 'post', target, message };
  },
};
