import { describe, expect, it } from 'vitest';
import { type Day, day } from '../../src/domain/calendar.ts';
import type { HomeworkId, PersonId, SlackUserId } from '../../src/domain/ids.ts';
import { mentionKey, planNudges } from '../../src/domain/nudge.ts';

function due(id: string, dueOn: string, person = 'P1', workDays = [1, 2, 3, 4, 5]) {
  return {
    homeworkId: id as HomeworkId,
    dueOn: day(dueOn),
    personId: person as PersonId,
    slackUserId: `U_${person}` as SlackUserId,
    workDays,
  };
}

const plan = (steps: ReturnType<typeof due>[], today: string, mentioned: string[] = []) =>
  planNudges(steps, today as Day, { mentioned: new Set(mentioned) }).map(({ personId, items }) => [
    personId,
    items.map(({ homeworkId }) => homeworkId),
  ]);

describe('a morning’s bundle', () => {
  const steps = [
    due('late', '2026-11-20'),
    due('today', '2026-11-24'),
    due('soon', '2026-11-26'),
    due('far', '2026-11-27'),
  ];

  it('holds what is late, due today and due within two business days', () => {
    expect(plan(steps, '2026-11-24')).toEqual([['P1', ['late', 'today', 'soon']]]);
  });

  it('announces a step ahead of its day only once, and names it again on the day', () => {
    const soon = due('soon', '2026-11-26');
    expect(plan([soon], '2026-11-25', [mentionKey(soon)])).toEqual([]);
    expect(plan([soon], '2026-11-26', [mentionKey(soon)])).toEqual([['P1', ['soon']]]);
  });

  it('announces a step again that got another day', () => {
    const before = mentionKey(due('moved', '2026-11-26'));
    expect(plan([due('moved', '2026-12-02')], '2026-11-30', [before])).toEqual([['P1', ['moved']]]);
  });

  it('looks across the weekend', () => {
    expect(plan([due('monday', '2026-11-30')], '2026-11-26')).toEqual([['P1', ['monday']]]);
  });

  it('stays silent on days the person does not work', () => {
    expect(plan(steps, '2026-11-28')).toEqual([]);
    const sundayWorker = [due('late', '2026-11-20', 'P2', [0, 1, 2, 3, 4])];
    expect(plan(sundayWorker, '2026-11-29')).toEqual([['P2', ['late']]]);
    expect(plan(sundayWorker, '2026-11-27')).toEqual([]);
  });

  it('gives each person one bundle', () => {
    const both = [
      due('a', '2026-11-24', 'P1'),
      due('b', '2026-11-24', 'P2'),
      due('c', '2026-11-24'),
    ];
    expect(plan(both, '2026-11-24')).toEqual([
      ['P1', ['a', 'c']],
      ['P2', ['b']],
    ]);
  });
});
