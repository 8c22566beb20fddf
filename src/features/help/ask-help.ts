import type { Deps } from '../../deps.ts';
import { addDays, type Day, dayIn, parseDay, sayDay } from '../../domain/calendar.ts';
import type { OpenDeal } from '../../domain/deal.ts';
import { helpRoles } from '../../domain/help.ts';
import {
  type DealId,
  type HelpRequestId,
  type NudgeId,
  type NudgeItemId,
  newId,
} from '../../domain/ids.ts';
import type { Person } from '../../domain/person.ts';
import { isRefusal, type Refusal, refuse } from '../../domain/refusal.ts';
import type { StallCode } from '../../domain/stalls.ts';
import { readLine } from '../../domain/text.ts';
import { addHelper } from '../../store/deals.ts';
import { appendEvent } from '../../store/events.ts';
import { type HelpRequest, insertHelpRequest } from '../../store/help-requests.ts';
import { firstSeen } from '../../store/inbox.ts';
import { enqueue } from '../../store/outbox.ts';
import { reachOpenDeal } from '../../store/reach-deal.ts';
import type { Tx } from '../../store/store.ts';

/** What the form asks; as it was typed. */
export interface HelpForm {
  readonly person: Person | undefined;
  readonly role: string | undefined;
  readonly what: string | undefined;
  readonly dueOn: string | undefined;
}

/** Who was asked, for which deal. */
export interface AskedHelp {
  readonly deal: OpenDeal;
  readonly person: Person;
  readonly dueOn: Day;
  /** The bundle whose question this answers. */
  readonly nudgeId: NudgeId | undefined;
}

/** Answers the question of a bundle that made somebody ask, in the same transaction. */
export type AnswerAsked = (
  tx: Tx,
  actor: Person,
  itemId: NudgeItemId,
  now: Date,
) => Promise<{ readonly nudgeId: NudgeId } | Refusal>;

/**
 * Asks a colleague for help with a deal, and puts them on it. The message to them is `actor`'s own
 * and comes at once: it is no nudge, so neither the one bundle a day nor quiet hours hold it back
 * (METHOD §3.3, 18). The same `formId` twice asks once.
 */
export async function askHelp(
  deps: Deps,
  actor: Person,
  input: {
    readonly dealId: DealId;
    readonly formId: string;
    readonly code: StallCode | undefined;
    readonly itemId: NudgeItemId | undefined;
    readonly form: HelpForm;
  },
  answerAsked: AnswerAsked,
): Promise<AskedHelp | Refusal> {
  const now = deps.clock.now();
  return deps.store.transaction(async (tx) => {
    const deal = await reachOpenDeal(tx, actor, input.dealId);
    if (isRefusal(deal)) return deal;
    const read = readHelp(input.form, actor, dayIn(now, actor.zone));
    if (isRefusal(read)) return read;
    const answered = input.itemId && (await answerAsked(tx, actor, input.itemId, now));
    if (isRefusal(answered)) return answered;
    const { person, ...asked } = read;
    const result = { deal, person, dueOn: read.dueOn, nudgeId: answered?.nudgeId };
    if (!(await firstSeen(tx, actor.workspaceId, `form:${input.formId}`, now))) return result;
    await keepRequest(tx, person, {
      ...asked,
      id: newId<HelpRequestId>(now),
      workspaceId: actor.workspaceId,
      dealId: deal.id,
      askedById: actor.id,
      askedId: person.id,
      state: 'asked',
      code: input.code,
      createdAt: now,
      answeredAt: undefined,
      note: undefined,
    });
    return result;
  });
}

async function keepRequest(
  tx: Tx,
  { slackUserId }: Pick<Colleague, 'slackUserId'>,
  request: HelpRequest,
): Promise<void> {
  const { id, workspaceId, dealId, askedById, askedId, role, createdAt } = request;
  await insertHelpRequest(tx, request);
  await addHelper(tx, workspaceId, dealId, askedId);
  await appendEvent(tx, {
    workspaceId,
    dealId,
    at: createdAt,
    actorId: askedById,
    kind: 'help_asked',
    payload: { helpId: id, askedId, role, ...(request.code ? { code: request.code } : {}) },
  });
  await enqueue(tx, workspaceId, createdAt, [
    { kind: 'help_asked', key: `help:${id}`, target: slackUserId, payload: { helpId: id } },
  ]);
}

type Colleague = Person & { readonly slackUserId: NonNullable<Person['slackUserId']> };

/** Further ahead it is a step of the plan, not help with what holds it up now. */
const furthestDays = 90;

function readHelp(form: HelpForm, actor: Person, today: Day) {
  const person = readHelper(form.person, actor);
  if (isRefusal(person)) return person;
  const role = helpRoles.find((known) => known === form.role);
  if (!role) return refuse('no_role', 'Pick whose kind of help it is.', 'role');
  const what = readLine(form.what, { field: 'what', what: 'What you need', max: 200 });
  if (isRefusal(what)) return what;
  const dueOn = parseDay(form.dueOn ?? '');
  const last = addDays(today, furthestDays);
  if (!dueOn || dueOn < today || dueOn > last) {
    const span = `Pick a day from today to ${sayDay(last, today)}.`;
    return refuse('no_day', span, 'due_on');
  }
  return { person, role, what, dueOn };
}

function readHelper(person: Person | undefined, actor: Person): Colleague | Refusal {
  const no = (code: string, message: string) => refuse(code, message, 'person');
  if (!person) return no('no_person', 'Pick the colleague you ask.');
  const { name, slackUserId } = person;
  if (person.id === actor.id) return no('self', 'That is you. Pick the colleague you ask.');
  if (person.standing === 'bot') return no('bot', `${name} is an app. Pick a colleague.`);
  if (!person.active || !slackUserId) {
    return no('left', `${name} is no longer in this workspace. Pick somebody else.`);
  }
  if (person.standing !== 'member') {
    return no('guest', `${name} is a guest here and sees no deals. Pick a full member.`);
  }
  return { ...person, slackUserId };
}
