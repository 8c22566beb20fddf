import { sayDay } from '../../domain/calendar.ts';
import { isPaused } from '../../domain/deal.ts';
import { type Homework, isFinished, isKept } from '../../domain/homework.ts';
import { sayMoney } from '../../domain/money.ts';
import { finishedShare } from '../../domain/plan-metrics.ts';
import { count } from '../../domain/text.ts';
import { sayMeaning, sayScore } from './plan-health.ts';
import type { JudgedPlan, PlanView } from './plan-view.ts';

/** A figure of the card: what it is, and what it means. */
export interface Figure {
  readonly what: string;
  readonly meaning: string;
  /** 0–1, where a bar says it at a glance. */
  readonly bar?: number;
}

/** The four figures at the top: whose plan it is, its health, and who does the work. */
export function figuresOf(judged: JudgedPlan): Figure[] {
  const { health } = judged.state;
  return [
    statusOf(judged),
    { what: `Health ${sayScore(health)}`, meaning: sayMeaning(health) },
    share(judged.state.share, 'planned work', 'no work is planned yet'),
    share(
      finishedShare(judged.rows.steps, judged.today),
      'finished in 30 days',
      'nothing finished in 30 days',
    ),
  ];
}

/** METHOD S0-4: ours until they said yes to the date and to a step. */
function statusOf({ rows: { deal, steps }, state, today }: JudgedPlan): Figure {
  const agreed = steps.filter(
    (step) => isKept(step) && step.agreedOn && (step.side === 'buyer' || step.side === 'both'),
  );
  const yes = [
    deal.dateAgreedOn ? 'the date' : '',
    agreed.length > 0 ? count(agreed.length, 'step') : '',
  ].filter(Boolean);
  const no = [deal.dateAgreedOn ? '' : 'the date', agreed.length > 0 ? '' : 'a step'];
  const meaning = state.isMutual
    ? `they said yes to ${yes.join(' and ')}`
    : `no yes yet to ${no.filter(Boolean).join(' and ') || 'the plan'}`;
  const paused = isPaused(deal, today) && deal.pausedUntil;
  return {
    what: state.isMutual ? 'A plan of both sides' : 'Ours so far',
    meaning: paused ? `${meaning}; paused until ${sayDay(paused, today)}` : meaning,
  };
}

function share(theirs: number | undefined, of: string, none: string): Figure {
  if (theirs === undefined) return { what: 'Theirs — · ours —', meaning: none };
  const percent = Math.round(theirs * 100);
  return { what: `Theirs ${percent}% · ours ${100 - percent}%`, meaning: of, bar: theirs };
}

/** Steps done of each side, the amount and the owner; a partner's stand apart (METHOD S0-9). */
export function factLine({ deal, steps, ownerName }: PlanView): string {
  const kept = steps.filter(isKept);
  const done = (side: Homework['side']) => {
    const own = kept.filter((step) => step.side === side);
    return own.length === 0 && side !== 'buyer' && side !== 'seller'
      ? ''
      : `${own.filter(isFinished).length} of ${own.length} done`;
  };
  const [together, partner] = [done('both'), done('partner')];
  return [
    `Their steps ${done('buyer')}`,
    `our steps ${done('seller')}`,
    together && `together ${together}`,
    partner && `partner ${partner}, counted apart`,
    deal.rival && deal.status === 'open' && `also looking at ${deal.rival}`,
    deal.amount ? sayMoney(deal.amount) : 'amount —',
    `owner ${ownerName}`,
  ]
    .filter(Boolean)
    .join(' · ');
}
