import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { know, resubmit, runDeal, settle, submit } from '../../support/deals.ts';
import { startWorld, type World } from '../../support/homeroom.ts';
import { rowsOf } from '../../support/rows.ts';
import { actionsOn, answer, inputsOn, wordsOn } from '../../support/shown.ts';
import { miasTeam, openSegment, pick, turnTo, wordsForMia } from './team-world.ts';

let world: World;
beforeEach(async () => {
  world = await startWorld();
});
afterEach(() => world.stop());

const kept = async () =>
  (await rowsOf(world.app.store, 'teamRules'))
    .sort((a, b) => a.version - b.version)
    .map(({ version, rules }) => ({ version, rules }));

describe('the numbers of a team', () => {
  it('ask for the kind of deals first, then show its numbers as they count', async () => {
    await miasTeam(world);
    await runDeal(world, world.mia, 'settings team');
    expect(wordsForMia(world)).toContain('The team of Mia Brandt · 2 people');
    expect(wordsForMia(world)).toContain('these are the numbers every team begins with');
    expect(inputsOn(world.mia.topView())).toEqual([]);
    expect(world.mia.topView().submit).toBeUndefined();

    await pick(world, 'mid');
    expect(wordsForMia(world)).toContain('Mid-market: pace and people');
    expect(filledIn()).toEqual({
      typical_reply_mid_0: '3',
      next_step_horizon_mid_0: '10',
      quiet_gap_mid_0: '7',
      phase_age_mid_0: '25',
      contacts_mid_0: '3',
    });
    await pick(world, 'ent');
    expect(filledIn()).toMatchObject({ phase_age_ent_0: '40', contacts_ent_0: '5' });
  });

  it('are saved as a version that says who changed what when, and stay in the form', async () => {
    const { mia } = await miasTeam(world);
    await openSegment(world, 'mid');
    await submit(world, world.mia, { phase_age_mid_0: '19', typical_reply_mid_0: '4' });
    expect(wordsForMia(world)).toContain('Version 1 counts for the team of Mia Brandt');
    const first = { norms: { mid: { typicalReplyBd: 4, phaseAgeBd: 19 } }, thresholds: {} };
    expect(await kept()).toEqual([{ version: 1, rules: first }]);

    await world.goTo('2026-11-24T15:00:00Z');
    await settle(world, world.mia.press(world.mia.topView(), 'settings_team_open'));
    await turnTo(world, 'late');
    await submit(world, world.mia, { no_next_step_watch_0: '3' });
    const second = { ...first, thresholds: { no_next_step: { watch: 3, stall: 5 } } };
    expect(await kept()).toEqual([
      { version: 1, rules: first },
      { version: 2, rules: second },
    ]);
    expect(await rowsOf(world.app.store, 'teamRules')).toMatchObject([
      { changedById: mia.id, managerId: mia.id },
      { changedById: mia.id, changedAt: new Date('2026-11-24T15:00:00Z') },
    ]);

    await openSegment(world, 'mid');
    expect(wordsForMia(world)).toContain(
      'Changed by Mia Brandt on Tue 24 Nov, version 2. No step lies ahead: watch from this many business days on: 2 → 3.',
    );
    expect(filledIn()).toMatchObject({ phase_age_mid_0: '19', typical_reply_mid_0: '4' });
  });

  it('of every page and kind of deals go into one version', async () => {
    await miasTeam(world);
    await openSegment(world, 'smb');
    await type({ phase_age_smb_0: '12' });
    await turnTo(world, 'silence');
    await type({ silence_decision_smb_0: '4', decider_stall_smb_0: '3' });
    await pick(world, 'svc');
    expect(wordsForMia(world)).toContain('Services: silence and decider');
    await turnTo(world, 'dates');
    expect(inputsOn(world.mia.topView())).toHaveLength(6);
    await type({ date_slipped_stall_0: '4' });
    await turnTo(world, 'rest');
    expect(wordsForMia(world)).toContain('What is changed here is not saved yet.');
    await submit(world, world.mia, { does_not_fit_watch_0: '0', does_not_fit_stall_0: '7' });
    expect(await kept()).toEqual([
      {
        version: 1,
        rules: {
          norms: {
            smb: {
              phaseAgeBd: 12,
              silenceLimitBd: { awareness: 5, interest: 5, preference: 4, decision: 4 },
              deciderMetBd: { watch: 5, stall: 3 },
            },
          },
          thresholds: {
            date_slipped: { watch: 1, stall: 4 },
            does_not_fit: { watch: 0, stall: 7 },
          },
        },
      },
    ]);
  });

  it('go back to the usual with a version of their own', async () => {
    await miasTeam(world);
    await openSegment(world, 'mid');
    expect(actionsOn(world.mia.topView())).not.toContain('settings_team_reset');
    await submit(world, world.mia, { phase_age_mid_0: '19' });
    await openSegment(world, 'mid');
    expect(wordsForMia(world)).toContain(
      'version 1. Mid-market · Longest time in one phase, in business days: 25 → 19.',
    );
    await settle(world, world.mia.press(world.mia.topView(), 'settings_team_reset'));
    expect(filledIn()).toMatchObject({ phase_age_mid_1: '25' });
    expect(await kept()).toHaveLength(1);
    await submit(world, world.mia);
    expect((await kept())[1]).toEqual({ version: 2, rules: { norms: {}, thresholds: {} } });
  });

  it('are refused by name, place and what fits', async () => {
    await miasTeam(world);
    await openSegment(world, 'mid');
    const tooFar = await submit(world, world.mia, { phase_age_mid_0: '121' });
    expect(tooFar.ok).toBe(false);
    await submit(world, world.mia, { phase_age_mid_0: '25' });
    const errors = async (values: Record<string, string>) =>
      ((await resubmit(world, values)) as { errors?: Record<string, string> }).errors;
    for (const value of ['121', '0', '2.5', '-3', 'ten', '1e2']) {
      expect(await errors({ phase_age_mid_0: value })).toEqual({
        phase_age_mid_0: `“${value}” does not fit “Longest time in one phase, in business days”. Please give a whole number from 1 to 120.`,
      });
    }
    expect(await errors({ phase_age_mid_0: '' })).toEqual({
      phase_age_mid_0:
        '“Longest time in one phase, in business days” is empty. Please give a whole number from 1 to 120.',
    });
    expect(await kept()).toEqual([]);
  });

  it('refuse to watch only after the stall', async () => {
    await miasTeam(world);
    await openSegment(world, 'mid');
    await turnTo(world, 'late');
    const late = await submit(world, world.mia, { no_next_step_watch_0: '9' });
    expect(late).toMatchObject({
      ok: false,
      errors: {
        no_next_step_watch_0:
          '“No step lies ahead: watch from this many business days on” is 9 and “No step lies ahead: stall from this many business days on” is 5. Watching comes before a stall: it must be 5 at most.',
      },
    });
    // Nor can one leave a page with it.
    const { mia } = world;
    await turnTo(world, 'silence');
    expect(wordsForMia(world)).toContain('Watching comes before a stall');
    await settle(world, mia.close(mia.topView()));
    await type({ no_next_step_watch_0: '5' });
    await turnTo(world, 'silence');
    const decider = await submit(world, world.mia, { decider_stall_mid_0: '21' });
    expect(decider).toMatchObject({ ok: false });
    expect(Object.keys(decider.ok ? {} : (decider.errors ?? {}))).toEqual(['decider_stall_mid_0']);
    expect(await kept()).toEqual([]);
  });

  it('stay what they are when nothing was changed', async () => {
    await miasTeam(world);
    await openSegment(world, 'mid');
    const result = await submit(world, world.mia);
    expect(JSON.stringify(result)).toContain('Nothing is changed yet');
    expect(await kept()).toEqual([]);
  });

  it('make one version of a form that arrives twice', async () => {
    await miasTeam(world);
    await openSegment(world, 'mid');
    await submit(world, world.mia, { phase_age_mid_0: '19' });
    const again = await resubmit(world);
    expect(JSON.stringify(again)).toContain('Version 1');
    expect(await kept()).toHaveLength(1);
  });

  it('never overwrite what somebody saved meanwhile', async () => {
    const { mia } = await miasTeam(world);
    await know(world, world.admin, { role: 'admin' });
    await openSegment(world, 'mid');
    await runDeal(world, world.admin, 'settings team');
    await pickTeam(mia.id);
    const { admin } = world;
    await settle(world, admin.choose(admin.topView(), 'settings_team_segment', 'mid'));
    await submit(world, admin, { phase_age_mid_0: '30' });
    const result = await submit(world, world.mia, { phase_age_mid_0: '19' });
    expect(JSON.stringify(result)).toContain('Ada Admin saved version 1 meanwhile.');
    expect(await kept()).toMatchObject([{ rules: { norms: { mid: { phaseAgeBd: 30 } } } }]);
  });

  it('fit into what a modal remembers when every one of them is changed', async () => {
    await miasTeam(world);
    await runDeal(world, world.mia, 'settings team');
    for (const segment of ['smb', 'mid', 'ent', 'svc']) {
      await pick(world, segment);
      for (const page of ['silence', 'pace']) {
        if (page === 'silence') await turnTo(world, 'silence');
        else await turnTo(world, 'pace');
        await type(Object.fromEntries(inputsOn(world.mia.topView()).map((id) => [id, '119'])));
      }
    }
    for (const page of ['late', 'dates', 'rest']) {
      await turnTo(world, page);
      await type(Object.fromEntries(inputsOn(world.mia.topView()).map((id) => [id, '118'])));
    }
    await turnTo(world, 'pace');
    expect(world.mia.topView().private_metadata?.length).toBeLessThan(3000);
    const saved = await submit(world, world.mia);
    expect(saved.ok).toBe(true);
    expect(Object.keys((await kept()).at(0)?.rules.thresholds ?? {})).toHaveLength(7);
    await settle(world, world.mia.press(world.mia.topView(), 'settings_team_open'));
    expect(wordsForMia(world)).toContain('And 55 numbers more.');
  });
});

describe('who may set them', () => {
  it('is nobody without a team of theirs', async () => {
    await miasTeam(world);
    await runDeal(world, world.anna, 'settings team');
    expect(wordsOn(answer(world.anna))).toContain('The manager of a team sets its numbers');
    expect(world.anna.modals()).toEqual([]);
    const ben = await know(world, world.ben, { role: 'manager' });
    expect(ben.managerId).toBeDefined();
    await runDeal(world, world.ben, 'settings team');
    expect(wordsOn(answer(world.ben))).toContain('Nobody reports to you yet');
  });

  it('is an admin for every team, who says whose', async () => {
    const { mia } = await miasTeam(world);
    const { admin } = world;
    await know(world, admin, { role: 'admin' });
    await runDeal(world, admin, 'settings team');
    expect(actionsOn(admin.topView())).toEqual(['settings_team_manager']);
    const offered = await admin.options(admin.topView(), 'settings_team_manager', 'mi');
    expect(offered.map(({ text }) => text.text)).toEqual(['Mia Brandt, 2 people']);
    expect(await admin.options(admin.topView(), 'settings_team_manager', 'zz')).toEqual([]);
    await pickTeam(mia.id);
    expect(wordsOn(admin.topView())).toContain('The team of Mia Brandt');
  });

  it('is looked up again at every click and when it is saved', async () => {
    await miasTeam(world);
    await openSegment(world, 'mid');
    await know(world, world.mia, { role: 'rep' });
    await turnTo(world, 'silence');
    expect(wordsForMia(world)).toContain('The manager of a team sets its numbers');
    await settle(world, world.mia.close(world.mia.topView()));
    const result = await submit(world, world.mia, { phase_age_mid_0: '19' });
    expect(JSON.stringify(result)).toContain('The manager of a team sets its numbers');
    expect(await kept()).toEqual([]);
  });
});

/** What stands in the inputs of the form on top. */
function filledIn(): Record<string, unknown> {
  return Object.fromEntries(
    world.mia.topView().blocks.flatMap((block) => {
      const { element } = block as { element?: { initial_value?: string } };
      return block.type === 'input' ? [[block.block_id ?? '', element?.initial_value]] : [];
    }),
  );
}

/** Types into the inputs, without saving. */
async function type(values: Record<string, string>): Promise<void> {
  const { mia } = world;
  for (const [id, value] of Object.entries(values)) {
    await mia.choose(mia.topView(), id, value);
  }
}

async function pickTeam(managerId: string): Promise<void> {
  const { admin } = world;
  await admin.options(admin.topView(), 'settings_team_manager', '');
  await settle(world, admin.choose(admin.topView(), 'settings_team_manager', managerId));
}
