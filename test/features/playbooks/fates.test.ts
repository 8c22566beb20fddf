import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { day } from '../../../src/domain/calendar.ts';
import type { Deal } from '../../../src/domain/deal.ts';
import type { Homework } from '../../../src/domain/homework.ts';
import { playbookListIds } from '../../../src/features/playbooks/list-message.ts';
import { listStepFates } from '../../../src/store/playbooks.ts';
import { know, runDeal, settle } from '../../support/deals.ts';
import { startWorld, type World } from '../../support/homeroom.ts';
import { addSteps, plantDeal } from '../../support/planted.ts';
import { answer, wordsOn } from '../../support/shown.ts';

let world: World;
beforeEach(async () => {
  world = await startWorld();
});
afterEach(() => world.stop());

/** What a rep reads on the small playbook. */
async function wordsOnPlaybook(): Promise<string> {
  await runDeal(world, world.anna, 'playbook');
  const list = answer(world.anna);
  await settle(world, world.anna.press(list, playbookListIds.open, { value: 'smb' }));
  return wordsOn(world.anna.topView());
}

describe('how the steps of a playbook fared', () => {
  const on = (text: string) => day(text);

  async function plan(changes: Partial<Deal>, steps: readonly Partial<Homework>[]) {
    const anna = await know(world, world.anna);
    const playbook = { key: 'smb', version: 1 };
    const deal = await plantDeal(world, anna, { playbook, ...changes });
    return addSteps(world, deal, steps);
  }

  it('counts late, declined and pointless over every plan, each with its n', async () => {
    const inputs = { stepKey: 'inputs', dueOn: on('2026-11-10') };
    await plan({ account: 'One' }, [{ ...inputs, status: 'done', doneOn: on('2026-11-10') }]);
    await plan({ account: 'Two' }, [{ ...inputs, status: 'done', doneOn: on('2026-11-12') }]);
    await plan({ account: 'Three', playbook: { key: 'smb', version: 2 } }, [inputs]);
    await plan({ account: 'Four' }, [{ ...inputs, status: 'declined' }]);
    await plan({ account: 'Five' }, [
      { ...inputs, dueOn: on('2026-12-01'), status: 'needs_rewrite', pointless: true },
    ]);
    // Ended before the step was due: never late.
    await plan(
      { account: 'Six', status: 'lost', closedOn: on('2026-11-05'), closedAt: world.clock.now() },
      [inputs],
    );
    // None of these counts.
    await plan({ account: 'Secret', privacy: 'restricted' }, [{ ...inputs, status: 'declined' }]);
    await plan(
      {
        account: 'Double',
        status: 'invalid',
        closedOn: on('2026-11-20'),
        closedAt: world.clock.now(),
      },
      [{ ...inputs, status: 'declined' }],
    );
    await plan({ account: 'Other', playbook: { key: 'mid', version: 1 } }, [inputs]);
    await plan({ account: 'Blank', playbook: undefined }, [inputs]);

    const fates = await world.app.store.read((tx) =>
      listStepFates(tx, world.app.workspaceId, 'smb', on('2026-11-23')),
    );
    expect([...fates]).toEqual([
      [
        'inputs',
        {
          late: { k: 2, n: 3 },
          declined: { k: 1, n: 6 },
          pointless: { k: 1, n: 6 },
          blank: { k: 0, n: 0 },
        },
      ],
    ]);
    const words = await wordsOnPlaybook();
    expect(words).toContain(
      'Late 2 of 3, declined 1 of 6, called pointless 1 of 6, how they took it: not enough yet (0 of 5).',
    );
    expect(words).not.toContain('Worth rewriting');
  });

  it('says which step is worth rewriting: five uses, a fifth of them pointless', async () => {
    const fit = { stepKey: 'try', dueOn: on('2026-12-01') };
    for (const account of ['A', 'B', 'C', 'D']) await plan({ account }, [fit]);
    await plan({ account: 'E' }, [{ ...fit, pointless: true, status: 'needs_rewrite' }]);
    expect(await wordsOnPlaybook()).toContain(
      'None due yet, declined 0 of 5, called pointless 1 of 5, how they took it: not enough yet (0 of 5). Worth rewriting.',
    );
  });

  it('tells blank looks once five people said how a step was taken, and never of ours', async () => {
    const asked = { stepKey: 'try', dueOn: on('2026-11-27'), askedOn: on('2026-11-20') };
    const [unsaid] = await plan({ account: 'Unsaid' }, [asked]);
    await plan({ account: 'Secret', privacy: 'restricted' }, [{ ...asked, reaction: 'blank' }]);
    for (const reaction of ['keen', 'fine', 'annoyed', 'blank'] as const) {
      await plan({ account: reaction }, [{ ...asked, reaction }]);
    }
    await plan({ account: 'Ours' }, [{ ...asked, stepKey: 'offer', side: 'seller' }]);
    const words = await wordsOnPlaybook();
    expect(words).toContain('pointless 0 of 5, how they took it: not enough yet (4 of 5).');
    expect(words).toContain('None due yet, declined 0 of 1, called pointless 0 of 1. ');
    expect(words).not.toContain('blank look');

    await runDeal(world, world.anna, 'plan unsaid');
    const value = unsaid?.id ?? '';
    await settle(world, world.anna.press(answer(world.anna), 'plan_step', { value }));
    await settle(world, world.anna.press(world.anna.topView(), 'plan_step_took_blank'));
    expect(await wordsOnPlaybook()).toContain('called pointless 0 of 5, blank look 2 of 5.');
  });
});
