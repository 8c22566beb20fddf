import type { App, ViewResponseAction } from '@slack/bolt';
import type { PlainTextOption } from '@slack/types';
import type { ChannelId } from '../domain/ids.ts';
import type { Person } from '../domain/person.ts';
import { isRefusal, type Refusal } from '../domain/refusal.ts';
import type { Modal } from './blocks.ts';
import { classifySlackError } from './errors.ts';
import type { Gateway } from './gateway.ts';
import type { Message } from './message.ts';
import {
  clickPayload,
  FormValues,
  submissionPayload,
  suggestionPayload,
  type View,
} from './payloads.ts';
import type { Responder } from './responder.ts';
import { noticeModal, refuseOutsider, sentence, trouble } from './words.ts';

/** Somebody used an element of a message or a modal. */
export interface Click {
  readonly actor: Person;
  readonly triggerId: string;
  /** Absent for elements of modals. */
  readonly responseUrl: string | undefined;
  readonly channelId: ChannelId | undefined;
  /** Empty for elements of modals, and where Slack gives no name. */
  readonly channelName: string;
  readonly blockId: string;
  readonly actionId: string;
  /** A button's value or the chosen option's; a hint, never an authority. */
  readonly value: string;
  readonly view: View | undefined;
  readonly form: FormValues;
}

/** Somebody submitted a modal. */
export interface Submission {
  readonly actor: Person;
  readonly view: View;
  readonly form: FormValues;
}

/** What a submitted modal becomes. */
export type SubmissionAnswer =
  | { readonly do: 'close' }
  /** Leaves this form only: what it was pushed on stands again. */
  | { readonly do: 'back' }
  | { readonly do: 'show'; readonly modal: Modal }
  /** Stays open with a sentence under each of several inputs. */
  | { readonly do: 'errors'; readonly errors: Readonly<Record<string, string>> }
  | Refusal;

/** The lists an external select shows. */
export interface Suggestion {
  readonly actor: Person;
  readonly typed: string;
  readonly view: View | undefined;
}

/** What every listener needs of its surroundings. */
export interface Surroundings {
  readonly bolt: App;
  readonly responder: Responder;
  readonly gateway: Pick<Gateway, 'pushView'>;
  readonly knowPerson: (slack: { teamId: string; userId: string }) => Promise<Person>;
  /** Tells the dispatcher that something may have been queued. */
  readonly wake: () => void;
  /** Logs an error and returns the reference that finds it again. */
  readonly report: (error: unknown, where: string) => string;
}

/**
 * Handles clicks on the element `id`. The work is done before the acknowledgement, so that an
 * acknowledged click is never lost; a returned refusal is told to the person who clicked, in a modal
 * on top of the one they clicked in.
 */
export function onClick(
  around: Surroundings,
  id: string | RegExp,
  handle: (
    click: Click,
    acknowledge: () => Promise<void>,
  ) => Promise<Message | Refusal | undefined>,
): void {
  around.bolt.action(id, async ({ ack, body }) => {
    const payload = clickPayload.parse(body);
    const [action] = payload.actions;
    const acknowledge = once(() => ack());
    const { response_url: responseUrl, trigger_id: triggerId } = payload;
    const tell = async (message: Message) => {
      if (responseUrl) await around.responder.answer(responseUrl, message);
    };
    const say = async (text: string) => {
      if (!payload.view) return tell(sentence(text));
      await around.gateway.pushView({ triggerId, view: noticeModal(text) });
    };
    try {
      const actor = await around.knowPerson(whoIs(payload));
      const click = {
        actor,
        triggerId,
        responseUrl,
        channelId: payload.channel?.id as ChannelId | undefined,
        channelName: payload.channel?.name ?? '',
        blockId: action.block_id,
        actionId: action.action_id,
        value: action.value ?? action.selected_option?.value ?? '',
        view: payload.view,
        form: new FormValues(payload.view),
      };
      const result = refuseOutsider(actor) ?? (await handle(click, acknowledge));
      await acknowledge();
      if (isRefusal(result)) await say(result.message);
      else if (result) await tell(result);
    } catch (error) {
      await acknowledge();
      // The view has changed since the click: whoever clicked sees the fresh one by now.
      if (classifySlackError(error).code === 'hash_conflict') return;
      await say(trouble(error, around.report(error, `click ${action.action_id}`)));
    }
  });
}

/** Handles submissions of the modal `id`; a refusal keeps the modal open with all that was typed. */
export function onSubmit(
  around: Surroundings,
  id: string,
  handle: (submission: Submission) => Promise<SubmissionAnswer>,
): void {
  around.bolt.view({ callback_id: id, type: 'view_submission' }, async ({ ack, body }) => {
    const payload = submissionPayload.parse(body);
    try {
      const actor = await around.knowPerson(whoIs(payload));
      const answer =
        refuseOutsider(actor) ??
        (await handle({ actor, view: payload.view, form: new FormValues(payload.view) }));
      if (isRefusal(answer)) {
        await ack(refusalAnswer(answer, payload.view));
      } else if (answer.do === 'show') {
        await ack({ response_action: 'update', view: answer.modal });
      } else if (answer.do === 'errors') {
        await ack({ response_action: 'errors', errors: answer.errors });
      } else if (answer.do === 'back') {
        await ack();
      } else {
        await ack({ response_action: 'clear' });
      }
      // What a form changes may stand in other messages too: they follow at once.
      around.wake();
    } catch (error) {
      const reference = around.report(error, `submission ${id}`);
      await ack(refusalAnswer({ message: trouble(error, reference) }, payload.view));
    }
  });
}

/** Answers what an external select asks for while somebody types. */
export function onSuggest(
  around: Surroundings,
  id: string,
  handle: (suggestion: Suggestion) => Promise<{ options: PlainTextOption[] }>,
): void {
  around.bolt.options(id, async ({ ack, body }) => {
    const payload = suggestionPayload.parse(body);
    try {
      const actor = await around.knowPerson(whoIs(payload));
      const outsider = refuseOutsider(actor);
      const suggestion = { actor, typed: payload.value, view: payload.view };
      await ack(outsider ? { options: [] } : await handle(suggestion));
    } catch (error) {
      around.report(error, 'suggestion');
      await ack({ options: [] });
    }
  });
}

/** Slack takes one acknowledgement; a handler may give it early. */
function once(run: () => Promise<void>): () => Promise<void> {
  let first: Promise<void> | undefined;
  return () => {
    first ??= run();
    return first;
  };
}

function whoIs(payload: {
  user: { id: string; team_id?: string | undefined };
  team?: { id: string } | null | undefined;
}) {
  return { teamId: payload.team?.id ?? payload.user.team_id ?? '', userId: payload.user.id };
}

/**
 * Slack shows errors under inputs only: one about the whole modal goes under its last input, and a
 * modal without inputs turns into the sentence.
 */
function refusalAnswer(
  { field, message }: Pick<Refusal, 'field' | 'message'>,
  view: View,
): ViewResponseAction {
  const inputs = view.blocks.filter(({ type }) => type === 'input').map((block) => block.block_id);
  const place = inputs.find((id) => id === field) ?? inputs.at(-1);
  return place
    ? { response_action: 'errors', errors: { [place]: message } }
    : { response_action: 'update', view: noticeModal(message) };
}
