import type { RichTextBlockElement } from '@slack/types';
import type { Side } from '../../domain/homework.ts';
import type { Tally } from '../../domain/plan-metrics.ts';
import type { TemplateStep } from '../../domain/playbook.ts';
import { fewestUses, isWorthRewriting, type StepFate } from '../../domain/playbook-report.ts';
import { count } from '../../domain/text.ts';
import { bold, type Leaf, leaf, quiet } from '../../slack/blocks.ts';

/** The steps of a playbook, numbered, each with how it fared (METHOD S0-15, S0-16). */
export function stepList(
  steps: readonly TemplateStep[],
  fates: ReadonlyMap<string, StepFate>,
): RichTextBlockElement {
  return {
    type: 'rich_text_list',
    style: 'ordered',
    elements: steps.map((step) => ({
      type: 'rich_text_section',
      elements: stepLine(step, fates.get(step.key)),
    })),
  };
}

const sideWords: Readonly<Record<Side, string>> = {
  both: 'both sides',
  buyer: 'their step',
  seller: 'our step',
  partner: 'the partner’s step',
};

function stepLine(step: TemplateStep, fate: StepFate | undefined): Leaf[] {
  const days = count(Math.abs(step.leadBd), 'day');
  const when =
    step.leadBd === 0 ? 'on the day' : step.leadBd > 0 ? `${days} before` : `${days} after`;
  const facts = [sideWords[step.side], when, count(step.durationBd, 'day of work', 'days of work')];
  if (step.gate) facts.push('gate');
  return [
    bold(step.title || 'A new step'),
    leaf(` · ${facts.join(' · ')}. `),
    quiet(fate ? sayFate(fate, step.side) : 'Not used yet.'),
  ];
}

function sayFate(fate: StepFate, side: Side): string {
  const { late, declined, pointless, blank } = fate;
  const facts = [
    late.n === 0 ? 'none due yet' : `late ${sayTally(late)}`,
    `declined ${sayTally(declined)}`,
    `called pointless ${sayTally(pointless)}`,
  ];
  // Nobody is asked how a step of ours was taken.
  if (side !== 'seller' || blank.n > 0) facts.push(sayBlank(blank));
  const said = `${facts.join(', ')}.`;
  const line = `${said.charAt(0).toUpperCase()}${said.slice(1)}`;
  return isWorthRewriting(fate) ? `${line} Worth rewriting.` : line;
}

function sayTally({ k, n }: Tally): string {
  return `${k} of ${n}`;
}

function sayBlank(blank: Tally): string {
  return blank.n < fewestUses
    ? `how they took it: not enough yet (${blank.n} of ${fewestUses})`
    : `blank look ${sayTally(blank)}`;
}
