import { dealTitle } from '../../domain/deal.ts';
import type { ScoredPart } from '../../domain/health.ts';
import {
  bold,
  bullets,
  type Leaf,
  leaf,
  type Modal,
  modal,
  paragraph,
  quiet,
  richText,
} from '../../slack/blocks.ts';
import { partNames, sayPart } from './health-parts.ts';
import { holdingCap, sayCap, sayMeaning, sayScore } from './plan-health.ts';
import type { JudgedPlan } from './plan-view.ts';

/** The number taken apart: what each part weighs, what it stands on, and what would lift it. */
export function buildHealthModal(judged: JudgedPlan): Modal {
  const { health } = judged.state;
  const caps = capLines(judged);
  return modal({
    id: 'plan_health',
    title: 'Health of the plan',
    close: 'Close',
    blocks: [
      paragraph(bold(sayScore(health)), leaf(`\n${sentenceOf(judged)}`)),
      ...health.parts.map((part) => richText(...partElements(part, judged))),
      ...(caps.length > 0 ? [richText(bullets(...caps))] : []),
      paragraph(quiet(howItIsCounted)),
    ],
  });
}

const howItIsCounted =
  'It says how well the plan is being kept, nothing about how they will decide. A part nobody knows anything of shows a dash, and the others share its weight.';

function sentenceOf({ rows, state }: JudgedPlan): string {
  return `${dealTitle(rows.deal)}: ${sayMeaning(state.health)}.`;
}

function partElements(part: ScoredPart, judged: JudgedPlan) {
  const { why, action } = sayPart[part.part](judged);
  const points =
    part.value === undefined
      ? `— of ${part.weight}`
      : `${Math.round(part.value * part.weight)} of ${part.weight}`;
  const isFull = part.value !== undefined && part.value >= 1;
  const line: Leaf[] = [
    bold(`${partNames[part.part]} · ${points}`),
    leaf(`\n${capitalize(why)}.${isFull ? '' : ` ${action}`}`),
  ];
  return [{ type: 'rich_text_section' as const, elements: line }];
}

/** Every cap that is on, the one that holds the number first. */
function capLines(judged: JudgedPlan): Leaf[][] {
  const { health } = judged.state;
  const holding = holdingCap(health);
  return health.caps.map((cap) => [
    bold(cap === holding ? `Held at ${cap.at} ` : `At most ${cap.at} `),
    leaf(`because ${sayCap(cap, judged)}.`),
  ]);
}

function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
