import type { Deps } from '../../deps.ts';
import { dayIn } from '../../domain/calendar.ts';
import type { OpenDeal } from '../../domain/deal.ts';
import { type Doer, draftHomework, type Homework, type Side } from '../../domain/homework.ts';
import { type ContactId, type DealId, type HomeworkId, newId } from '../../domain/ids.ts';
import type { Person } from '../../domain/person.ts';
import { readDueOn } from '../../domain/plan-rules.ts';
import { isRefusal, type Refusal, refuse } from '../../domain/refusal.ts';
import { cleanLine, readLine } from '../../domain/text.ts';
import { ensureContact, findContact } from '../../store/contacts.ts';
import { addHelper } from '../../store/deals.ts';
import { appendEvent } from '../../store/events.ts';
import { insertHomework } from '../../store/homework.ts';
import { firstSeen } from '../../store/inbox.ts';
import { reachOpenDeal } from '../../store/reach-deal.ts';
import type { Tx } from '../../store/store.ts';

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
  /** Our step in return for theirs; empty is allowed. */
  readonly returnTitle: string | undefined;
  readonly returnDueOn: string | undefined;
}

/** What was saved: the step and, when there was one, the step in return. */
export interface Assigned {
  readonly deal: OpenDeal;
  readonly steps: readonly Homework[];
}

export const newContactPrefix = 'new:';

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
    const doer =
      form.side === 'seller' ? readColleague(form.person) : await readContact(tx, deal, form, now);
    if (isRefusal(doer)) return doer;
    if (!(await firstSeen(tx, actor.workspaceId, `form:${input.formId}`, now))) {
      return { deal, steps: [] };
    }
    const main = draft(deal, form.side, doer, { ...read, id: newId(now) });
    const back = read.back && draft(deal, 'seller', self(actor), { ...read.back, id: newId(now) });
    const steps = back ? [main, back] : [main];
    for (const step of steps) {
      const pair = steps.find(({ id }) => id !== step.id);
      await insertHomework(tx, actor.workspaceId, step, pair?.id);
      if (step.doer.personId) await addHelper(tx, actor.workspaceId, deal.id, step.doer.personId);
      await appendEvent(tx, {
        workspaceId: actor.workspaceId,
        dealId: deal.id,
        at: now,
        actorId: actor.id,
        side: step.side,
        kind: 'homework_assigned',
        payload: { homeworkId: step.id, dueOn: step.dueOn, paired: steps.length === 2 },
      });
    }
    return { deal, steps };
  });
}

interface ReadStep {
  readonly title: string;
  readonly dueOn: Homework['dueOn'];
  readonly doneWhen: string;
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
  const back = form.side === 'buyer' ? readReturn(form, deal, today) : undefined;
  if (isRefusal(back)) return back;
  return { title, dueOn, doneWhen, back };
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
  const dueOn = readDueOn(form.returnDueOn ?? form.dueOn, deal, today, 'return_due_on');
  if (isRefusal(dueOn)) return dueOn;
  return { title, dueOn, doneWhen: title };
}

/** A colleague as the doer of a step of ours, if they can do one. */
export function readColleague(person: Person | undefined): Doer | Refusal {
  if (!person) return refuse('no_doer', 'Pick the colleague who does it.', 'person');
  const who = person.name;
  if (person.standing === 'bot') {
    return refuse('bot_doer', `${who} is an app. Pick a colleague who can do it.`, 'person');
  }
  if (!person.active) {
    return refuse(
      'left_doer',
      `${who} is no longer in this workspace. Pick somebody else.`,
      'person',
    );
  }
  if (person.standing === 'guest') {
    return refuse('guest_doer', `${who} is a guest here. Pick a full member.`, 'person');
  }
  return self(person);
}

async function readContact(
  tx: Tx,
  deal: OpenDeal,
  form: AssignForm,
  now: Date,
): Promise<Doer | Refusal> {
  const chosen = form.contact ?? '';
  if (chosen.startsWith(newContactPrefix)) {
    const [typedName, ...role] = chosen.slice(newContactPrefix.length).split(',');
    const name = readLine(typedName, { field: 'contact', what: 'Their name', max: 80 });
    if (isRefusal(name)) return name;
    const title = cleanLine(role.join(',')) || undefined;
    const contact = await ensureContact(
      tx,
      deal.workspaceId,
      { accountId: deal.accountId, name, title },
      now,
    );
    return { name: contact.name, contactId: contact.id, personId: undefined };
  }
  const contact = await findContact(tx, deal.workspaceId, chosen as ContactId);
  if (!contact || contact.accountId !== deal.accountId) {
    return refuse('no_doer', 'Who does it there? Type a name, like Dana Lee, CFO.', 'contact');
  }
  return { name: contact.name, contactId: contact.id, personId: undefined };
}

function self(person: Person): Doer {
  return { name: person.name, personId: person.id, contactId: undefined };
}

function draft(
  deal: OpenDeal,
  side: Side,
  doer: Doer,
  step: ReadStep & { id: HomeworkId },
): Homework {
  return draftHomework({ ...step, dealId: deal.id, side, doer });
}
