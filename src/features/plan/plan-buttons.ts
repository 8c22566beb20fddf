import type { KnownBlock } from '@slack/types';
import type { Day } from '../../domain/calendar.ts';
import { sayDay } from '../../domain/calendar.ts';
import type { Deal } from '../../domain/deal.ts';
import type { Health } from '../../domain/health.ts';
import type { Homework } from '../../domain/homework.ts';
import { shorten } from '../../domain/text.ts';
import { actions, button, option, plain } from '../../slack/blocks.ts';
import { lessonsId } from '../../slack/lesson-actions.ts';
import { touchIds } from '../../slack/next-actions.ts';
import { runButton } from '../../slack/run-button.ts';
import { stepIds } from '../../slack/step-actions.ts';

/** What can be pressed on a plan card beside its steps; each value is the deal. */
export const planCardIds = {
  why: 'plan_why',
  copy: 'plan_copy',
} as const;

const optionLimit = 100;
/** All options together; they count towards what a message may hold. */
const optionCharacters = 2_600;

/** The steps without buttons of their own, one tap away; no block when there are none. */
export function openStepSelect(deal: Deal, steps: readonly Homework[], today: Day): KnownBlock[] {
  if (steps.length === 0) return [];
  const shown = steps.slice(0, optionLimit);
  const longest = Math.min(75, Math.floor(optionCharacters / shown.length));
  return [
    actions(`plan.${deal.id}.open`, {
      type: 'static_select',
      action_id: stepIds.open,
      placeholder: plain('Open a step…'),
      options: shown.map((step) => option(optionText(step, today, longest), step.id)),
    }),
  ];
}

function optionText(step: Homework, today: Day, longest: number): string {
  const due = sayDay(step.dueOn, today);
  return `${shorten(step.title, longest - due.length - 3)} · ${due}`;
}

/** What can be done with the plan as a whole. */
export function planButtons(deal: Deal, hasLesson = false): KnownBlock {
  const value = deal.id;
  return actions(
    `plan.${deal.id}.plan`,
    button({ id: stepIds.add, text: 'Add a step', value, style: 'primary' }),
    runButton('next', 'What’s next', deal),
    button({ id: touchIds.ours, text: 'We wrote', value }),
    button({ id: touchIds.theirs, text: 'They answered', value }),
    button({ id: planCardIds.copy, text: 'Copy for the buyer', value }),
    ...(hasLesson ? [button({ id: lessonsId, text: 'What we learnt', value })] : []),
  );
}

/** Opens all six parts of the number. */
export function whyButton(deal: Deal, { score }: Health) {
  const text = score === undefined ? 'Why no number?' : `Why ${score}?`;
  return button({ id: planCardIds.why, text, value: deal.id });
}
