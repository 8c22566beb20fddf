import type { KnownBlock } from '@slack/types';
import { type BusinessCalendar, type Day, sayDay } from '../../domain/calendar.ts';
import type { DealContact } from '../../domain/contact.ts';
import { dealTitle, type OpenDeal } from '../../domain/deal.ts';
import { type Homework, isLate, isOpen } from '../../domain/homework.ts';
import type { DealId, PersonId } from '../../domain/ids.ts';
import { pausedLine } from '../../domain/pause.ts';
import type { Person } from '../../domain/person.ts';
import type { PlanState } from '../../domain/plan-state.ts';
import { stallWords } from '../../domain/stall-words.ts';
import { count, shorten } from '../../domain/text.ts';
import {
  actions,
  bold,
  bullets,
  button,
  context,
  header,
  leaf,
  paragraph,
  richText,
} from '../../slack/blocks.ts';
import { dateLine } from '../../slack/date-line.ts';
import type { Message } from '../../slack/message.ts';
import { escapeMrkdwn } from '../../slack/mrkdwn.ts';
import { stepIds } from '../../slack/step-actions.ts';
import type { Touch } from '../../store/touches.ts';

export const handoverIds = { haveIt: 'lifecycle_have_it' } as const;

const listLimit = 10;
const lastTouches = 3;

/** What a handover pack shows, from the state of this moment. */
export interface HandoverView {
  readonly deal: OpenDeal;
  readonly formId: string;
  /** Who had it before; undefined when nobody knows any more. */
  readonly from: Pick<Person, 'id' | 'name'> | undefined;
  readonly steps: readonly Homework[];
  readonly contacts: readonly DealContact[];
  /** In the order they happened. */
  readonly touches: readonly Touch[];
  readonly state: PlanState;
  readonly today: Day;
  readonly calendar: BusinessCalendar;
  readonly accepted: boolean;
}

/** Everything a colleague needs to go on with a deal, and one tap that says they will. */
export function buildHandoverMessage(view: HandoverView): Message {
  const { deal, today } = view;
  const date = dateLine({ ...view, slips: view.state.slips });
  const paused = pausedLine(deal, today);
  const before = `${view.from?.name ?? 'A colleague'} had it before.`;
  const sections = sectionsOf(view);
  const blocks: KnownBlock[] = [
    header(dealTitle(deal)),
    paragraph(leaf(`It is yours now. ${before}`)),
    paragraph(...date.leaves),
    ...(paused ? [paragraph(leaf(paused))] : []),
    ...sections.flatMap(({ title, lines }) => [
      paragraph(bold(title)),
      richText(bullets(...lines.map((line) => [leaf(line)]))),
    ]),
    context('The buyer hears it from a person: say hello yourself.'),
    view.accepted ? context('You said you have it.') : buttons(view),
  ];
  const said = sections.map(({ title, lines }) => `${title}: ${lines.join('; ')}`);
  const opening = `${dealTitle(deal)} is yours now. ${before}`;
  const text = [opening, date.text, ...(paused ? [paused] : []), ...said].join('\n');
  return { text: escapeMrkdwn(text), blocks };
}

function buttons({ deal, formId, from }: HandoverView): KnownBlock {
  return actions(
    `lifecycle_handover_${deal.id}`,
    button({
      id: handoverIds.haveIt,
      text: 'I have it',
      value: [deal.id, formId, from?.id].filter(Boolean).join('.'),
      about: dealTitle(deal),
      style: 'primary',
    }),
    button({ id: stepIds.show, text: 'Plan', value: deal.id, about: dealTitle(deal) }),
  );
}

/** What a clicked *I have it* stands for; all of it is looked up again. */
export function readHaveIt(value: string) {
  const [dealId = '', formId = '', fromId] = value.split('.');
  return { dealId: dealId as DealId, formId, fromId: fromId as PersonId | undefined };
}

interface Section {
  readonly title: string;
  readonly lines: readonly string[];
}

function sectionsOf(view: HandoverView): Section[] {
  const { today, state } = view;
  const ours = view.steps.filter((step) => isOpen(step) && step.doer.personId !== undefined);
  const here = view.contacts.filter(({ leftOn }) => leftOn === undefined);
  return [
    section(
      'What we promised',
      ours.map((step) => promiseLine(step, today)),
      'Nothing is open.',
    ),
    section('The people there', here.map(personLine), 'Nobody is named yet. Ask who decides.'),
    section(
      'Last in touch',
      view.touches.slice(-lastTouches).map((touch) => touchLine(touch, today)),
      'No word was noted down.',
    ),
    section(
      'Open risks',
      state.stalls.map(({ code }) => stallWords[code]),
      'None that shows in the plan.',
    ),
  ];
}

function section(title: string, lines: readonly string[], none: string): Section {
  if (lines.length === 0) return { title, lines: [none] };
  const rest = lines.length - listLimit;
  const more = rest > 0 ? [`and ${count(rest, 'more', 'more')}`] : [];
  return { title, lines: [...lines.slice(0, listLimit), ...more] };
}

function promiseLine(step: Homework, today: Day): string {
  const due = isLate(step, today) ? 'late since' : 'by';
  return `${shorten(step.title, 150)} — ${step.doer.name}, ${due} ${sayDay(step.dueOn, today)}`;
}

const stances = { for: 'for us', neutral: 'neutral', against: 'against us', unknown: undefined };

function personLine({ name, title, role, stance }: DealContact): string {
  const facts = [title, role, stances[stance] ?? 'stance —'];
  return [name, ...facts.filter((fact) => fact !== undefined)].join(', ');
}

function touchLine({ on, side, kind, note }: Touch, today: Day): string {
  const who = side === 'buyer' ? 'they' : 'we';
  return `${sayDay(on, today)}: ${who}, ${kind}${note ? ` — ${shorten(note, 150)}` : ''}`;
}
