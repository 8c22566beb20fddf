import type { Deps } from '../../deps.ts';
import { dayIn } from '../../domain/calendar.ts';
import { draftHomework } from '../../domain/homework.ts';
import { gateTitle, isWaiting } from '../../domain/homework-gate.ts';
import { type DealId, newId } from '../../domain/ids.ts';
import type { Person } from '../../domain/person.ts';
import { readDueOn } from '../../domain/plan-rules.ts';
import { isRefusal, type Refusal, refuse } from '../../domain/refusal.ts';
import { readLine } from '../../domain/text.ts';
import { firstSeen } from '../../store/inbox.ts';
import { reachOpenDeal } from '../../store/reach-deal.ts';
import { asDoer, readContact } from './assign-doer.ts';
import { type Assigned, saveSteps, theDecision } from './assign-homework.ts';

/** *Waiting on X until a date, meanwhile we do Y*; every text as it was typed. */
export interface WaitingForm {
  readonly contact: string | undefined;
  readonly what: string | undefined;
  readonly untilOn: string | undefined;
  readonly meanwhile: string | undefined;
}

/**
 * Waiting is accepted only with an end and with something we do meanwhile (METHOD §3.3, 10): theirs
 * to find out until then, ours for the time between. The same `formId` twice saves once.
 */
export async function assignWaiting(
  deps: Deps,
  actor: Person,
  input: { readonly dealId: DealId; readonly formId: string; readonly form: WaitingForm },
): Promise<Assigned | Refusal> {
  const now = deps.clock.now();
  const { form } = input;
  return deps.store.transaction(async (tx) => {
    const deal = await reachOpenDeal(tx, actor, input.dealId);
    if (isRefusal(deal)) return deal;
    const today = dayIn(now, deal.zone);
    const what = readLine(form.what, { field: 'what', what: 'What comes from them', max: 140 });
    if (isRefusal(what)) return what;
    const dueOn = readDueOn(form.untilOn, deal, today, 'until_on');
    if (isRefusal(dueOn)) return dueOn;
    const meanwhile = readMeanwhile(form.meanwhile);
    if (isRefusal(meanwhile)) return meanwhile;
    const doer = await readContact(tx, deal, form.contact ?? '', now);
    if (isRefusal(doer)) return doer;
    if (!(await firstSeen(tx, actor.workspaceId, `form:${input.formId}`, now))) {
      return { deal, steps: [] };
    }
    const dealId = deal.id;
    const theirs = draftHomework({
      ...{ id: newId(now), dealId, side: 'buyer', kind: 'find_out', doer, dueOn },
      title: `Tell us: ${what}`,
      doneWhen: `The answer is written down: ${what}`,
      whyForThem: 'Both sides know then what comes next',
      unlocks: theDecision.words,
      askedOn: today,
    });
    const ours = draftHomework({
      ...{ id: newId(now), dealId, side: 'seller', doer: asDoer(actor), dueOn },
      title: meanwhile,
      doneWhen: meanwhile,
    });
    const steps = [theirs, ours];
    await saveSteps(tx, actor, steps, now);
    return { deal, steps };
  });
}

function readMeanwhile(typed: string | undefined): string | Refusal {
  const field = 'meanwhile';
  const meanwhile = readLine(typed, { field, what: 'What we do meanwhile', max: 150 });
  if (isRefusal(meanwhile)) return meanwhile;
  if (isWaiting(meanwhile)) {
    return refuse('waiting', 'That is waiting, too. What do we make or bring meanwhile?', field);
  }
  return gateTitle(meanwhile, { side: 'seller', doneWhen: '', field }) ?? meanwhile;
}
