import type { KnownBlock } from '@slack/types';
import { z } from 'zod';
import { sayDay } from '../../domain/calendar.ts';
import { dealTitle } from '../../domain/deal.ts';
import {
  type FeedbackState,
  feedbackDays,
  feedbackDue,
  feedbackRanOut,
} from '../../domain/feedback.ts';
import {
  callGuide,
  type FeedbackFacts,
  feedbackNote,
  feedbackReminder,
  feedbackSubject,
} from '../../domain/feedback-note.ts';
import type { ContactId, FeedbackRequestId } from '../../domain/ids.ts';
import type { Person } from '../../domain/person.ts';
import {
  actions,
  bold,
  bullets,
  button,
  context,
  input,
  leaf,
  type Modal,
  modal,
  option,
  paragraph,
  plain,
  richText,
} from '../../slack/blocks.ts';
import { followUpIds } from '../../slack/follow-up-actions.ts';
import { type FormValues, readMeta, type View } from '../../slack/payloads.ts';
import { answerLines } from './answer-words.ts';
import type { KnownFeedback } from './reach-feedback.ts';
import type { SendForm } from './send-feedback.ts';

/** Ids of the modal; an input's id is the field a refusal may name. */
export const sendModalIds = {
  view: 'feedback_send',
  sender: 'sender',
  contact: 'contact',
  /** Followed by who writes to whom: other people are another note, which Slack fills in anew. */
  note: 'note_',
} as const;

const meta = z.object({
  feedbackId: z.string(),
  state: z.string(),
  does: z.enum(['keep', 'send', 'remind']),
});

/** Who asks whom with which words: to copy, to change and to send by a person (METHOD §4.6). */
export function buildSendModal(known: KnownFeedback): Modal {
  const { request, deal, today, calendar } = known;
  const due = feedbackDue(request, today, calendar);
  const base = {
    id: sendModalIds.view,
    title: 'Ask for feedback',
    close: 'Not now',
    meta: { feedbackId: request.id, state: request.state, does: due ?? 'keep' },
  };
  const heading = paragraph(bold(dealTitle(deal)), leaf(`\n${standing(known)}`));
  if (feedbackRanOut(request, today, calendar) || !['drafted', 'sent'].includes(request.state)) {
    return modal({ ...base, close: 'Close', blocks: [heading, ...answerBlocks(known)] });
  }
  if (request.state === 'drafted') {
    const submit = due ? 'I sent it' : 'Keep it';
    const blocks = [heading, ...whoInputs(known), noteInput(known, feedbackNote), foot];
    return modal({ ...base, submit, blocks: [...blocks, ...answerBlocks(known), ...guide()] });
  }
  const blocks = due ? [heading, noteInput(known, feedbackReminder), foot] : [heading];
  return modal({
    ...base,
    ...(due ? { submit: 'I sent it' } : { close: 'Close' }),
    blocks: [...blocks, ...answerBlocks(known), ...guide()],
  });
}

const foot = context('You send it, from wherever you write to them. Nothing leaves this app.');

/** Where the request stands and what comes next, in a sentence. */
export function standing({ request, contacts, sender, today, calendar }: KnownFeedback): string {
  const who = contacts.find(({ id }) => id === request.contactId)?.name ?? 'them';
  const by = sender?.name ?? 'a colleague';
  const { sendFrom, remindOn, closesOn } = feedbackDays(request, calendar);
  const say = (day: Parameters<typeof sayDay>[0]) => sayDay(day, today);
  if (request.state === 'not_agreed')
    return 'Nobody is to ask them. What they tell us anyway counts.';
  if (request.state === 'replied') return 'They answered:';
  if (request.state === 'closed' || feedbackRanOut(request, today, calendar)) {
    return `The time for asking ended on ${say(request.closedOn ?? closesOn)}. An answer that comes late counts.`;
  }
  if (request.state === 'drafted') {
    return today < sendFrom
      ? `Best sent from ${say(sendFrom)} on: by then they have settled in with their choice.`
      : `A good time to ask, until ${say(closesOn)}.`;
  }
  const asked = `${by} asked ${who} on ${say(request.sentOn ?? request.draftedOn)}`;
  if (request.state === 'reminded') {
    return `${asked} and once more on ${say(request.remindedOn ?? remindOn)}. That is enough; it rests on ${say(closesOn)}.`;
  }
  if (remindOn >= closesOn) return `${asked}. It rests on ${say(closesOn)}.`;
  return today < remindOn
    ? `${asked}. One reminder from ${say(remindOn)} on, if nothing comes.`
    : `${asked}. One reminder is fine, then no more.`;
}

function whoInputs({ request, sender, contacts }: KnownFeedback): KnownBlock[] {
  const there = contacts.filter(({ leftOn }) => leftOn === undefined).slice(0, 100);
  const options = there.map(({ id, name }) => option(name, id));
  const initial = options.find(({ value }) => value === request.contactId);
  return [
    input({
      field: sendModalIds.sender,
      label: 'Who asks?',
      element: {
        type: 'users_select',
        placeholder: plain('A colleague'),
        ...(sender?.slackUserId ? { initial_user: sender.slackUserId } : {}),
      },
      hint: 'Best somebody who was not selling: people tell a stranger more.',
      dispatch: true,
    }),
    options.length > 0
      ? input({
          field: sendModalIds.contact,
          label: 'Whom?',
          element: {
            type: 'static_select',
            options,
            ...(initial ? { initial_option: initial } : {}),
          },
          dispatch: true,
        })
      : input({
          field: sendModalIds.contact,
          label: 'Whom?',
          element: { type: 'plain_text_input', max_length: 100, placeholder: plain('Dana Lee') },
        }),
  ];
}

function noteInput(known: KnownFeedback, write: (facts: FeedbackFacts) => string): KnownBlock {
  const { senderId, contactId } = known.request;
  return input({
    field: `${sendModalIds.note}${senderId}_${contactId ?? ''}`,
    label: `Subject: ${feedbackSubject}`,
    element: { type: 'plain_text_input', multiline: true, initial_value: write(factsOf(known)) },
    hint: 'Copy it and make it yours.',
  });
}

function factsOf({ request, deal, owner, sender, contacts, today }: KnownFeedback): FeedbackFacts {
  const ownerName = owner?.name ?? 'our team';
  return {
    contactName: contacts.find(({ id }) => id === request.contactId)?.name,
    decidedOn: sayDay(deal.closedOn, today),
    agreed: request.agreed,
    ownerName,
    senderName: sender?.name ?? ownerName,
  };
}

function answerBlocks({ request, deal }: KnownFeedback): KnownBlock[] {
  const texts: Partial<Record<FeedbackState, string>> = {
    replied: 'Change it',
    drafted: 'They told us already',
  };
  const text = texts[request.state] ?? 'They answered';
  const about = dealTitle(deal);
  return [
    ...(request.state === 'replied'
      ? [richText(bullets(...answerLines(request).map((line) => [leaf(line)])))]
      : []),
    actions(
      'feedback_answer',
      button({ id: followUpIds.feedbackReply, text, value: request.id, about }),
    ),
  ];
}

function guide(): KnownBlock[] {
  const items = callGuide.map((question) => [leaf(question)]);
  return [paragraph(bold('If they would rather talk, 20 minutes:')), richText(bullets(...items))];
}

/** The form as it was given back; `userId` is the sender's in Slack. */
export function readSendModal({ view, form }: { view: View; form: FormValues }): {
  id: FeedbackRequestId;
  userId: string | undefined;
  form: Omit<SendForm, 'sender'>;
} {
  const { feedbackId, state, does } = readMeta(view, meta);
  return {
    id: feedbackId as FeedbackRequestId,
    userId: form.user(sendModalIds.sender),
    form: {
      state,
      does,
      contactId: form.choice(sendModalIds.contact),
      contactName: form.text(sendModalIds.contact),
    },
  };
}

/** The same request as it would be with other people. */
export function withWho(
  known: KnownFeedback,
  who: { readonly sender: Person | undefined; readonly contactId: string | undefined },
): KnownFeedback {
  const sender = who.sender ?? known.sender;
  const contact = known.contacts.find(({ id }) => id === who.contactId);
  const contactId: ContactId | undefined = contact?.id ?? known.request.contactId;
  const senderId = sender?.id ?? known.request.senderId;
  const calendar = sender ? { ...known.calendar, workDays: sender.workDays } : known.calendar;
  return { ...known, sender, calendar, request: { ...known.request, senderId, contactId } };
}
