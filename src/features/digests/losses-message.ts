import { addDays, type Day, sayDay } from '../../domain/calendar.ts';
import {
  boxesOf,
  type Count,
  competitiveWinRate,
  countDeals,
  type EndedGroup,
  isLost,
  knowsOutcomes,
  lossesByPhase,
  lossesByReason,
  noDecisionRate,
  winRate,
} from '../../domain/loss-metrics.ts';
import type { LossAspect, LossQuestion } from '../../domain/loss-span.ts';
import { fewestForRate, sayRate, sayTooFew } from '../../domain/rate.ts';
import { count } from '../../domain/text.ts';
import { bold, bullets, context, leaf, paragraph, richText } from '../../slack/blocks.ts';
import { type Figure, messageOf, pieFigure, plainPart, tableFigure } from '../../slack/figures.ts';
import type { Message } from '../../slack/message.ts';

/** What a span of losses is, by what was asked. */
export interface LossesView {
  readonly question: LossQuestion;
  readonly after: Day;
  readonly until: Day;
  readonly groups: readonly EndedGroup[];
  readonly privateLosses: number;
  /** Present when competitors were asked for. */
  readonly competitors?: readonly Count[];
  /** Present when managers were asked for. */
  readonly managers?: readonly {
    readonly manager: string;
    readonly groups: readonly EndedGroup[];
  }[];
}

const aspectWords: Readonly<Record<LossAspect, string>> = {
  reason: 'first reason',
  competitor: 'competitor',
  phase: 'phase they ended in',
  manager: 'manager',
};
const more = 'Other ways: /deal losses 12w by phase, 6m by competitor, 1y by manager.';

/** The answer to `/deal losses`, for whoever asked alone. */
export function buildLossesMessage(view: LossesView): Message {
  const losses = countDeals(view.groups, isLost);
  return messageOf([
    openingPart(view, losses),
    ...(losses > 0 ? [ratesPart(view), ...aspectParts(view, losses)] : []),
    plainPart([context(more)], more),
  ]);
}

function openingPart(view: LossesView, losses: number): Figure {
  const { question, after, until, privateLosses } = view;
  const span = `${sayDay(addDays(after, 1), until)} to ${sayDay(until, until)}`;
  const secret =
    privateLosses > 0
      ? ` ${count(privateLosses, 'private loss is', 'private losses are')} counted apart and in no figure.`
      : '';
  const opening = `${losses.toLocaleString('en')} ${losses === 1 ? 'loss' : 'losses'} in ${count(question.days, 'day')}, ${span}, by ${aspectWords[question.by]}.`;
  return plainPart(
    [paragraph(bold(opening), ...(secret ? [leaf(secret)] : []))],
    `${opening}${secret}`,
  );
}

function ratesPart({ groups }: LossesView): Figure {
  const { outsold, notThere, untold } = boxesOf(groups);
  const known = knowsOutcomes(groups);
  const undecided = noDecisionRate(groups);
  const lines = [
    `Won, of won and lost: ${sayRate(winRate(groups))}`,
    ...(known
      ? [
          `Won, of won and lost to another supplier: ${sayRate(competitiveWinRate(groups))}`,
          `No decision: ${sayRate(undecided.ofClosed)} of all that ended, ${sayRate(undecided.ofLosses)} of losses`,
        ]
      : ['No decision and competitive wins: most losses have no outcome recorded']),
    `Two boxes: ${outsold} outsold, ${notThere} where we were not meant to be, ${untold.toLocaleString('en')} in neither yet`,
  ];
  return plainPart(
    [richText(bullets(...lines.map((line) => [leaf(line)])))],
    `${lines.join('. ')}.`,
  );
}

function aspectParts(view: LossesView, losses: number): Figure[] {
  const { question, groups, competitors, managers } = view;
  if (managers) return [managerTable(managers)];
  if (question.by === 'phase') return countParts('Phase', lossesByPhase(groups), losses);
  if (question.by === 'reason') return countParts('Reason', lossesByReason(groups), losses);
  const named = competitors ?? [];
  if (named.length === 0) {
    const none = 'No loss to another supplier has a name recorded.';
    return [plainPart([paragraph(leaf(none))], none)];
  }
  const rest = losses - named.reduce((sum, one) => sum + one.losses, 0);
  return countParts(
    'Competitor',
    [...named, ...(rest > 0 ? [{ label: 'No competitor named', losses: rest }] : [])],
    losses,
  );
}

const shownRows = 20;

function countParts(what: string, counts: readonly Count[], losses: number): Figure[] {
  const pie = pieFigure({
    title: `Losses by ${what.toLowerCase()} (n ${losses.toLocaleString('en')})`,
    slices: counts.map(({ label, losses: value }) => ({ label, value })),
  });
  const rows = counts
    .slice(0, shownRows)
    .map((one) => [one.label, sayRate({ k: one.losses, n: losses })]);
  const table = tableFigure(`By ${what.toLowerCase()}`, [[what, 'Losses'], ...rows]);
  // The table says all the pie does: one telling is enough where neither is drawn.
  const drawn = pie && counts.length > 1 ? [{ blocks: pie.blocks, plain: [], says: '' }] : [];
  return [...drawn, table];
}

/** Under five losses a team’s figures would be about a person or two. */
function managerTable(
  managers: readonly { readonly manager: string; readonly groups: readonly EndedGroup[] }[],
): Figure {
  const rows = managers
    .map(({ manager, groups }) => ({ manager, groups, losses: countDeals(groups, isLost) }))
    .filter(({ losses }) => losses > 0)
    .sort((a, b) => (a.manager < b.manager ? -1 : 1))
    .map(({ manager, groups, losses }) => {
      const few = losses < fewestForRate ? sayTooFew(losses, fewestForRate) : undefined;
      const { outsold, notThere, untold } = boxesOf(groups);
      return [
        manager,
        losses.toLocaleString('en'),
        few ?? sayRate(winRate(groups)),
        few ?? `${outsold} / ${notThere}, ${untold.toLocaleString('en')} in neither yet`,
      ];
    });
  const head = ['Manager', 'Losses', 'Won, of won and lost', 'Outsold / not our place'];
  return tableFigure('By manager, in the order of the alphabet', [head, ...rows]);
}
