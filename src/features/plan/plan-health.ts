import type { Cap, Health } from '../../domain/health.ts';
import type { StallCode } from '../../domain/stalls.ts';
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
  if (because === 'no_next_step') return 'no step lies ahead';
  if (because === 'does_not_fit') return 'the plan no longer fits before the date';
  if (because === 'date_missed') return 'the date has passed';
  const worst = state.stalls.filter(({ severity }) => severity === 'stall');
  return worst.map(({ code }) => stallWords[code]).join(', and ');
}

const stallWords: Readonly<Record<StallCode, string>> = {
  buyer_silence: 'they have been silent for too long',
  no_next_step: 'there has been no step ahead for a week',
  buyer_item_late: 'a gate of theirs is late',
  ball_with_us: 'they wait for something of ours',
  date_slipped: 'the date keeps moving',
  date_missed: 'the date has passed',
  phase_age: 'it has been in the same phase for too long',
  single_thread: 'the one person we know is silent',
  no_power: 'the decision is near and we have not met who decides',
  ping_pong: 'words go to and fro and nothing moves',
  does_not_fit: 'the plan no longer fits before the date',
  one_sided: 'the offer is out and we carry nearly all of the work',
  quiet_gap: 'a long stretch asks nothing of them',
  unmutual: 'it is not a plan of both sides yet',
};
