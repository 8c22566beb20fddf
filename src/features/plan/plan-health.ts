import type { Cap, Health } from '../../domain/health.ts';
import { stallWords } from '../../domain/stall-words.ts';
import { bold, type Leaf, leaf } from '../../slack/blocks.ts';
import { partNames, sayPart } from './health-parts.ts';
import type { JudgedPlan } from './plan-view.ts';

const bandNames = { steady: 'steady', watch: 'watch', at_risk: 'at risk' } as const;

/** `62 · watch`, or a dash that says why there is no number. */
export function sayScore({ score, band, isNew }: Health): string {
  if (score !== undefined && band) return `${score} · ${bandNames[band]}`;
  return isNew ? '— · new' : '—';
}

/** What the number is, or why there is none; never a chance of winning (METHOD §3.5). */
export function sayMeaning(health: Health): string {
  if (health.score !== undefined) return 'how well the plan is being kept';
  if (health.isNew) return 'too early to say: the plan is less than three days old';
  const unknown = health.parts.filter(({ value }) => value === undefined);
  const names = unknown.map(({ part }) => partNames[part].toLowerCase());
  return `too early to say: nothing is known yet of ${names.join(' and ')}`;
}

/** What the number hangs on: the cap that holds it, then the two parts that cost most. */
export function reasonsOf(judged: JudgedPlan): Leaf[][] {
  const { health } = judged.state;
  if (health.score === undefined) return [];
  const held = holdingCap(health);
  const losses = health.largestLosses.map(({ part }) => {
    const { why, action } = sayPart[part](judged);
    return [bold(`${partNames[part]}: `), leaf(`${why}. ${action}`)];
  });
  return [
    ...(held ? [[bold(`Held at ${held.at} `), leaf(`because ${sayCap(held, judged)}.`)]] : []),
    ...losses,
  ];
}

/** The cap that keeps the score from being higher; undefined when the parts come to less anyway. */
export function holdingCap({ parts, caps, score }: Health): Cap | undefined {
  const known = parts.filter(({ value }) => value !== undefined);
  const weight = known.reduce((sum, part) => sum + part.weight, 0);
  const points = known.reduce((sum, part) => sum + part.weight * (part.value ?? 0), 0);
  const [strictest] = caps;
  if (!strictest || score !== strictest.at) return undefined;
  return Math.round((points / weight) * 100) > strictest.at ? strictest : undefined;
}

/** Reads on after "because". */
export function sayCap({ because }: Cap, { state }: JudgedPlan): string {
  const worst = state.stalls.filter(({ severity }) => severity === 'stall');
  const codes = because === 'stalled' ? worst.map(({ code }) => code) : [because];
  return codes.map((code) => asClause(stallWords[code])).join(', and ');
}

function asClause(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1);
}
