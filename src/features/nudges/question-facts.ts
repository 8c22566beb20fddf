import { businessDaysBetween, type Calendars, type Day } from '../../domain/calendar.ts';
import type { DealContact } from '../../domain/contact.ts';
import { buyerName, dealTitle } from '../../domain/deal.ts';
import { type Homework, inDueOrder, isKept, isOpen } from '../../domain/homework.ts';
import { offerFor } from '../../domain/manager-offer.ts';
import { dayAhead } from '../../domain/move-rules.ts';
import { kindWords, type QuestionFacts } from '../../domain/nudge-words.ts';
import { slackOfStep } from '../../domain/plan-metrics.ts';
import type { PlanRows, PlanState } from '../../domain/plan-state.ts';
import { normsOf } from '../../domain/segment.ts';
import { stallWords } from '../../domain/stall-words.ts';
import type { NudgeItem } from '../../store/nudges.ts';
import type { Touch } from '../../store/touches.ts';

/** A deal as its questions see it. */
export interface JudgedDeal {
  readonly rows: PlanRows;
  readonly state: PlanState;
  readonly ownerName: string;
  /** What worked on another deal that was held up like this one. */
  readonly precedent: string | undefined;
}

/** Everything a question about a deal, or about one step of it, may name. */
export function factsOf(
  item: Pick<NudgeItem, 'kind' | 'subject' | 'dueOn'>,
  judged: JudgedDeal,
  step: Homework | undefined,
  at: { readonly today: Day; readonly mine: boolean; readonly calendars: Calendars },
): QuestionFacts {
  const { rows, state } = judged;
  const { deal, steps } = rows;
  const { today } = at;
  const calendar = at.calendars.planOf(deal.buyerRegion);
  const since = (day: Day) => businessDaysBetween(day, today, calendar);
  const gate = tightestGate(steps, today, calendar);
  const kept = steps.filter(isKept);
  const dueOn = step?.dueOn ?? item.dueOn ?? today;
  return {
    today,
    deal: dealTitle(deal),
    account: buyerName(deal),
    title: step?.title ?? kindTitle(item.subject),
    who: step?.doer.name ?? mainContact(rows)?.name ?? buyerName(deal),
    mine: at.mine,
    dueOn,
    lateBd: Math.max(0, since(dueOn)),
    unlocks: step?.unlocks,
    why: step?.whyForThem,
    askedOn: step?.askedOn,
    pair: ourPromise(steps)?.title,
    typicalReplyBd: state.rally?.typicalReplyBd ?? normsOf(deal).typicalReplyBd,
    silenceBd: state.rally?.silenceBd ?? 0,
    replyDebtBd: state.rally?.replyDebtBd ?? 0,
    idleTurns: state.rally?.idleTurns ?? 0,
    gate,
    proposeOn: dayAhead({ today, decisionOn: deal.decisionOn, calendar }, 3),
    ourSteps: kept.filter(({ side }) => side === 'seller').length,
    allSteps: kept.length,
    gift: giftFor(steps)?.title,
    decisionOn: deal.decisionOn,
    leftBd: deal.decisionOn
      ? Math.max(0, businessDaysBetween(today, deal.decisionOn, calendar))
      : 0,
    shortBd: Math.max(0, -(state.runwayBd ?? 0)),
    phase: deal.phase,
    phaseAgeBd: since(deal.phaseSince),
    gap: state.gap,
    stalls: saySome(state),
    offer: offerFor(
      state.stalls.map(({ code }) => code),
      firstName(judged.ownerName),
    ),
    precedent: judged.precedent,
    owner: judged.ownerName,
  };
}

function firstName(name: string): string {
  return name.split(' ')[0] ?? name;
}

/** What a question that was asked three times was about. */
function kindTitle(subject: string): string {
  const kind = subject.split(':')[0] ?? '';
  return kindWords[kind as keyof typeof kindWords] ?? 'this deal';
}

const named = 2;

function saySome({ stalls }: PlanState): string {
  return stalls
    .slice(0, named)
    .map(({ code }) => `${stallWords[code]}.`)
    .join(' ');
}

/** Whom we last spoke to, else somebody we know who is still there. */
export function mainContact({ contacts, touches }: PlanRows): DealContact | undefined {
  const there = contacts.filter(({ leftOn }) => !leftOn);
  const last = (touches as readonly Partial<Touch>[]).findLast(({ contactId }) =>
    there.some(({ id }) => id === contactId),
  );
  return there.find(({ id }) => id === last?.contactId) ?? there[0];
}

/** The promise of ours that comes first: what a note to them offers. */
function ourPromise(steps: readonly Homework[]): Homework | undefined {
  return inDueOrder(steps.filter((step) => step.side === 'seller' && isOpen(step)))[0];
}

/** A small step of ours that could be theirs. */
export function giftFor(steps: readonly Homework[]): Homework | undefined {
  const ours = steps.filter((step) => step.side === 'seller' && isOpen(step) && !step.gate);
  return [...ours].sort((a, b) => a.effort - b.effort || (a.dueOn < b.dueOn ? 1 : -1))[0];
}

/** The open gate with the least room. */
export function tightestGate(
  steps: readonly Homework[],
  today: Day,
  calendar: Parameters<typeof slackOfStep>[2],
) {
  const gates = steps
    .filter((step) => step.gate && isOpen(step))
    .map((step) => ({
      id: step.id,
      title: step.title,
      slackBd: slackOfStep(step, today, calendar),
    }));
  return gates.sort((a, b) => a.slackBd - b.slackBd)[0];
}
