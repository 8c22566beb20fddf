import { type Day, sayDay } from './calendar.ts';
import { type Deal, dealTitle } from './deal.ts';
import { agreementLine } from './feedback-note.ts';
import { type Homework, isFinished, isKept, isOpen, type Side } from './homework.ts';
import type { SlipSummary } from './slips.ts';
import { cleanLine, count } from './text.ts';

/** What a plan looks like to the buyer. */
export interface BuyerPlan {
  /** In lines, for a message or a document. */
  readonly text: string;
  /** The same for a spreadsheet. */
  readonly csv: string;
  /** It ends with the question for their advice, which they have not answered yet (METHOD §4.6). */
  readonly asksEarly: boolean;
}

type SharedDeal = Pick<
  Deal,
  'account' | 'name' | 'decisionOn' | 'originalDecisionOn' | 'feedbackAgreed'
>;

const headings = {
  buyer: 'Your steps',
  seller: 'Our steps',
  both: 'Steps we do together',
  partner: 'Our partner’s steps',
} as const;
const sides = ['buyer', 'seller', 'both', 'partner'] as const satisfies readonly Side[];
const whose = { buyer: 'You', seller: 'We', both: 'Together', partner: 'Partner' } as const;

/**
 * The plan in the buyer's words: whose step, who, by when, done when. What is ours alone to know
 * stays out: health, stance, amounts, reasons, and how they took it (METHOD part 2).
 */
export function buildBuyerPlan(plan: {
  readonly deal: SharedDeal;
  readonly steps: readonly Homework[];
  readonly slips: Pick<SlipSummary, 'slips' | 'netDays'>;
  readonly today: Day;
}): BuyerPlan {
  const steps = plan.steps.filter(isKept);
  return {
    text: textOf(plan, steps),
    csv: toCsv([columns, ...steps.map(rowOf)]),
    asksEarly: plan.deal.feedbackAgreed === undefined,
  };
}

function textOf(
  { deal, slips, today }: Parameters<typeof buildBuyerPlan>[0],
  steps: readonly Homework[],
): string {
  const groups = sides.flatMap((side) => {
    const own = steps.filter((step) => step.side === side && isOpen(step));
    return group(
      headings[side],
      own.map((step) => openLines(step, today)),
    );
  });
  const done = steps.filter(isFinished).map((step) => doneLine(step, today));
  return [
    `Shared plan: ${shared(dealTitle(deal))}`,
    dateLine(deal, slips, today),
    ...groups,
    ...group('Done', done),
    ...(deal.feedbackAgreed === undefined ? ['', agreementLine] : []),
  ].join('\n');
}

function group(heading: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', heading, ...lines];
}

/** The first date stays beside the one that stands (METHOD §3.3, 4). */
function dateLine(
  { decisionOn, originalDecisionOn }: SharedDeal,
  { slips, netDays }: Pick<SlipSummary, 'slips' | 'netDays'>,
  today: Day,
): string {
  if (!decisionOn) return 'Decision: no date yet';
  const moved = originalDecisionOn !== undefined && originalDecisionOn !== decisionOn;
  const net = `${count(Math.abs(netDays), 'day')} ${netDays < 0 ? 'earlier' : 'later'}`;
  const times = slips === 0 ? '' : `, moved out ${slips === 1 ? 'once' : `${slips} times`}`;
  const past = moved ? ` (first ${sayDay(originalDecisionOn, today)}${times}, now ${net})` : '';
  return `Decision: ${sayDay(decisionOn, today)}${past}`;
}

function openLines(step: Homework, today: Day): string {
  const moved = step.originalDueOn !== step.dueOn;
  const first = moved ? `, first ${sayDay(step.originalDueOn, today)}` : '';
  const by = `by ${sayDay(step.dueOn, today)}${first}`;
  return [
    `• ${shared(step.title)} — ${shared(step.doer.name)}, ${by} (${stateOf(step)})`,
    ...(step.doneWhen ? [`  Done when: ${shared(step.doneWhen)}`] : []),
    ...(step.whyForThem ? [`  Why it is worth it: ${shared(step.whyForThem)}`] : []),
  ].join('\n');
}

function doneLine(step: Homework, today: Day): string {
  const on = step.doneOn ? `, ${sayDay(step.doneOn, today)}` : '';
  return `• ${shared(step.title)} — ${shared(step.doer.name)}${on}`;
}

/** A step somebody did not understand is ours to word again, whatever was said about it. */
function stateOf(step: Homework): string {
  if (step.status === 'needs_rewrite') return 'we are wording this anew';
  if (isFinished(step)) return 'done';
  if (step.status === 'in_progress') return 'under way';
  return step.agreedOn ? 'agreed' : 'proposed';
}

/** Our word for a step is ours alone. */
function shared(text: string): string {
  return cleanLine(text.replace(/homework/gi, (word) => (word[0] === 'H' ? 'Step' : 'step')));
}

const columns = ['Whose', 'Step', 'Who', 'By', 'First date', 'Done when', 'State', 'Done on'];

function rowOf(step: Homework): string[] {
  return [
    whose[step.side],
    shared(step.title),
    shared(step.doer.name),
    step.dueOn,
    step.originalDueOn,
    shared(step.doneWhen),
    stateOf(step),
    step.doneOn ?? '',
  ];
}

// What a spreadsheet would run as a formula, in full width as well.
const formula = /^[=+\-@\t\r＝＋－＠]/;

/** Lines of quoted cells; a cell that a spreadsheet would run begins with an apostrophe. */
export function toCsv(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => row.map(toCell).join(',')).join('\n');
}

function toCell(text: string): string {
  const safe = formula.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Cuts a text between its lines into parts of at most `max` characters; nothing is lost. */
export function splitLines(text: string, max: number): string[] {
  const parts: string[] = [];
  let part: string | undefined;
  for (const line of text.split('\n').flatMap((whole) => cutLine(whole, max))) {
    if (part !== undefined && part.length + 1 + line.length > max) {
      parts.push(part);
      part = line;
    } else part = part === undefined ? line : `${part}\n${line}`;
  }
  return part === undefined ? parts : [...parts, part];
}

/** A line that alone is too long goes on in the next; never cut inside a character. */
function cutLine(line: string, max: number): string[] {
  const cut: string[] = [''];
  if (line.length <= max) return [line];
  for (const character of line) {
    if ((cut.at(-1) ?? '').length + character.length > max) cut.push('');
    cut[cut.length - 1] += character;
  }
  return cut;
}
