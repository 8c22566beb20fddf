import type { KnownBlock } from '@slack/types';
import { kindWords } from '../../domain/nudge-words.ts';
import {
  actions,
  bold,
  button,
  context,
  leaf,
  option,
  paragraph,
  plain,
} from '../../slack/blocks.ts';
import type { Resting, RestLine } from './resting.ts';

export const restingIds = {
  /** The value is a rest: ends it. */
  askAgain: 'settings_ask_again',
  /** The choice is a kind of question: silences it. */
  mute: 'settings_mute',
  /** The choice is a question of the newest bundle: opens the form that lets it, or its deal, rest. */
  snooze: 'settings_snooze',
} as const;

/** Each is one block, and a view holds a hundred. */
const shownRests = 20;

/** What rests, each with a way to end it, and a choice of kinds to silence. */
export function restingBlocks({ lines, asked, drawn, questions }: Resting): KnownBlock[] {
  const hidden = lines.length - shownRests;
  return [
    { type: 'divider' },
    paragraph(
      bold(lines.length > 0 ? 'What rests now.' : 'Nothing rests now.'),
      leaf(' What you change below counts at once.'),
    ),
    ...lines.slice(0, shownRests).map(restBlock),
    ...(hidden > 0
      ? [context(`And ${hidden} more, which end by themselves or come up here.`)]
      : []),
    ...(questions.length > 0
      ? [
          actions(`${restingIds.snooze}.${drawn}`, {
            type: 'static_select',
            action_id: restingIds.snooze,
            placeholder: plain('Snooze a question or its deal…'),
            options: questions.map(({ id, what }) => option(what, id)),
          }),
        ]
      : []),
    ...(asked.length > 0
      ? [
          actions(`${restingIds.mute}.${drawn}`, {
            type: 'static_select',
            action_id: restingIds.mute,
            placeholder: plain('Never ask me about…'),
            options: asked.map((kind) => option(kindWords[kind], kind)),
          }),
        ]
      : []),
  ];
}

function restBlock({ id, what, until }: RestLine): KnownBlock {
  return {
    type: 'section',
    block_id: `rest.${id}`,
    text: plain(`${what}, ${until}`),
    accessory: button({
      id: restingIds.askAgain,
      text: 'Ask me again',
      value: id,
      about: what,
    }),
  };
}
