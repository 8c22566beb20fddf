import type { KnownBlock } from '@slack/types';
import { type Day, sayDay } from '../../domain/calendar.ts';
import type { Side } from '../../domain/homework.ts';
import type { BackPlan } from '../../domain/plan-back.ts';
import { count } from '../../domain/text.ts';
import { bold, bullets, type Leaf, leaf, paragraph, richText } from '../../slack/blocks.ts';

/** Steps and names a preview shows; the rest are counted. */
const shownSteps = 6;
const shownNames = 8;

const sides: Readonly<Record<Side, string>> = {
  buyer: 'their step',
  seller: 'our step',
  both: 'both sides',
  partner: 'the partner’s step',
};

/** The plan as it would be saved: how many steps, from when, and what the time does not allow. */
export function buildPlanPreview(plan: BackPlan, today: Day): KnownBlock[] {
  const [first] = plan.steps;
  if (!first) return [paragraph(leaf('An empty plan: you add the steps one by one.'))];
  const steps = plan.steps.slice(0, shownSteps);
  const more = plan.steps.length - steps.length;
  const lines: Leaf[][] = [
    [
      bold(count(plan.steps.length, 'step')),
      leaf(`, the first due ${sayDay(first.dueOn, today)}.`),
    ],
    ...shortTime(plan),
  ];
  const items = steps.map(({ template, dueOn }) => [
    leaf(`${sayDay(dueOn, today)} · ${template.title} · ${sides[template.side]}`),
  ]);
  const last = plan.steps.at(-1) ?? first;
  if (more > 0) items.push([leaf(`and ${more} more until ${sayDay(last.dueOn, today)}`)]);
  return [...lines.map((line) => paragraph(...line)), richText(bullets(...items))];
}

/** What too little time costs the plan: optional steps go first, then the lead times shrink. */
function shortTime({ dropped, factor }: BackPlan): Leaf[][] {
  const names = dropped.slice(0, shownNames).map(({ title }) => title);
  const more = dropped.length - names.length;
  if (more > 0) names.push(`and ${more} more`);
  const lines: Leaf[][] = [];
  if (dropped.length > 0) {
    lines.push([
      bold(`No time for ${count(dropped.length, 'optional step')}: `),
      leaf(`${names.join('; ')}.`),
    ]);
  }
  if (factor === 0) lines.push([leaf('No business day is left: every step is due right away.')]);
  else if (factor < 1) {
    const percent = Math.min(99, Math.max(1, Math.round(factor * 100)));
    lines.push([
      bold(`Lead times are squeezed to ${percent} %. `),
      leaf('The steps without which there is no decision all stay.'),
    ]);
  }
  return lines;
}
