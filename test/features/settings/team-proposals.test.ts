import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { day } from '../../../src/domain/calendar.ts';
import { settle, submit } from '../../support/deals.ts';
import { startWorld, type World } from '../../support/homeroom.ts';
import { rowsOf } from '../../support/rows.ts';
import { actionsOn, inputsOn } from '../../support/shown.ts';
import { miasTeam, openSegment, plantWon, turnTo, wordsForMia } from './team-world.ts';

let world: World;
beforeEach(async () => {
  world = await startWorld();
});
afterEach(() => world.stop());

// Twelve business days to the change, nine more to the end.
const history = {
  openedOn: day('2026-10-01'),
  phaseOn: '2026-10-19',
  answered: ['2026-10-05', '2026-10-07'],
} as const;

async function plantWins(count: number): Promise<void> {
  const { anna, ben } = await miasTeam(world);
  for (let nth = 1; nth <= count; nth += 1) {
    await plantWon(world, nth % 2 ? anna : ben, nth, history);
  }
}

describe('what a team’s own wins propose', () => {
  it('is shown with its n and only fills the form in', async () => {
    await plantWins(8);
    await openSegment(world, 'mid');
    const words = wordsForMia(world);
    expect(words).toContain(
      'Your 8 won mid-market deals: longest time in one phase 25 → 18 business days.',
    );
    expect(words).toContain(
      'Your 8 won mid-market deals: they usually answer within 3 → 2 business days.',
    );
    const { mia } = world;
    await settle(world, mia.press(mia.topView(), 'settings_team_use', { value: 'typical_reply' }));
    expect(inputsOn(mia.topView())).toContain('typical_reply_mid_1');
    expect(wordsForMia(world)).toContain(
      'Your 8 won mid-market deals fit: they usually answer within 2 business days.',
    );
    expect(await rowsOf(world.app.store, 'teamRules')).toEqual([]);

    await submit(world, mia);
    expect(await rowsOf(world.app.store, 'teamRules')).toMatchObject([
      { version: 1, rules: { norms: { mid: { typicalReplyBd: 2 } }, thresholds: {} } },
    ]);
  });

  it('is taken line by line, beside what was typed', async () => {
    await plantWins(8);
    await openSegment(world, 'mid');
    const { mia } = world;
    await mia.choose(mia.topView(), 'contacts_mid_0', '4');
    await settle(world, mia.press(mia.topView(), 'settings_team_use', { value: 'phase_age' }));
    await turnTo(world, 'silence');
    expect(wordsForMia(world)).toContain(
      'silence that stalls (awareness/interest/preference/decision) 10/8/7/5 → 7/5/5/3 business days.',
    );
    await settle(world, mia.press(mia.topView(), 'settings_team_use', { value: 'silence' }));
    await submit(world, mia);
    const [saved] = await rowsOf(world.app.store, 'teamRules');
    expect(saved?.rules.norms).toEqual({
      mid: {
        contacts: 4,
        phaseAgeBd: 18,
        silenceLimitBd: { awareness: 7, interest: 5, preference: 5, decision: 3 },
      },
    });
  });

  it('waits for the eighth win', async () => {
    await plantWins(7);
    await openSegment(world, 'mid');
    expect(wordsForMia(world)).toContain('not enough yet (7 of 8, with their phases kept)');
    expect(actionsOn(world.mia.topView())).not.toContain('settings_team_use');
  });

  it('counts neither imported deals, other kinds, other teams nor lost ones', async () => {
    await plantWins(7);
    const { anna, mia } = await miasTeam(world);
    await plantWon(world, anna, 20, { ...history, imported: true });
    await plantWon(world, anna, 21, { ...history, segment: 'ent' });
    await plantWon(world, mia, 22, history);
    await plantWon(world, anna, 23, { ...history, status: 'lost' });
    await plantWon(world, anna, 24, { ...history, phaseOn: undefined });
    await openSegment(world, 'mid');
    const words = wordsForMia(world);
    expect(words).toContain('not enough yet (7 of 8, with their phases kept)');
    expect(words).toContain('Your 8 won mid-market deals: they usually answer within 3 → 2');
  });
});
