import { describe, expect, it } from 'vitest';
import { type BusinessCalendar, day, weekdays } from '../../src/domain/calendar.ts';
import {
  askingDays,
  chooseSender,
  feedbackDays,
  feedbackDraftedOn,
  feedbackDue,
  feedbackRanOut,
} from '../../src/domain/feedback.ts';
import {
  agreementLine,
  callGuide,
  feedbackNote,
  feedbackReminder,
  feedbackSubject,
} from '../../src/domain/feedback-note.ts';
import type { PersonId, SlackUserId, WorkspaceId } from '../../src/domain/ids.ts';
import type { Person } from '../../src/domain/person.ts';

const lostOn = day('2026-11-23');
const draftedOn = feedbackDraftedOn(lostOn, weekdays);
const drafted = { state: 'drafted', draftedOn, sentOn: undefined } as const;
const sentOn = (on: string) => ({ ...drafted, state: 'sent', sentOn: day(on) }) as const;
const due = (request: Parameters<typeof feedbackDue>[0], on: string) =>
  feedbackDue(request, day(on), weekdays);

describe('the days of a question to a buyer', () => {
  it('are one, five, ten and twenty business days after the loss was logged', () => {
    expect(draftedOn).toBe('2026-11-24');
    expect(feedbackDays(drafted, weekdays)).toEqual({
      sendFrom: '2026-11-30',
      remindOn: '2026-12-07',
      closesOn: '2026-12-21',
    });
  });

  it('leave out the holidays of both sides', () => {
    const thanksgiving: BusinessCalendar = { ...weekdays, holidays: new Set(['2026-11-26']) };
    expect(feedbackDays(drafted, thanksgiving).sendFrom).toBe('2026-12-01');
  });

  it('ask to send from the fifth, never before, until the twentieth', () => {
    expect(due(drafted, '2026-11-29')).toBeUndefined();
    expect(due(drafted, '2026-11-30')).toBe('send');
    expect(due(drafted, '2026-12-20')).toBe('send');
    expect(due(drafted, '2026-12-21')).toBeUndefined();
  });

  it('ask for one reminder from the tenth, and none after it', () => {
    expect(due(sentOn('2026-11-30'), '2026-12-06')).toBeUndefined();
    expect(due(sentOn('2026-11-30'), '2026-12-07')).toBe('remind');
    expect(due({ ...sentOn('2026-11-30'), state: 'reminded' }, '2026-12-08')).toBeUndefined();
  });

  it('give who was asked late five business days before a reminder', () => {
    expect(due(sentOn('2026-12-04'), '2026-12-10')).toBeUndefined();
    expect(due(sentOn('2026-12-04'), '2026-12-11')).toBe('remind');
  });

  it('ask though nobody at their end is named yet: the note asks for a name', () => {
    expect(due(drafted, '2026-12-01')).toBe('send');
  });

  it('are those the sender works, without the holidays of both sides', () => {
    const holidays = new Set(['2026-11-26']);
    const calendars = { planOf: () => ({ ...weekdays, holidays }) };
    const sundays = askingDays({ workDays: [0, 1, 2, 3, 4] }, calendars, 'IL');
    // Logged on a Thursday: Friday is their weekend.
    const thursday = feedbackDraftedOn(day('2026-11-19'), sundays);
    expect(thursday).toBe('2026-11-22');
    expect(feedbackDays({ draftedOn: thursday, sentOn: undefined }, sundays)).toEqual({
      sendFrom: '2026-11-29',
      remindOn: '2026-12-06',
      closesOn: '2026-12-20',
    });
    expect(askingDays(undefined, calendars, undefined)).toEqual({ ...weekdays, holidays });
  });

  it('run out on the twentieth, for what has no answer alone', () => {
    expect(feedbackRanOut(drafted, day('2026-12-20'), weekdays)).toBe(false);
    expect(feedbackRanOut(drafted, day('2026-12-21'), weekdays)).toBe(true);
    const replied = { ...drafted, state: 'replied' } as const;
    expect(feedbackRanOut(replied, day('2027-01-21'), weekdays)).toBe(false);
  });
});

function person(name: string, facts: Partial<Person> = {}): Person {
  return {
    id: name as PersonId,
    workspaceId: 'T' as WorkspaceId,
    slackUserId: `U${name}` as SlackUserId,
    name,
    email: undefined,
    role: 'rep',
    standing: 'member',
    managerId: undefined,
    zone: 'America/New_York',
    workDays: [1, 2, 3, 4, 5],
    active: true,
    ...facts,
  };
}

describe('who asks', () => {
  const owner = person('anna');
  const manager = person('ben');
  const helper = person('mia');
  const colleague = person('zoe');
  const all = { owner, manager, helpers: [helper], colleagues: [colleague] };

  it.each([
    ['the manager who was not on it', all, 'ben'],
    ['a colleague where the manager sold along', { ...all, helpers: [helper, manager] }, 'zoe'],
    ['a colleague where there is no manager', { ...all, manager: undefined }, 'zoe'],
    ['a helper where nobody else is there', { ...all, manager: undefined, colleagues: [] }, 'mia'],
    ['the owner last', { owner, manager: undefined, helpers: [], colleagues: [owner] }, 'anna'],
    ['nobody who left', { ...all, manager: { ...manager, active: false } }, 'zoe'],
    [
      'nobody without Slack',
      { ...all, manager: undefined, colleagues: [{ ...colleague, slackUserId: undefined }] },
      'mia',
    ],
  ])('is %s', (_name, people, expected) => {
    expect(chooseSender(people).name).toBe(expected);
  });
});

describe('the words to a buyer', () => {
  const facts = {
    contactName: 'Dana Lee',
    decidedOn: 'Mon 23 Nov',
    agreed: true,
    ownerName: 'Anna Snelling',
    senderName: 'Ben Okafor',
  };
  const note = feedbackNote(facts);
  const all = [
    note,
    feedbackNote({ ...facts, agreed: false, senderName: 'Anna Snelling', contactName: undefined }),
    feedbackReminder(facts),
    agreementLine,
    feedbackSubject,
    ...callGuide,
  ];

  it('ask which part of the approach to improve, and not to be spared (S3-15)', () => {
    expect(note).toContain(
      'which part of the way we worked with you most needs improving? Please do not soften it for us.',
    );
  });

  it('name the plain choices, from whom it is, and that no sales call follows', () => {
    expect(note).toContain(
      'listening · explaining · speed · fitting how you buy · giving you confidence · something else',
    );
    expect(note).toContain('Hi Dana,');
    expect(note).toContain('I work with Anna Snelling');
    expect(note).toContain('no sales call will follow');
    expect(note).toContain('At the start you kindly said you would tell us straight.');
    expect(note.endsWith('Ben Okafor')).toBe(true);
  });

  it('remind once and allow silence', () => {
    expect(feedbackReminder(facts)).toContain('A last try: one word is plenty.');
    expect(feedbackReminder(facts)).toContain('no reply is a fine answer');
  });

  it('claim no promise that was not given', () => {
    expect(all[1]).not.toContain('kindly');
    expect(all[1]).toMatch(/^Hello,/);
    expect(all[1]).toContain('I am asking for one thing');
  });

  it('never say homework or lost, and never push', () => {
    for (const text of all) {
      expect(text).not.toMatch(
        /homework|\blost\b|\bloss\b|just checking|gentle reminder|competitor/i,
      );
    }
  });
});
