import type { Deps } from '../../deps.ts';
import type { HomeworkId, PersonId } from '../../domain/ids.ts';
import type { Person } from '../../domain/person.ts';
import { readDueOn } from '../../domain/plan-rules.ts';
import { isRefusal, type Refusal, refuse } from '../../domain/refusal.ts';
import { readLine } from '../../domain/text.ts';
import { saveDealContact } from '../../store/contacts.ts';
import { addHelper } from '../../store/deals.ts';
import { findPerson } from '../../store/people.ts';
import { readColleague, readContact } from './assign-doer.ts';
import { type ChangedHomework, changeStep } from './change-step.ts';

/** Marks a step as done. Done twice, by one person or two, is done once and no error. */
export async function finishHomework(
  deps: Deps,
  actor: Person,
  id: HomeworkId,
): Promise<ChangedHomework | Refusal> {
  return changeStep(deps, actor, id, {
    kind: 'homework_done',
    move: 'finish',
    decide: async ({ today }) => ({ doneOn: today }),
  });
}

/** Takes a step out of the plan, with the reason it should not exist. */
export async function dropHomework(
  deps: Deps,
  actor: Person,
  id: HomeworkId,
  typedReason: string | undefined,
): Promise<ChangedHomework | Refusal> {
  const dropReason = readLine(typedReason, { field: 'reason', what: 'The reason', max: 200 });
  if (isRefusal(dropReason)) return dropReason;
  return changeStep(deps, actor, id, {
    kind: 'homework_dropped',
    move: 'drop',
    decide: async () => ({ dropReason }),
  });
}

/** Gives a step another date; the first one stays with it. The same `formId` twice moves it once. */
export async function moveHomework(
  deps: Deps,
  actor: Person,
  id: HomeworkId,
  form: { readonly formId: string; readonly dueOn: string | undefined },
): Promise<ChangedHomework | Refusal> {
  return changeStep(deps, actor, id, {
    kind: 'homework_moved',
    formId: form.formId,
    decide: async ({ deal, step, today }) => {
      const dueOn = readDueOn(form.dueOn, deal, today, 'due_on');
      if (isRefusal(dueOn)) return dueOn;
      return dueOn === step.dueOn ? undefined : { dueOn };
    },
  });
}

/** Gives a step of ours to another colleague, who may change the plan from then on. */
export async function reassignHomework(
  deps: Deps,
  actor: Person,
  id: HomeworkId,
  personId: PersonId | undefined,
): Promise<ChangedHomework | Refusal> {
  return changeStep(deps, actor, id, {
    kind: 'homework_reassigned',
    decide: async ({ tx, deal, step }) => {
      if (step.side === 'buyer') {
        return refuse('not_ours', 'A step of theirs stays with them. Give us a step of our own.');
      }
      const person = personId && (await findPerson(tx, actor.workspaceId, personId));
      const doer = readColleague(person);
      if (isRefusal(doer)) return doer;
      if (personId === step.doer.personId) return undefined;
      if (doer.personId) await addHelper(tx, actor.workspaceId, deal.id, doer.personId);
      return { doer: { ...step.doer, personId: doer.personId } };
    },
  });
}

/**
 * Gives a step of theirs to somebody else at the buyer. What the one before said counts for nobody
 * else: the step is a proposal again, and the new one is still to be asked (METHOD §3.2). Along the
 * way of rewording, which is how a step becomes a proposal again.
 */
export async function handToContact(
  deps: Deps,
  actor: Person,
  id: HomeworkId,
  said: { readonly formId: string; readonly contact: string | undefined },
): Promise<ChangedHomework | Refusal> {
  return changeStep(deps, actor, id, {
    kind: 'homework_reassigned',
    move: 'reword',
    formId: said.formId,
    decide: async ({ tx, deal, step, now }) => {
      if (step.side !== 'buyer') {
        return refuse('not_theirs', 'That step is ours. Give it to a colleague.', 'contact');
      }
      if (step.status === 'needs_rewrite') {
        return refuse('needs_words', 'Word it better first, then ask somebody else.', 'contact');
      }
      const doer = await readContact(tx, deal, said.contact ?? '', now);
      if (isRefusal(doer)) return doer;
      const { contactId } = doer;
      if (contactId === step.doer.contactId) return undefined;
      if (contactId) {
        await saveDealContact(tx, deal.workspaceId, { dealId: deal.id, contactId }, {});
      }
      return { doer, ...notAskedYet };
    },
  });
}

/** What one person said of a step, taken back. */
const notAskedYet = {
  askedOn: undefined,
  askedVia: undefined,
  agreedOn: undefined,
  reaction: undefined,
} as const;
