import { noneBecauseMax } from '../../domain/fair-fight.ts';
import {
  type FairFightMove,
  fairFightMarks,
  fairFightMoves,
  labelOf,
} from '../../domain/loss-story.ts';
import { cleanLine, shorten } from '../../domain/text.ts';
import {
  bold,
  input,
  leaf,
  type Modal,
  modal,
  option,
  paragraph,
  plain,
} from '../../slack/blocks.ts';
import type { FormValues, View } from '../../slack/payloads.ts';
import { type LosingDeal, readLosingDeal } from './lost-meta.ts';

/** Ids of the modal; the field of a move is its code. */
export const fightModalIds = {
  view: 'losses_fight',
  noneBecause: 'none_because',
  decidedOn: 'decided_on',
} as const;

/** What the first page knows. */
export interface FightView {
  readonly deal: LosingDeal;
  readonly moves: readonly FairFightMove[];
  /** A renewal asks when they decided: two dates stand in its review (METHOD part 5). */
  readonly isRenewal: boolean;
}

/** `/deal lost` begins with moves that seem to be left; it never keeps anybody from going on. */
export function buildFightModal({ deal, moves, isRenewal }: FightView): Modal {
  return modal({
    id: fightModalIds.view,
    title: 'Before you close it',
    submit: 'Go on',
    meta: deal,
    blocks: [
      paragraph(
        bold(deal.title),
        leaf('\nThree moves that seem to be left. Mark what you like, or just go on.'),
      ),
      ...moves.map((move) =>
        input({
          field: move,
          label: labelOf(fairFightMoves, move),
          element: {
            type: 'static_select',
            placeholder: plain('Not marked'),
            options: fairFightMarks.map(({ code, label }) => option(label, code)),
          },
          optional: true,
        }),
      ),
      noneInput(),
      ...(isRenewal ? [decidedInput()] : []),
    ],
  });
}

function noneInput() {
  return input({
    field: fightModalIds.noneBecause,
    label: 'None of these, because …',
    element: {
      type: 'plain_text_input',
      max_length: noneBecauseMax,
      placeholder: plain('They had signed with the other one on Friday'),
    },
    optional: true,
  });
}

function decidedInput() {
  return input({
    field: fightModalIds.decidedOn,
    label: 'When did they decide, as far as you know?',
    hint: 'The day you heard of it is kept beside it.',
    element: { type: 'datepicker' },
    optional: true,
  });
}

/** The deal with the marks on it. */
export function readFightModal({ form, view }: { form: FormValues; view: View }): LosingDeal {
  const deal = readLosingDeal(view);
  const moves = fairFightMoves.flatMap(({ code: move }) => {
    const mark = form.choice(move);
    return mark ? [{ move, mark }] : [];
  });
  const noneBecause = shorten(
    cleanLine(form.text(fightModalIds.noneBecause) ?? ''),
    noneBecauseMax,
  );
  const fairFight = noneBecause === '' ? moves : [...moves, { noneBecause }];
  const decidedOn = form.date(fightModalIds.decidedOn);
  return { ...deal, told: { ...deal.told, fairFight, decidedOn } };
}
