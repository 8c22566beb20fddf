import type { Deps } from '../../deps.ts';
import { dayIn } from '../../domain/calendar.ts';
import type { OpenDeal } from '../../domain/deal.ts';
import {
  draftHomework,
  type Homework,
  type HomeworkKind,
  type Side,
} from '../../domain/homework.ts';
import { gateDoneWhen, gateTitle } from '../../domain/homework-gate.ts';
import { type DealId, type HomeworkId, newId } from '../../domain/ids.ts';
import type { Person } from '../../domain/person.ts';
import { readDueOn } from '../../domain/plan-rules.ts';
import { isRefusal, type Refusal, refuse } from '../../domain/refusal.ts';
import { cleanLine, readLine } from '../../domain/text.ts';
import { addHelper } from '../../store/deals.ts';
import { appendEvent } from '../../store/events.ts';
import { findHomework, insertHomework } from '../../store/homework.ts';
import { firstSeen } from '../../store/inbox.ts';
import { reachOpenDeal } from '../../store/reach-deal.ts';
import type { Tx } from '../../store/store.ts';
import { asDoer, readColleague, readContact } from './assign-doer.ts';
import { readWhy } from './step-answers.ts';

/** What `/deal homework` asks; every text as it was typed. */
export interface AssignForm {
  readonly side: Side;
  readonly title: string | undefined;
  /** Ours: the colleague who does it, already looked up. */
  readonly person: Person | undefined;
  /** Theirs: a contact's id, or `new:` and what was typed as *Name, role*. */
  readonly contact: string | undefined;
  readonly dueOn: string | undefined;
  readonly doneWhen: string | undefined;
  /** Theirs: what it opens, the id of a step of the plan or `decision`. */
  readonly unlocks: string | undefined;
  /** Theirs: why it is worth their time. */
  readonly whyForThem: string | undefined;
  readonly kind: HomeworkKind;
  readonly effort: Homework['effort'];
  /** Theirs: somebody has put it to them already. */
  readonly asked: boolean;
  /** Our step in return for theirs; empty is allowed. */
  readonly returnTitle: string | undefined;
  readonly returnDueOn: string | undefined;
}

/** What was saved: the step and, when there was one, the step in return. */
export interface Assigned {
  readonly deal: OpenDeal;
  readonly steps: readonly Homework[];
}

/** What a step opens when it is no step of the plan. */
export const theDecision = { value: 'decision', words: 'The decision' } as const;

/**
 * Adds a step to a plan, and our step in return for one of theirs (METHOD §1.1, S0-11 and S0-12).
 * The same `formId` twice saves once.
 */
export async function assignHomework(
  deps: Deps,
  actor: Person,
  input: { readonly dealId: DealId; readonly formId: string; readonly form: AssignForm },
): Promise<Assigned | Refusal> {
  const now = deps.clock.now();
  const { form } = input;
  return deps.store.transaction(async (tx) => {
    const deal = await reachOpenDeal(tx, actor, input.dealId);
    if (isRefusal(deal)) return deal;
    const today = dayIn(now, deal.zone);
    const read = readAssignForm(form, deal, today);
    if (isRefusal(read)) return read;
    const unlocks = form.side === 'buyer' ? await readUnlocks(tx, deal, form) : undefined;
    if (isRefusal(unlocks)) return unlocks;
    const doer =
      form.side === 'seller'
        ? readColleague(form.person)
        : await readContact(tx, deal, form.contact ?? '', now);
    if (isRefusal(doer)) return doer;
    if (!(await firstSeen(tx, actor.workspaceId, `form:${input.formId}`, now))) {
      return { deal, steps: [] };
    }
    const { back, ...facts } = read;
    const { side, kind, effort } = form;
    const askedOn = side === 'buyer' && form.asked ? today : undefined;
    const main = draftHomework({
      ...facts,
      ...{ id: newId(now), dealId: deal.id, side, doer, kind, effort, unlocks, askedOn },
    });
    const ours = { side: 'seller', doer: asDoer(actor), dealId: deal.id } as const;
    const inReturn = back && draftHomework({ ...back, ...ours, id: newId<HomeworkId>(now) });
    const steps = inReturn ? [main, inReturn] : [main];
    await saveSteps(tx, actor, steps, now);
    return { deal, steps };
  });
}

/** Saves a step, or two that were promised for each other, with what the history says of them. */
export async function saveSteps(
  tx: Tx,
  actor: Person,
  steps: readonly Homework[],
  now: Date,
): Promise<void> {
  for (const step of steps) {
    const pair = steps.find(({ id }) => id !== step.id);
    await insertHomework(tx, actor.workspaceId, step, pair?.id);
    const { personId } = step.doer;
    if (personId) await addHelper(tx, actor.workspaceId, step.dealId, personId);
    await appendEvent(tx, {
      workspaceId: actor.workspaceId,
      dealId: step.dealId,
      at: now,
      actorId: actor.id,
      side: step.side,
      kind: 'homework_assigned',
      payload: { homeworkId: step.id, dueOn: step.dueOn, paired: pair !== undefined },
    });
  }
}

/** What it opens, in words: they outlive the step that is meant. */
async function readUnlocks(
  tx: Tx,
  deal: OpenDeal,
  { unlocks }: AssignForm,
): Promise<string | Refusal> {
  if (unlocks === theDecision.value) return theDecision.words;
  const step = await findHomework(tx, deal.workspaceId, (unlocks ?? '') as HomeworkId);
  return step?.dealId === deal.id
    ? step.title
    : refuse('no_unlocks', 'Pick what it opens.', 'unlocks');
}

interface ReadStep {
  readonly title: string;
  readonly dueOn: Homework['dueOn'];
  readonly doneWhen: string;
  readonly whyForThem?: string | undefined;
}

function readAssignForm(
  form: AssignForm,
  deal: OpenDeal,
  today: Homework['dueOn'],
): (ReadStep & { back: ReadStep | undefined }) | Refusal {
  const title = readLine(form.title, { field: 'title', what: 'The step', max: 150 });
  if (isRefusal(title)) return title;
  const dueOn = readDueOn(form.dueOn, deal, today, 'due_on');
  if (isRefusal(dueOn)) return dueOn;
  const doneWhen = readLine(form.doneWhen, { field: 'done_when', what: '“Done when”', max: 300 });
  if (isRefusal(doneWhen)) return doneWhen;
  const vague =
    gateTitle(title, { side: form.side, doneWhen, field: 'title' }) ??
    gateDoneWhen(doneWhen, title, 'done_when');
  if (vague) return vague;
  const whyForThem = form.side === 'buyer' ? readWhy(form.whyForThem) : undefined;
  if (isRefusal(whyForThem)) return whyForThem;
  const back = form.side === 'buyer' ? readReturn(form, deal, today) : undefined;
  if (isRefusal(back)) return back;
  return { title, dueOn, doneWhen, whyForThem, back };
}

function readReturn(
  form: AssignForm,
  deal: OpenDeal,
  today: Homework['dueOn'],
): ReadStep | Refusal | undefined {
  if (cleanLine(form.returnTitle ?? '') === '') return undefined;
  const title = readLine(form.returnTitle, {
    field: 'return_title',
    what: 'Our step in return',
    max: 150,
  });
  if (isRefusal(title)) return title;
  const vague = gateTitle(title, { side: 'seller', doneWhen: '', field: 'return_title' });
  if (vague) return vague;
  const dueOn = readDueOn(form.returnDueOn ?? form.dueOn, deal, today, 'return_due_on');
  if (isRefusal(dueOn)) return dueOn;
  return { title, dueOn, doneWhen: title };
}
