import { type Calendars, type Day, parseDay, sayDay } from '../../domain/calendar.ts';
import type { OpenDeal } from '../../domain/deal.ts';
import { type Doer, draftHomework, type Homework, type Side } from '../../domain/homework.ts';
import { newId } from '../../domain/ids.ts';
import type { Money } from '../../domain/money.ts';
import type { Person } from '../../domain/person.ts';
import { type BackPlan, planBack } from '../../domain/plan-back.ts';
import { type Playbook, suggestPlaybook } from '../../domain/playbook.ts';
import { isRefusal, type Refusal, refuse } from '../../domain/refusal.ts';
import type { DealKind } from '../../domain/segment.ts';
import { cleanLine, shorten } from '../../domain/text.ts';
import { isRegion } from '../../holidays.ts';
import { readOptional } from './new-form.ts';

/** A plan without a step. */
export const blankPlan = 'blank';

/** What the second page of `/deal new` asks; every text as it was typed. */
export interface NewPlanForm {
  readonly kind: string | undefined;
  /** The key of a playbook, or `blankPlan`; undefined is the suggested one. */
  readonly playbook: string | undefined;
  readonly costOfMissing: string | undefined;
  readonly liveOn: string | undefined;
  readonly region: string | undefined;
  readonly rival?: string | undefined;
}

/** The same, understood. */
export interface NewPlan {
  readonly kind: DealKind;
  /** Undefined is a blank plan. */
  readonly playbook: Playbook | undefined;
  readonly costOfMissing: string | undefined;
  readonly liveOn: Day | undefined;
  readonly buyerRegion: string | undefined;
  /** Whom else they look at. */
  readonly rival: string | undefined;
}

const kinds: readonly string[] = ['new', 'expansion', 'renewal'] satisfies DealKind[];

export function readKind(text: string | undefined): DealKind {
  return kinds.includes(text ?? '') ? (text as DealKind) : 'new';
}

/** The playbook that was chosen, else the one most likely wanted; undefined is a blank plan. */
export function choosePlaybook(
  { kind, playbook }: Pick<NewPlanForm, 'kind' | 'playbook'>,
  amount: Money | undefined,
  playbooks: readonly Playbook[],
): Playbook | undefined {
  const key = playbook ?? suggestPlaybook(readKind(kind), amount);
  return playbooks.find((one) => one.key === key);
}

export function readNewPlan(
  form: NewPlanForm,
  deal: { readonly amount: Money | undefined; readonly decisionOn: Day },
  playbooks: readonly Playbook[],
): NewPlan | Refusal {
  const costOfMissing = readOptional(form.costOfMissing, 'cost_of_missing', 'What it costs them');
  if (isRefusal(costOfMissing)) return costOfMissing;
  const liveOn = readLiveOn(form.liveOn, deal.decisionOn);
  if (isRefusal(liveOn)) return liveOn;
  return {
    kind: readKind(form.kind),
    playbook: choosePlaybook(form, deal.amount, playbooks),
    costOfMissing,
    liveOn,
    buyerRegion: readRegion(form.region),
    rival: shorten(cleanLine(form.rival ?? ''), 100) || undefined,
  };
}

export function readRegion(code: string | undefined): string | undefined {
  return code !== undefined && isRegion(code) ? code : undefined;
}

function readLiveOn(text: string | undefined, decisionOn: Day): Day | Refusal | undefined {
  if (!text) return undefined;
  const liveOn = parseDay(text);
  if (!liveOn) return refuse('no_day', 'Pick the day they want to be live.', 'live_on');
  if (liveOn >= decisionOn) return liveOn;
  const message = `They decide on ${sayDay(decisionOn, decisionOn)}. Pick that day or a later one.`;
  return refuse('live_before_decision', message, 'live_on');
}

/** The steps of a playbook counted back from the decision, over the business days of both sides. */
export function planSteps(
  { playbook, buyerRegion }: Pick<NewPlan, 'playbook' | 'buyerRegion'>,
  decisionOn: Day,
  today: Day,
  calendars: Calendars,
): BackPlan {
  return planBack(playbook?.steps ?? [], decisionOn, today, calendars.planOf(buyerRegion));
}

/**
 * The planned steps as homework of a new deal. Ours and common ones are the owner's; who does theirs
 * nobody knows yet. A step keeps the lead of its playbook, so that a later date gives it back.
 */
export function draftSteps(deal: OpenDeal, plan: BackPlan, owner: Person, now: Date): Homework[] {
  return plan.steps.map(({ template, dueOn }) =>
    draftHomework({
      id: newId(now),
      dealId: deal.id,
      side: template.side,
      title: template.title,
      doer: doerOf(template.side, owner),
      dueOn,
      doneWhen: template.doneWhen,
      whyForThem: template.why,
      gate: template.gate,
      leadBd: template.leadBd,
      durationBd: template.durationBd,
      stepKey: template.key,
    }),
  );
}

function doerOf(side: Side, owner: Person): Doer {
  return side === 'seller' || side === 'both'
    ? { name: owner.name, personId: owner.id, contactId: undefined }
    : { name: '—', personId: undefined, contactId: undefined };
}
