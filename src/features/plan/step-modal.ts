import type { KnownBlock } from '@slack/types';
import { type Day, sayDay } from '../../domain/calendar.ts';
import { dealTitle, type OpenDeal } from '../../domain/deal.ts';
import { type Homework, isLate } from '../../domain/homework.ts';
import {
  bold,
  bullets,
  type Leaf,
  leaf,
  type Modal,
  modal,
  paragraph,
  richText,
} from '../../slack/blocks.ts';
import type { ChangeMeta } from './change-modals.ts';
import type { StepNews } from './change-step.ts';
import { reactionBlocks, reactions, stepButtons } from './step-buttons.ts';

export const stepModalIds = { view: 'plan_step' } as const;

/** A date a step had, and the one it got, on a day. */
export interface DateMove {
  readonly from: Day;
  readonly to: Day;
  readonly on: Day;
}

export interface StepView {
  readonly deal: OpenDeal;
  readonly step: Homework;
  readonly moves: readonly DateMove[];
  readonly today: Day;
  /** What has just happened, said first. */
  readonly notice?: string | undefined;
}

/** Everything about one step: what, who, when and why, how it went, and what can be done now. */
export function buildStepModal(view: StepView, meta: ChangeMeta): Modal {
  const { step, moves, today, notice } = view;
  return modal({
    id: stepModalIds.view,
    title: 'One step of the plan',
    close: 'Close',
    meta: { ...meta, seen: step.version, dealId: step.dealId },
    blocks: [
      ...(notice ? [paragraph(bold(notice))] : []),
      paragraph(bold(step.title), leaf(`\n${dealTitle(view.deal)} · ${stepLine(step, today)}`)),
      paragraph(...factLeaves(step, today)),
      ...(moves.length > 0 ? [movesBlock(moves, today)] : []),
      ...stepButtons(step),
      ...reactionBlocks(step),
    ],
  });
}

const whose = {
  buyer: 'Their step',
  seller: 'Our step',
  both: 'A step together',
  partner: 'The partner’s step',
} as const;

function stepLine(step: Homework, today: Day): string {
  const late = isLate(step, today) ? ', late' : '';
  return `${whose[step.side]} · ${step.doer.name} · due ${sayDay(step.dueOn, today)}${late}`;
}

function factLeaves(step: Homework, today: Day): Leaf[] {
  const facts: [string, string | undefined][] = [
    ['State', sayState(step, today)],
    ['Done when', step.doneWhen],
    ['Opens', step.unlocks],
    ['Worth their time', step.whyForThem],
    ['How they took it', reactions.find(([known]) => known === step.reaction)?.[1]],
  ];
  return facts.flatMap(([name, said], index) =>
    said ? [bold(`${index === 0 ? '' : '\n'}${name}: `), leaf(said)] : [],
  );
}

/** Where a step stands, in a sentence; asked and agreed are two things. */
export function sayState(step: Homework, today: Day): string {
  const on = (day: Day | undefined) => (day ? ` on ${sayDay(day, today)}` : '');
  const via = step.askedVia ? ` (${step.askedVia})` : '';
  switch (step.status) {
    case 'proposed':
      if (step.side === 'seller') return 'proposed';
      return step.askedOn ? `asked${on(step.askedOn)}, no yes yet` : 'proposed, not asked yet';
    case 'agreed':
      return `agreed${on(step.agreedOn)}${via}`;
    case 'in_progress':
      return `started${step.agreedOn ? `, agreed${on(step.agreedOn)}${via}` : ''}`;
    case 'done':
      return `done${on(step.doneOn)}`;
    case 'accepted':
      return `accepted${on(step.acceptedOn)}`;
    case 'declined':
      return `they won’t${step.dropReason ? `: ${step.dropReason}` : ''}`;
    case 'dropped':
      return `dropped${step.dropReason ? `: ${step.dropReason}` : ''}`;
    case 'superseded':
      return 'another step took its place';
    case 'needs_rewrite':
      return `waits for better words${flagged(step)}; nobody is reminded`;
  }
}

function flagged({ pointless, confusing }: Homework): string {
  if (pointless) return ' (pointless)';
  return confusing ? ' (it confused them)' : '';
}

function movesBlock(moves: readonly DateMove[], today: Day): KnownBlock {
  const items = moves
    .slice(-10)
    .map(({ from, to, on }) => [
      leaf(`${sayDay(from, today)} → ${sayDay(to, today)}, moved on ${sayDay(on, today)}`),
    ]);
  return richText(bullets(...items));
}

/** What a change means beyond the step itself. */
export function sayNews(news: StepNews | undefined): string | undefined {
  if (news === 'mutual') return 'Now it is a plan of both sides.';
  if (news === 'fit_check') {
    return 'They declined three steps in a row. Is this deal worth both sides’ time?';
  }
  return undefined;
}
