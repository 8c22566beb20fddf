import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addDays, day } from '../../../src/domain/calendar.ts';
import type { Deal } from '../../../src/domain/deal.ts';
import type { NudgeKind } from '../../../src/domain/nudge.ts';
import type { Person } from '../../../src/domain/person.ts';
import { know, settle, submit } from '../../support/deals.ts';
import { startWorld, type World } from '../../support/homeroom.ts';
import { plantDeal } from '../../support/planted.ts';
import { rowsOf } from '../../support/rows.ts';
import { actionsOn } from '../../support/shown.ts';
import { miasTeam, openSegment, plantQuestion, third, turnTo, wordsForMia } from './team-world.ts';

let world: World;
let people: readonly Person[];
let deal: Deal;
beforeEach(async () => {
  world = await startWorld();
  const { mia, anna, ben } = await miasTeam(world);
  people = [anna, ben, await third(world, mia)];
  deal = await plantDeal(world, anna, { segment: 'mid', kind: 'new' });
});
afterEach(() => world.stop());

/** So many questions to the team in turn, the first of them called not a problem. */
async function ask(
  kind: NudgeKind,
  asked: { n: number; dismissed: number; from?: string; of?: readonly Person[] },
): Promise<void> {
  const { n, dismissed, from = '2026-10-01', of = people } = asked;
  for (let nth = 0; nth < n; nth += 1) {
    const reader = of[nth % of.length];
    if (!reader) throw new Error('Nobody to ask.');
    await plantQuestion(world, reader, deal, {
      on: addDays(day(from), nth),
      kind,
      ...(nth < dismissed ? { answer: 'not_a_problem' as const } : {}),
    });
  }
}

describe('how often a rule is called not a problem', () => {
  it('is shown to the manager, with a number that is mostly dismissed to loosen', async () => {
    await ask('silence', { n: 12, dismissed: 9 });
    await openSegment(world, 'mid');
    await turnTo(world, 'silence');
    expect(wordsForMia(world)).toContain(
      'They have been quiet for longer than usual: 9 of 12 called not a problem. Loosen 10/8/7/5, usual answer 3 → 15/12/10/7, usual answer 4?',
    );
    expect(wordsForMia(world)).toContain('What one person answered is not shown.');
    const { mia } = world;
    await settle(world, mia.press(mia.topView(), 'settings_team_loosen'));
    expect(wordsForMia(world)).toContain('Changed here to 15/12/10/7, usual answer 4.');
    expect(await rowsOf(world.app.store, 'teamRules')).toEqual([]);
    await submit(world, mia);
    const [saved] = await rowsOf(world.app.store, 'teamRules');
    expect(saved?.rules.norms).toEqual({
      mid: {
        typicalReplyBd: 4,
        silenceLimitBd: { awareness: 15, interest: 12, preference: 10, decision: 7 },
      },
    });
    // What was asked before is no witness against the new numbers.
    await openSegment(world, 'mid');
    await turnTo(world, 'silence');
    expect(wordsForMia(world)).toContain('not enough yet (0 of 8 questions)');
  });

  it('is shown and nothing more where most of it is heard', async () => {
    await ask('ping_pong', { n: 9, dismissed: 4 });
    await openSegment(world, 'mid');
    await turnTo(world, 'dates');
    expect(wordsForMia(world)).toContain('4 of 9 called not a problem.');
    expect(actionsOn(world.mia.topView())).not.toContain('settings_team_loosen');
  });

  it('waits for eight questions that arrived in the last 90 days', async () => {
    await ask('no_next', { n: 7, dismissed: 7 });
    const [anna] = people;
    if (!anna) throw new Error('Anna is missing.');
    const more = { kind: 'no_next', answer: 'not_a_problem' } as const;
    await plantQuestion(world, anna, deal, { ...more, on: day('2026-08-20') });
    await plantQuestion(world, anna, deal, { ...more, on: day('2026-11-20'), arrived: false });
    await openSegment(world, 'mid');
    await turnTo(world, 'late');
    expect(wordsForMia(world)).toContain('No step lies ahead: not enough yet (7 of 8 questions).');
  });

  it('is not shown when only one or two people were asked', async () => {
    await ask('phase', { n: 10, dismissed: 10, of: people.slice(0, 2) });
    await openSegment(world, 'mid');
    const words = wordsForMia(world);
    expect(words).toContain('asked of fewer than 3 people, so it is not shown.');
    expect(words).not.toContain('of 10 called');
  });

  it('is of this team and, for the numbers of a kind of deals, of these deals alone', async () => {
    await ask('silence', { n: 8, dismissed: 0 });
    const [anna, ben] = people;
    if (!anna || !ben) throw new Error('The team is missing.');
    const small = await plantDeal(world, anna, { account: 'Tiny', segment: 'smb', kind: 'new' });
    await plantQuestion(world, anna, small, {
      on: day('2026-11-12'),
      kind: 'silence',
      answer: 'not_a_problem',
    });
    await know(world, world.mia, { managerId: ben.id });
    const mia = await know(world, world.mia);
    await plantQuestion(world, mia, deal, {
      on: day('2026-11-12'),
      kind: 'silence',
      answer: 'not_a_problem',
    });
    await openSegment(world, 'mid');
    await turnTo(world, 'silence');
    expect(wordsForMia(world)).toContain('0 of 8 called not a problem.');
  });

  it('is shown without a number to change where the rule has none', async () => {
    await ask('carry', { n: 9, dismissed: 9 });
    await openSegment(world, 'mid');
    await turnTo(world, 'rest');
    expect(wordsForMia(world)).toContain(
      'Nearly all the work is ours: 9 of 9 called not a problem.',
    );
    expect(actionsOn(world.mia.topView())).not.toContain('settings_team_loosen');
  });
});
