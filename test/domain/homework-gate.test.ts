import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultPlaybooks } from '../../src/domain/default-playbooks.ts';
import { gateDoneWhen, gateTitle, isWaiting, waitedFor } from '../../src/domain/homework-gate.ts';

const title = (text: string, doneWhen = 'done', side: 'buyer' | 'seller' = 'buyer') =>
  gateTitle(text, { side, doneWhen, field: 'title' });
const steps = defaultPlaybooks.flatMap((playbook) => playbook.steps);
const words = fc.constantFrom('our deck', 'the contract', 'the offer', 'pricing', 'it', 'the plan');

describe('a vague title', () => {
  it.each([
    ['Review our deck', 'Mark what must change in our deck before a yes'],
    ['review the contract.', 'Mark what must change in the contract before a yes'],
    ['Look at the proposal', 'Mark what must change in the proposal before a yes'],
    ['Take a look at Pricing', 'Mark what must change in Pricing before a yes'],
    ['Check out the demo', 'Mark what must change in the demo before a yes'],
    ['Please go through the offer', 'Mark what must change in the offer before a yes'],
    ['Give us feedback on the trial', 'Name three things to change in the trial'],
    ['Feedback', 'Name three things to change in it'],
    ['Think about our offer', 'Write down a yes or a no to our offer, with the reason'],
    [
      'Discuss the budget internally',
      'Write down a yes or a no to the budget internally, with the reason',
    ],
    ['Consider it', 'Write down a yes or a no to it, with the reason'],
    ['Align on scope', 'Agree three points with a name and a day each: scope'],
    ['Help with the rollout', 'Finish one part of this and send it over: the rollout'],
    ['Meeting', 'List what we decide in it, with a name and a day each'],
    ['TBD', 'List what we decide in it, with a name and a day each'],
  ])('“%s” comes back as “%s”', (typed, better) => {
    expect(title(typed)).toEqual({
      refused: true,
      code: 'vague_title',
      field: 'title',
      message: `Say what comes out of it, such as: “${better}”.`,
    });
    expect(title(better)).toBeUndefined();
  });

  it.each([
    ['Review the contract and mark what must change', 'done'],
    ['Look at both options, choose one', 'done'],
    ['Review our deck', 'Three open questions are in the document'],
    ['Check the numbers', 'A written yes from finance'],
    ['Read back within two days what we heard', 'done'],
    ['Draft', 'done'],
  ])('“%s” with “%s” says what comes out of it', (typed, doneWhen) => {
    expect(title(typed, doneWhen)).toBeUndefined();
  });

  it('is refused whatever it is about, when “done when” names nothing either', () => {
    const asks = ['Review', 'Look at', 'Check', 'Read', 'Consider', 'Think about', 'Discuss'];
    const openings = fc.constantFrom('', 'Please ', 'Can you ', 'They ');
    const empty = fc.constantFrom('done', 'When it is ready', 'They reviewed it', 'ok', '');
    const property = fc.property(openings, fc.constantFrom(...asks), words, empty, (a, b, c, d) => {
      const ask = `${a}${a === '' ? b : b.toLowerCase()} ${c}`;
      expect(title(ask, d), ask).toMatchObject({ code: 'vague_title', field: 'title' });
    });
    fc.assert(property);
  });
});

describe('waiting', () => {
  it.each([
    'Waiting for legal',
    'Wait to hear from Dana',
    'We are waiting on the contract',
    'They will get back to us',
    'Dana gets back to me on Friday',
    "They'll get back on this",
    'Sent the information',
    'I sent them the proposal',
    'Pending their reply',
    'Decision pending customer approval',
    'Follow up with Dana',
    'Following up',
    'Follow-up',
    'Check in with the champion',
    'Check in',
    'Touch base next week',
    'Circle back after the holidays',
    'Stay in touch',
    'Awaiting signature',
    'Chase legal',
    'The ball is in their court',
  ])('“%s” is no step of ours, and asks what we do meanwhile', (typed) => {
    expect(title(typed, 'Names are in the document', 'seller')).toEqual({
      refused: true,
      code: 'waiting',
      field: 'title',
      message: 'Waiting is fine. What are we doing meanwhile?',
    });
    expect(title(typed, 'Names are in the document', 'buyer')).toMatchObject({
      code: 'vague_title',
    });
  });

  it.each([
    'Put a number on the cost of waiting',
    'Check in the test data',
    'Send the follow-up answers to security',
    'Book the touchdown call',
  ])('“%s” is not waiting', (typed) => {
    expect(isWaiting(typed)).toBe(false);
  });

  it('knows what is waited for, when it says', () => {
    expect(waitedFor('We are waiting for the signed NDA')).toBe('the signed NDA');
    expect(waitedFor('Touch base')).toBe('');
  });
});

describe('“done when”', () => {
  it.each([
    'done',
    'Done.',
    'OK',
    'when ready',
    'When it is done',
    'it is finished',
    'asap',
    'n/a',
    'They have reviewed it',
    'reviewed',
    'list who signs',
    'List who signs!',
    'all good',
    '—',
    '',
  ])('“%s” says nothing', (typed) => {
    expect(gateDoneWhen(typed, 'List who signs', 'done_when')).toEqual({
      refused: true,
      code: 'empty_done_when',
      field: 'done_when',
      message:
        'Say what both sides can see then, such as: “Names and order are in the shared document”.',
    });
  });

  it.each(['They have it', 'Sent', 'Names are in the document', 'Dana signed', 'It is live'])(
    '“%s” says something',
    (typed) => {
      expect(gateDoneWhen(typed, 'List who signs', 'done_when')).toBeUndefined();
    },
  );

  it('suggests an example that would be accepted', () => {
    for (const { title: step } of steps) {
      const { message = '' } = gateDoneWhen('done', step, 'done_when') ?? {};
      const example = /“(.+)”/.exec(message)?.[1] ?? '';
      expect(gateDoneWhen(example, step, 'done_when'), step).toBeUndefined();
    }
  });
});

describe('a good step', () => {
  it('of every playbook passes, with nothing but its title', () => {
    expect(steps.length).toBeGreaterThanOrEqual(40);
    for (const step of steps) {
      for (const side of ['buyer', 'seller'] as const) {
        expect(title(step.title, 'done', side), step.title).toBeUndefined();
      }
      expect(gateDoneWhen(step.doneWhen, step.title, 'done_when'), step.doneWhen).toBeUndefined();
    }
  });

  it('passes however it is written: upper case, blanks and a full stop', () => {
    const good = fc.constantFrom(...steps.map((step) => step.title));
    const spoken = fc.constantFrom(
      (text: string) => text.toUpperCase(),
      (text: string) => ` ${text}. `,
      (text: string) => text.toLowerCase(),
    );
    fc.assert(
      fc.property(good, spoken, (step, say) => {
        expect(title(say(step), 'done', 'seller'), say(step)).toBeUndefined();
      }),
    );
  });
});
