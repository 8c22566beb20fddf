import { describe, expect, it } from 'vitest';
import { day } from '../../src/domain/calendar.ts';
import { draftHomework, type Homework } from '../../src/domain/homework.ts';
import type { DealId, HomeworkId } from '../../src/domain/ids.ts';
import { computeFactTrail, sayFacts } from '../../src/domain/loss.ts';
import { findReason, lossReasons } from '../../src/domain/loss-reasons.ts';

function step(changes: Partial<Homework>): Homework {
  return draftHomework({
    id: 'H' as HomeworkId,
    dealId: 'D' as DealId,
    side: 'buyer',
    title: 'Send the list',
    doer: { name: 'Dana', personId: undefined, contactId: undefined },
    dueOn: day('2026-11-10'),
    doneWhen: 'sent',
    ...changes,
  });
}

const deal = { openedOn: day('2026-10-01'), imported: false };

describe('the facts of a loss', () => {
  it('counts days, finished steps of each side and missed dates, without dropped steps', () => {
    const facts = computeFactTrail(
      deal,
      [
        step({ status: 'done', doneOn: day('2026-11-10') }),
        step({ status: 'done', doneOn: day('2026-11-12') }),
        step({ side: 'seller' }),
        step({ side: 'seller', originalDueOn: day('2026-12-01') }),
        step({ status: 'dropped' }),
      ],
      day('2026-11-20'),
    );
    expect(sayFacts(facts)).toBe(
      'Open 50 days · their steps done 2 of 2 · our steps done 0 of 2 · dates missed 2',
    );
  });

  it('shows a dash for the history of an imported deal', () => {
    const facts = computeFactTrail({ ...deal, imported: true }, [], day('2026-10-02'));
    expect(sayFacts(facts)).toBe('Open 1 day · plan history — (imported deal)');
  });
});

describe('the list of reasons', () => {
  it('has 49 reasons in 11 families, at most five each, every code once', () => {
    const families = new Map<string, number>();
    for (const { family } of lossReasons) families.set(family, (families.get(family) ?? 0) + 1);
    expect(lossReasons).toHaveLength(49);
    expect(families.size).toBe(11);
    expect(Math.max(...families.values())).toBeLessThanOrEqual(5);
    expect(new Set(lossReasons.map(({ code }) => code)).size).toBe(49);
  });

  it('finds a reason by its code, and nothing for a code it does not have', () => {
    expect(findReason('com.price_value')?.label).toBe('Price without enough value behind it');
    expect(findReason('other')).toBeUndefined();
  });
});
