import type { ActionsBlock } from '@slack/types';
import type { Deal } from '../../domain/deal.ts';
import type { HomeworkId } from '../../domain/ids.ts';
import { followUpIdOf, isFollowUp, type NudgeAnswer, type NudgeKind } from '../../domain/nudge.ts';
import { actions, button, option, plain } from '../../slack/blocks.ts';
import { followUpIds } from '../../slack/follow-up-actions.ts';
import { managerIds } from '../../slack/manager-actions.ts';
import { touchIds } from '../../slack/next-actions.ts';
import { runButton } from '../../slack/run-button.ts';
import { stepIds } from '../../slack/step-actions.ts';
import type { NudgeItem } from '../../store/nudges.ts';

/** Elements of a bundle; the value is an item's id. */
export const nudgeIds = {
  /** `nudge_say_on_track` and so on: an answer that changes nothing in the plan. */
  say: 'nudge_say',
  /** Words for the buyer, for a person to send. */
  note: 'nudge_note',
  /** Asks a colleague: `nudge_help`, or with a role `nudge_help_manager`. */
  help: 'nudge_help',
  /** Gives the closest gate the day that was named. */
  propose: 'nudge_propose',
  /** Half of their step becomes ours. */
  share: 'nudge_share',
  /** A small step of theirs. */
  add: 'nudge_add',
  backOn: 'nudge_back_on',
  /** What holds it up: a select of `holds_…` answers. */
  holds: 'nudge_holds',
  /** For a manager. */
  ...managerIds,
  /** The menu of every item: not a problem, snooze. */
  more: 'nudge_more',
} as const;

/** What the menu of an item offers. */
export const moreChoices = {
  note: 'note',
  notAProblem: 'not_a_problem',
  snooze: 'snooze',
  mornings: 'mornings',
} as const;

export interface ItemOnScreen {
  readonly item: NudgeItem;
  readonly deal: Deal;
  readonly homeworkId: HomeworkId | undefined;
  /** What it asks about, for who hears the screen and does not see it. */
  readonly about: string;
}

type Make = (on: ItemOnScreen) => ActionsBlock['elements'][number];

const say =
  (answer: NudgeAnswer, text: string): Make =>
  ({ item, about }) =>
    button({ id: `${nudgeIds.say}_${answer}`, text, value: item.id, about });
const form =
  (id: string, text: string): Make =>
  ({ item, about }) =>
    button({ id, text, value: item.id, about });
const step =
  (id: string, text: string): Make =>
  ({ homeworkId, about }) =>
    button({ id, text, value: homeworkId ?? '', about });
const run =
  (word: string, text: string): Make =>
  ({ deal }) =>
    runButton(word, text, deal);
/** What it is about is a practice, a review, a request or a revisit: others know what to do. */
const follow =
  (id: string, text: string): Make =>
  ({ item, about }) =>
    button({ id, text, value: followUpIdOf(item.subject), about });
const touch =
  (id: string, text: string): Make =>
  ({ deal, about }) =>
    button({ id, text, value: deal.id, about });

const holdsChoices: readonly (readonly [NudgeAnswer, string])[] = [
  ['holds_legal', 'Their legal or security'],
  ['holds_contact', 'Our contact is quiet'],
  ['holds_us', 'Something of ours'],
  ['holds_budget', 'Their budget'],
  ['holds_priority', 'Other things come first'],
  ['holds_rival', 'They look at somebody else'],
];

const holds: Make = ({ item }) => ({
  type: 'static_select',
  action_id: nudgeIds.holds,
  placeholder: plain('What holds it up?'),
  // Slack wants the same ids apart in one message; the item travels with each choice.
  options: holdsChoices.map(([answer, text]) => option(text, `${item.id} ${answer}`)),
});

/** Up to four ways to answer each question (METHOD §4.4). */
const answersOf: Readonly<Record<NudgeKind, readonly Make[]>> = {
  item_soon: [
    say('on_track', 'On track'),
    step(stepIds.done, 'Done'),
    form(nudgeIds.help, 'Need help'),
    step(stepIds.move, 'New plan'),
  ],
  item_due: [
    step(stepIds.done, 'Done'),
    say('by_tonight', 'By tonight'),
    step(stepIds.handOver, 'Hand over'),
  ],
  item_late: [
    step(stepIds.done, 'Done now'),
    form(nudgeIds.help, 'Stuck: need someone'),
    step(stepIds.move, 'Another date'),
    step(stepIds.drop, 'Should not exist'),
  ],
  ask_them: [
    form(nudgeIds.note, 'Show note'),
    step(stepIds.asked, 'We asked them'),
    step(stepIds.move, 'Another date'),
    step(stepIds.drop, 'Drop'),
  ],
  ask_yes: [
    step(stepIds.yes, 'Yes'),
    say('not_yet', 'Not yet'),
    step(stepIds.wont, 'They won’t'),
    step(stepIds.confusing, 'It confused them'),
  ],
  buyer_soon: [
    form(nudgeIds.note, 'Show note'),
    say('already_moving', 'Already moving'),
    step(stepIds.done, 'Done'),
    say('skip', 'Skip'),
  ],
  buyer_late: [
    step(stepIds.reword, 'Smaller'),
    form(nudgeIds.share, 'Share it'),
    step(stepIds.handOver, 'Other person'),
    step(stepIds.drop, 'Drop'),
  ],
  no_next: [form(nudgeIds.propose, 'Propose'), run('next', 'Different'), run('lost', 'Ending it')],
  ping_pong: [
    form(nudgeIds.note, 'Draft invite'),
    touch(touchIds.theirs, 'It moved: log it'),
    say('leave_it', 'Leave it'),
  ],
  carry: [form(nudgeIds.note, 'Draft ask'), say('not_them', 'Not them'), say('leave_it', 'Later')],
  fit: [
    run('date', 'Make it fit'),
    form(nudgeIds.help, 'Bring help'),
    run('plan', 'Show the plan'),
  ],
  date_passed: [
    run('won', 'Won'),
    run('lost', 'Lost'),
    ({ deal }) => runButton('lost', 'We step away', deal, { id: 'step_away' }),
    run('date', 'New date'),
  ],
  owe_reply: [touch(touchIds.ours, 'Replied'), form(nudgeIds.help, 'Need facts')],
  silence: [
    holds,
    form(nudgeIds.note, 'Draft a lighter ask'),
    form(nudgeIds.backOn, 'They told us a date'),
    touch(touchIds.theirs, 'They answered'),
  ],
  no_decider: [
    form(nudgeIds.note, 'Draft the ask'),
    run('people', 'We know them'),
    say('leave_it', 'Later'),
  ],
  one_contact: [
    form(nudgeIds.note, 'Draft the ask'),
    run('people', 'Add somebody'),
    say('leave_it', 'Later'),
  ],
  their_yes: [
    form(nudgeIds.note, 'Draft the ask'),
    run('plan', 'They said yes'),
    say('not_yet', 'Not yet'),
  ],
  phase: [holds, run('phase', 'Another phase'), run('next', 'Show a next move')],
  gap: [form(nudgeIds.add, 'Add a small step'), say('leave_it', 'Leave it')],
  alone: [
    form(`${nudgeIds.help}_manager`, 'Manager'),
    form(`${nudgeIds.help}_specialist`, 'Specialist'),
    form(`${nudgeIds.help}_executive`, 'Executive'),
    say('nobody_yet', 'Nobody yet'),
  ],
  exit_ramp: [
    run('lost', 'Close it'),
    run('pause', 'Come back later'),
    run('date', 'New date'),
    run('phase', 'Another phase'),
  ],
  still_worth: [
    say('keep_going', 'Yes, keep it'),
    step(stepIds.reword, 'Make it smaller'),
    step(stepIds.drop, 'Drop it'),
  ],
  manager_help: [
    form(nudgeIds.offer, 'Offer this'),
    form(nudgeIds.take, 'Take an item'),
    form(nudgeIds.askFirst, 'Ask first'),
  ],
  promise_try: [
    follow(followUpIds.practiceTried, '+1'),
    follow(followUpIds.practiceWatched, 'Watched'),
    follow(followUpIds.practiceNotYet, 'Not yet'),
  ],
  observe_call: [follow(followUpIds.commitmentNote, 'Write what I saw'), say('not_yet', 'Not yet')],
  review_wait: [follow(followUpIds.answerReview, 'Answer'), say('not_yet', 'Not yet')],
  review_take: [
    follow(followUpIds.reviewFacilitate, 'Keep it going'),
    follow(followUpIds.reviewExcuse, 'Excuse it'),
  ],
  feedback_send: [
    follow(followUpIds.feedbackNote, 'Show note'),
    say('not_yet', 'Not yet'),
    follow(followUpIds.feedbackSkip, 'Ask nobody'),
  ],
  feedback_remind: [
    follow(followUpIds.feedbackNote, 'Show note'),
    follow(followUpIds.feedbackReply, 'They answered'),
    say('leave_it', 'Leave it'),
  ],
  come_back: [
    run('reopen', 'Begin again'),
    follow(followUpIds.revisitLater, 'Another day'),
    follow(followUpIds.revisitDrop, 'Let it go'),
  ],
};

/** When a whole deal was asked about three times: on, an end, or a rest. */
const dealStillWorth: readonly Make[] = [
  say('keep_going', 'Yes, keep it'),
  run('lost', 'Close it'),
  run('pause', 'Come back later'),
];

/** The answers of an item, and the menu that every item has. The block id says where it stands. */
export function itemActions(on: ItemOnScreen): ActionsBlock {
  const { item } = on;
  const makes =
    item.kind === 'still_worth' && !on.homeworkId ? dealStillWorth : answersOf[item.kind];
  const elements = makes.map((make) => make(on));
  return actions(`nudge.${item.nudgeId}.${item.id}`, ...elements, ...moreMenu(item));
}

/** A date that passed is a question nobody can put off. */
function moreMenu(item: NudgeItem): ActionsBlock['elements'] {
  if (item.kind === 'date_passed') return [];
  const choice = (text: string, value: string) => ({
    text: plain(text),
    value: `${item.id} ${value}`,
  });
  return [
    {
      type: 'overflow',
      action_id: nudgeIds.more,
      options: [
        // Its four places are taken, and a word to them may be all it needs.
        ...(item.kind === 'buyer_late' ? [choice('Show note', moreChoices.note)] : []),
        ...(isFollowUp(item.kind) ? [] : [choice('Not a problem', moreChoices.notAProblem)]),
        choice('Snooze…', moreChoices.snooze),
        choice('My mornings…', moreChoices.mornings),
      ],
    },
  ];
}

/** The item and the word that a menu or a select gives. */
export function readChoice(value: string): { readonly itemId: string; readonly word: string } {
  const [itemId = '', word = ''] = value.split(' ');
  return { itemId, word };
}
