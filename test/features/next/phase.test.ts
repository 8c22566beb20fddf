import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Deal, OpenDeal } from '../../../src/domain/deal.ts';
import { changeDeal } from '../../../src/store/deals.ts';
import { allDeals, know, resubmit, runDeal, settle, submit } from '../../support/deals.ts';
import { startWorld, type World } from '../../support/homeroom.ts';
import { plantDeal } from '../../support/planted.ts';
import { rowsOf } from '../../support/rows.ts';
import { actionsOn, answer, inputsOn, wordsOn } from '../../support/shown.ts';

let world: World;
beforeEach(async () => {
  world = await startWorld();
});
afterEach(() => world.stop());

async function plant(changes: Partial<Deal> = {}): Promise<Deal> {
  return plantDeal(world, await know(world, world.anna), {
    phase: 'interest',
    entryPhase: 'awareness',
    ...changes,
  });
}

const openForm = () => runDeal(world, world.anna, 'phase acme');
const scores = 'They sent a score sheet';
const top = () => wordsOn(world.anna.topView());
const deal = async () => (await allDeals(world))[0];
const eventsOf = async (kind: string) =>
  (await rowsOf(world.app.store, 'events')).filter((event) => event.kind === kind);

describe('the phase of a deal', () => {
  it('moves forward with what shows it', async () => {
    await plant();
    await openForm();
    expect(inputsOn(world.anna.topView())).toEqual(['phase', 'evidence', 'rival']);
    await submit(world, world.anna, { phase: 'preference', evidence: scores });
    expect(await deal()).toMatchObject({ phase: 'preference', phaseSince: '2026-11-23' });
    expect(await eventsOf('phase_changed')).toMatchObject([
      { payload: { from: 'interest', to: 'preference', evidence: scores } },
    ]);
    expect(top()).toContain('Acme · Core platform is now in preference.');
  });

  it('moves backwards', async () => {
    await plant({ phase: 'decision' });
    await openForm();
    await submit(world, world.anna, { phase: 'interest', evidence: 'Their CFO asked why now' });
    expect(await deal()).toMatchObject({ phase: 'interest' });
    expect(top()).toContain('is back in interest.');
  });

  it('stays since the day it began when nothing changes', async () => {
    await plant();
    const before = await deal();
    await openForm();
    await submit(world, world.anna, { evidence: scores });
    expect(await deal()).toEqual(before);
    expect(await eventsOf('phase_changed')).toEqual([]);
    expect(top()).toContain('is still in interest.');
  });

  it('asks for what shows it', async () => {
    await plant();
    await openForm();
    const result = await submit(world, world.anna, { phase: 'preference', evidence: '  ' });
    expect(result).toMatchObject({ errors: { evidence: 'What shows it is missing.' } });
    expect(await deal()).toMatchObject({ phase: 'interest' });
  });

  it('does not move back when an old submission comes again', async () => {
    await plant();
    await openForm();
    await submit(world, world.anna, { phase: 'preference', evidence: scores });
    const saved = (await deal()) as OpenDeal;
    await world.app.store.transaction((tx) => changeDeal(tx, saved, { phase: 'decision' }));
    await resubmit(world);
    expect(await deal()).toMatchObject({ phase: 'decision' });
    expect(await eventsOf('phase_changed')).toHaveLength(1);
  });

  it('belongs to the people of the deal', async () => {
    await plant();
    await runDeal(world, world.ben, 'phase acme');
    expect(world.ben.modals()).toHaveLength(0);
    expect(wordsOn(answer(world.ben))).toContain('belongs to Anna Snelling');
  });
});

describe('where we came in', () => {
  it('is asked once', async () => {
    await plant({ entryPhase: undefined });
    await openForm();
    await submit(world, world.anna, {
      phase: 'interest',
      evidence: 'They named the problem',
      entry_phase: 'awareness',
    });
    expect(await deal()).toMatchObject({ entryPhase: 'awareness', phase: 'interest' });
    expect(actionsOn(world.anna.topView())).toEqual([]);
    await openForm();
    expect(inputsOn(world.anna.topView())).not.toContain('entry_phase');
  });

  it('offers the late-entry play when they had a favourite, until it was played', async () => {
    await plant({ entryPhase: undefined });
    await openForm();
    await submit(world, world.anna, {
      phase: 'preference',
      evidence: scores,
      entry_phase: 'preference',
    });
    expect(top()).toContain('We came in late: they had a favourite by then.');
    await settle(world, world.anna.press(world.anna.topView(), 'next_late_entry'));
    const play = {
      criterion: 'Live before year end',
      backer: 'Dana Lee, CFO',
      ticks: ['insight', 'unmatched'],
    };
    await submit(world, world.anna, play);
    expect(await eventsOf('late_entry_played')).toMatchObject([{ payload: play }]);
    expect(top()).toContain('“Live before year end”, backed by Dana Lee, CFO.');
    await resubmit(world);
    expect(await eventsOf('late_entry_played')).toHaveLength(1);
    await runDeal(world, world.anna, 'next acme');
    expect(actionsOn(answer(world.anna))).not.toContain('next_late_entry');
  });

  it('makes the play our next move', async () => {
    await plant({ entryPhase: 'decision', phase: 'decision' });
    await runDeal(world, world.anna, 'next acme');
    expect(wordsOn(answer(world.anna))).toContain('We came after their preference had formed.');
    await settle(world, world.anna.press(answer(world.anna), 'next_late_entry'));
    expect(world.anna.topView().title.text).toBe('Late-entry play');
  });

  it.each([
    [{ ticks: ['insight'] }, 'ticks', 'A criterion the rival can match works for them.'],
    [{ criterion: ' ' }, 'criterion', 'The new criterion is missing.'],
    [{ backer: ' ' }, 'backer', 'Who inside backs it is missing.'],
  ])('refuses the play with %j', async (values, field, message) => {
    await plant({ entryPhase: 'decision', phase: 'decision' });
    await runDeal(world, world.anna, 'next acme');
    await settle(world, world.anna.press(answer(world.anna), 'next_late_entry'));
    const good = { criterion: 'Live before year end', backer: 'Dana Lee', ticks: ['unmatched'] };
    const result = await submit(world, world.anna, { ...good, ...values });
    expect(result).toMatchObject({ errors: { [field]: expect.stringContaining(message) } });
    expect(await eventsOf('late_entry_played')).toEqual([]);
  });
});
