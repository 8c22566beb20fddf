import { dayIn, sayDay } from '../../domain/calendar.ts';
import type { CommitmentId, PracticeId } from '../../domain/ids.ts';
import type { Person } from '../../domain/person.ts';
import type { Commitment, Practice } from '../../domain/practice.ts';
import type { Renderer } from '../../outbox/renderer.ts';
import { actions, bold, button, context, leaf, mention, paragraph } from '../../slack/blocks.ts';
import { followUpIds } from '../../slack/follow-up-actions.ts';
import type { Message } from '../../slack/message.ts';
import { escapeMrkdwn } from '../../slack/mrkdwn.ts';
import { findCommitment } from '../../store/commitments.ts';
import { findPerson } from '../../store/people.ts';
import { findPractice } from '../../store/practices.ts';
import { practiceIds } from './practice-message.ts';

/** What stands before the id in the block ids of these messages. */
const callBlock = 'practice_call';
const switchBlock = 'practice_ask';

/** Somebody is asked to join a call; once their note is there it says so. */
export function buildCallMessage(
  call: Commitment,
  person: Person,
  zone: string,
  now: Date,
): Message {
  const by = sayDay(call.dueOn, dayIn(now, zone));
  const rest = ` asks you to join a call of theirs by ${by} and watch for one thing.`;
  const done = call.state === 'done' ? 'Your note is with them. Thank you.' : undefined;
  const note = button({
    id: followUpIds.commitmentNote,
    text: 'Write what I saw…',
    value: call.id,
    about: call.what,
  });
  return {
    text: escapeMrkdwn(`${person.name}${rest}\n${call.what}${done ? `\n${done}` : ''}`),
    blocks: [
      paragraph(mention(person), leaf(rest)),
      paragraph(bold(call.what)),
      done ? context(done) : actions(`${callBlock}.${call.id}`, note),
    ],
  };
}

/** Their observer's note; what comes next is theirs to say, and nothing else is asked (S3-19). */
export function buildNotedMessage(call: Commitment, observer: Person | undefined): Message {
  const who = observer?.name ?? 'Your observer';
  const rest = ` watched for: ${call.what}`;
  const next = button({ id: practiceIds.next, text: 'What I will try next', value: call.id });
  return {
    text: escapeMrkdwn(`${who}${rest}\n${call.doneNote ?? ''}`),
    blocks: [
      paragraph(observer ? mention(observer) : leaf(who), leaf(rest)),
      paragraph(leaf(call.doneNote ?? '')),
      call.nextTry
        ? context(`What you will try next: ${call.nextTry}`)
        : actions(`${callBlock}.${call.id}`, next),
    ],
  };
}

/** A manager is asked for a yes to another area (METHOD S3-17). */
export function buildSwitchMessage(
  person: Person,
  wanted: Practice,
  active: Practice | undefined,
): Message {
  const rest = ` would like to work on something else than “${active?.behaviour ?? ''}”, before its twenty business days are over:`;
  const isDone = wanted.state !== 'queued';
  const allow = button({ id: practiceIds.allow, text: 'Yes, switch', value: wanted.id });
  return {
    text: escapeMrkdwn(
      isDone
        ? `${person.name} works on: ${wanted.behaviour}`
        : `${person.name}${rest} ${wanted.behaviour}`,
    ),
    blocks: isDone
      ? [paragraph(mention(person), leaf(` works on: ${wanted.behaviour}`))]
      : [
          paragraph(mention(person), leaf(rest)),
          paragraph(bold(wanted.behaviour)),
          actions(`${switchBlock}.${wanted.id}`, allow),
          context('Without a word from you it stays as it is. One thing over time is faster.'),
        ],
  };
}

export const callToWatchRenderer: Renderer = {
  whenUnknown: 'reconcile',
  render: async (tx, { workspaceId, target, payload, now }) => {
    const call = await findCommitment(tx, workspaceId, payload['commitmentId'] as CommitmentId);
    const person = call && (await findPerson(tx, workspaceId, call.personId));
    const observer = call?.observerId && (await findPerson(tx, workspaceId, call.observerId));
    if (!call || !person || !observer) return { do: 'drop', reason: 'no such call' };
    if (call.state !== 'open' || observer.slackUserId !== target) {
      return { do: 'drop', reason: 'it is watched, or somebody else watches' };
    }
    return { do: 'post', target, message: buildCallMessage(call, person, observer.zone, now) };
  },
};

export const callNotedRenderer: Renderer = {
  whenUnknown: 'reconcile',
  render: async (tx, { workspaceId, target, payload }) => {
    const call = await findCommitment(tx, workspaceId, payload['commitmentId'] as CommitmentId);
    if (!call?.doneNote) return { do: 'drop', reason: 'no note' };
    const observer = call.observerId && (await findPerson(tx, workspaceId, call.observerId));
    return { do: 'post', target, message: buildNotedMessage(call, observer || undefined) };
  },
};

export const practiceSwitchRenderer: Renderer = {
  whenUnknown: 'reconcile',
  render: async (tx, { workspaceId, target, payload }) => {
    const wanted = await findPractice(tx, workspaceId, payload['practiceId'] as PracticeId);
    const active = await findPractice(tx, workspaceId, payload['activeId'] as PracticeId);
    const person = wanted && (await findPerson(tx, workspaceId, wanted.personId));
    if (!person || wanted?.state !== 'queued' || active?.state !== 'active') {
      return { do: 'drop', reason: 'nothing is to be switched' };
    }
    return { do: 'post', target, message: buildSwitchMessage(person, wanted, active) };
  },
};
