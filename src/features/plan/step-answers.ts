import type { Deps } from '../../deps.ts';
import type { Homework, Reaction } from '../../domain/homework.ts';
import { gateDoneWhen, gateTitle } from '../../domain/homework-gate.ts';
import type { HomeworkId } from '../../domain/ids.ts';
import type { Person } from '../../domain/person.ts';
import { isRefusal, type Refusal, refuse } from '../../domain/refusal.ts';
import { readLine } from '../../domain/text.ts';
import { saveDealContact } from '../../store/contacts.ts';
import { readContact } from './assign-doer.ts';
import { type ChangedHomework, changeStep, type Moment } from './change-step.ts';

type Answer = Promise<ChangedHomework | Refusal>;
type Text = string | undefined;

/** How word of a yes came. */
export const askedVias = ['meeting', 'email', 'call', 'message'] as const;

/** Whether a step needs a yes from the buyer, and not from us alone. */
export function needsTheirYes({ side }: Pick<Homework, 'side'>): boolean {
  return side !== 'seller';
}

/** We put it to them; they have not answered yet (METHOD S0-13). */
export function askStep(deps: Deps, actor: Person, id: HomeworkId, seen?: number): Answer {
  return changeStep(deps, actor, id, {
    kind: 'homework_asked',
    seen,
    decide: async ({ step, today }) =>
      step.status === 'proposed' && !step.askedOn ? { askedOn: today } : undefined,
  });
}

/**
 * They said yes: `actor` attests who did and how (METHOD §3.3, 8). A step of ours needs no more than
 * the word of a colleague.
 */
export function agreeStep(
  deps: Deps,
  actor: Person,
  id: HomeworkId,
  said: { formId?: string; seen?: number | undefined; contact?: Text; via?: Text },
): Answer {
  const via = askedVias.find((known) => known === said.via);
  return changeStep(deps, actor, id, {
    kind: 'homework_agreed',
    move: 'agree',
    formId: said.formId,
    seen: said.seen,
    decide: (moment) => decideAgreed(moment, said.contact, via),
    details: { via },
  });
}

async function decideAgreed(
  { tx, deal, step, today, now }: Moment,
  chosen: Text,
  via: (typeof askedVias)[number] | undefined,
) {
  const agreed = { agreedOn: today, askedOn: step.askedOn ?? today };
  if (!needsTheirYes(step)) return agreed;
  if (!via) return refuse('no_via', 'Pick how they said yes.', 'via');
  const who = await readContact(tx, deal, chosen ?? '', now);
  if (isRefusal(who)) {
    return who.code === 'no_doer'
      ? refuse('no_contact', 'Who said yes? Pick a name, or type one.', 'contact')
      : who;
  }
  if (who.contactId) {
    const on = { dealId: deal.id, contactId: who.contactId };
    await saveDealContact(tx, deal.workspaceId, on, { engagedOn: today });
  }
  const contactId = step.doer.contactId ?? who.contactId;
  return { ...agreed, askedVia: via, doer: { ...step.doer, contactId } };
}

/** They won't: the step ends, with what they said. */
export async function declineStep(
  deps: Deps,
  actor: Person,
  id: HomeworkId,
  said: { formId: string; reason: Text },
): Answer {
  const dropReason = readLine(said.reason, { field: 'reason', what: 'The reason', max: 200 });
  if (isRefusal(dropReason)) return dropReason;
  return changeStep(deps, actor, id, {
    kind: 'homework_declined',
    move: 'decline',
    formId: said.formId,
    decide: async () => ({ dropReason }),
  });
}

/** One tap: nobody is reminded of it until it is worded better (METHOD S0-10, S0-15). */
export function flagStep(
  deps: Deps,
  actor: Person,
  id: HomeworkId,
  flag: 'confusing' | 'pointless',
  seen?: number,
): Answer {
  return changeStep(deps, actor, id, {
    kind: flag === 'confusing' ? 'homework_confusing' : 'homework_pointless',
    move: 'rewrite',
    seen,
    decide: async () => ({ [flag]: true }),
  });
}

/** Other words for a step: it is a proposal again, and they have to be asked again. */
export async function rewordStep(
  deps: Deps,
  actor: Person,
  id: HomeworkId,
  said: { formId: string; title: Text; doneWhen: Text; whyForThem: Text },
): Answer {
  const title = readLine(said.title, { field: 'title', what: 'The step', max: 150 });
  if (isRefusal(title)) return title;
  const doneWhen = readLine(said.doneWhen, { field: 'done_when', what: '“Done when”', max: 300 });
  if (isRefusal(doneWhen)) return doneWhen;
  return changeStep(deps, actor, id, {
    kind: 'homework_reworded',
    move: 'reword',
    formId: said.formId,
    decide: async ({ step }) => {
      const { side } = step;
      const vague =
        gateTitle(title, { side, doneWhen, field: 'title' }) ??
        gateDoneWhen(doneWhen, title, 'done_when');
      if (vague) return vague;
      const whyForThem = needsTheirYes(step) ? readWhy(said.whyForThem) : undefined;
      if (isRefusal(whyForThem)) return whyForThem;
      const again = { agreedOn: undefined, askedOn: undefined, askedVia: undefined };
      return { title, doneWhen, whyForThem, ...again };
    },
  });
}

/** Why a step is worth the buyer's time: without it there is no asking (METHOD S0-10). */
export function readWhy(typed: Text): string | Refusal {
  return readLine(typed, { field: 'why_for_them', what: 'Why it is worth their time', max: 300 });
}

export function startStep(deps: Deps, actor: Person, id: HomeworkId, seen?: number): Answer {
  return changeStep(deps, actor, id, {
    kind: 'homework_started',
    move: 'start',
    seen,
    decide: async () => ({}),
  });
}

export function acceptStep(deps: Deps, actor: Person, id: HomeworkId, seen?: number): Answer {
  return changeStep(deps, actor, id, {
    kind: 'homework_accepted',
    move: 'accept',
    seen,
    decide: async ({ today }) => ({ acceptedOn: today }),
  });
}

/** The other side says "not yet": it goes on, with a note of what is missing. */
export async function sendBackStep(
  deps: Deps,
  actor: Person,
  id: HomeworkId,
  said: { formId: string; note: Text },
): Answer {
  const note = readLine(said.note, { field: 'note', what: 'What is missing', max: 200 });
  if (isRefusal(note)) return note;
  return changeStep(deps, actor, id, {
    kind: 'homework_reopened',
    move: 'send_back',
    formId: said.formId,
    decide: async () => ({ doneOn: undefined }),
    details: { note },
  });
}

/** How they took it when they were asked (METHOD S0-16). */
export function reactToStep(
  deps: Deps,
  actor: Person,
  id: HomeworkId,
  reaction: Reaction,
  seen?: number,
): Answer {
  return changeStep(deps, actor, id, {
    kind: 'homework_reaction',
    seen,
    decide: async ({ step, today }) =>
      step.reaction === reaction ? undefined : { reaction, askedOn: step.askedOn ?? today },
  });
}
