import type { Button, KnownBlock } from '@slack/types';
import {
  type Homework,
  type HomeworkStatus,
  isOpen,
  type Reaction,
} from '../../domain/homework.ts';
import { actions, button, context } from '../../slack/blocks.ts';
import { stepIds } from '../../slack/step-actions.ts';
import { needsTheirYes } from './step-answers.ts';

interface StepButton {
  readonly id: string;
  readonly text: string;
  readonly style?: 'primary';
  /** Left out, it is there for every step in that state. */
  readonly when?: (step: Homework) => boolean;
}

const { yes, notYet, wont, confusing, pointless, reword, started, done, accepted } = stepIds;

const asked = (step: Homework) => step.askedOn !== undefined;
const ours = (step: Homework) => !needsTheirYes(step);

const answers: readonly StepButton[] = [
  { id: wont, text: 'They won’t', when: needsTheirYes },
  { id: confusing, text: 'It confused them', when: needsTheirYes },
  { id: pointless, text: 'Pointless' },
];

const changes: readonly StepButton[] = [
  { id: reword, text: 'Word it better' },
  { id: stepIds.move, text: 'Another date' },
  { id: stepIds.handOver, text: 'Hand over', when: ours },
  { id: stepIds.handOver, text: 'Other person', when: ({ side }) => side === 'buyer' },
  { id: stepIds.drop, text: 'Drop' },
];

/** What can be said of a step in each state, and then what can be changed about it. */
const buttonsOf: Partial<Record<HomeworkStatus, readonly (readonly StepButton[])[]>> = {
  proposed: [
    [
      { id: yes, text: 'They said yes', style: 'primary', when: needsTheirYes },
      { id: yes, text: 'Agreed', style: 'primary', when: ours },
      { id: stepIds.asked, text: 'We asked them', when: (s) => needsTheirYes(s) && !asked(s) },
      { id: notYet, text: 'Not yet', when: (step) => needsTheirYes(step) && asked(step) },
      ...answers,
    ],
    [{ id: done, text: 'Done' }, ...changes],
  ],
  agreed: [
    [{ id: started, text: 'Started', style: 'primary' }, { id: done, text: 'Done' }, ...answers],
    changes,
  ],
  in_progress: [[{ id: done, text: 'Done', style: 'primary' }, ...answers], changes],
  needs_rewrite: [
    [
      { id: reword, text: 'Word it better', style: 'primary' },
      { id: stepIds.drop, text: 'Drop' },
    ],
  ],
  done: [
    [
      { id: accepted, text: 'Accepted', style: 'primary' },
      { id: stepIds.sentBack, text: 'Not yet done' },
    ],
  ],
};

/** The rows of buttons under a step, by its state; none when it has ended. */
export function stepButtons(step: Homework): KnownBlock[] {
  return (buttonsOf[step.status] ?? []).map((row, index) =>
    actions(`step_${index}`, ...row.filter(({ when }) => when?.(step) ?? true).map(toButton(step))),
  );
}

function toButton(step: Homework) {
  return ({ id, text, style }: StepButton): Button =>
    button({ id, text, value: step.id, about: step.title, ...(style ? { style } : {}) });
}

export const reactions: readonly (readonly [Reaction, string])[] = [
  ['keen', 'Keen'],
  ['fine', 'Fine'],
  ['blank', 'Blank look'],
  ['annoyed', 'Annoyed'],
];

/** How they took it, asked once: the blank look is the teacher (METHOD S0-16). */
export function reactionBlocks(step: Homework): KnownBlock[] {
  if (!needsTheirYes(step) || !isOpen(step) || !asked(step) || step.reaction) return [];
  return [
    context('How did they take it?'),
    actions(
      'step_reaction',
      ...reactions.map(([reaction, text]) =>
        button({ id: `${stepIds.took}_${reaction}`, text, value: step.id, about: step.title }),
      ),
    ),
  ];
}
