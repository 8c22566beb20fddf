import { describe, expect, it } from 'vitest';
import { businessDaysAfter, businessDaysBefore, day, weekdays } from '../../src/domain/calendar.ts';
import { defaultPlaybooks } from '../../src/domain/default-playbooks.ts';
import { buyerShare, quietGap } from '../../src/domain/plan-metrics.ts';
import { type Playbook, segmentFor, suggestPlaybook } from '../../src/domain/playbook.ts';
import { normsOf, segmentNorms, segmentOf } from '../../src/domain/segment.ts';
import { makeStep } from '../support/plan-values.ts';

/** METHOD §4.1: key, side (b, s, + for both), lead, days, G for a gate. */
const tables: Record<string, string> = {
  smb: `problem+14/1G date+14/1G inputs b11/2 session+9/1G try b6/3 offer s5/1G payer b4/1G terms s2/2
    decide+0/1G start+-3/1`,
  mid: `outcome+44/2G map b42/3G date+41/1G premortem+40/1 baseline b38/5 session+34/2 second b31/5G
    charter+30/3G secpack s28/3 trial b17/10G secreview+15/10G case+13/3G proposal s12/2 legal b7/5G
    exec+5/1G redline s4/3 sign b0/2G kickoff+-5/1`,
  ent: `outcome+108/5G map b103/5G date+100/2G premortem+98/1 intake b95/5G execs+92/3 require b86/8G
    secpack s86/5 workshop+78/3 charter+74/3G proof+52/20G secreview+48/25G refs+45/8 privacy b40/25G
    case+38/8G commercial s36/4 legal+18/20G procure b12/15G board b5/5G sign b0/3G kickoff+-10/2`,
  svc: `goal+58/2G nda+56/3 date+55/1G owner b54/2G access b51/4 rank b48/4 shop1+46/1 readback s44/2
    answers b41/3 risk+39/1 slice+33/5G slicefb b30/3 estimate s26/4 trade+24/1G team+20/3G sow+12/8G
    legal b7/5G budget b4/3G sign+0/1G first+-5/1`,
  ren: `value+88/5G users+83/4 map+80/3G date+78/1G peek b71/1 fix s65/12 confirm b60/4 plan+52/3G
    exec+45/2G offer s40/3 mark b34/3 budget b26/3G procure b8/15G sign b0/2G next+-10/1`,
};

/** What METHOD says of each; the gap is the longest a buyer has nothing to do. */
const claims = [
  { key: 'smb', name: 'SMB quick decision', spanBd: 15, before: 9, share: 0.56, worstGapBd: 3 },
  { key: 'mid', name: 'Mid-market SaaS', spanBd: 45, before: 17, share: 0.59, worstGapBd: 3 },
  {
    key: 'ent',
    name: 'Enterprise: security, legal, procurement',
    spanBd: 115,
    before: 20,
    share: 0.62,
    worstGapBd: 5,
  },
  {
    key: 'svc',
    name: 'Outsourcing / services project',
    spanBd: 60,
    before: 19,
    share: 0.63,
    worstGapBd: 5,
  },
  { key: 'ren', name: 'Renewal or expansion', spanBd: 95, before: 14, share: 0.64, worstGapBd: 8 },
];

function find(key: string): Playbook {
  const found = defaultPlaybooks.find((playbook) => playbook.key === key);
  if (!found) throw new Error(`No playbook ${key}`);
  return found;
}

const signs = { buyer: ' b', seller: ' s', both: '+', partner: ' p' };

it('there are five, the smallest sale first', () => {
  expect(defaultPlaybooks.map(({ key }) => key)).toEqual(claims.map(({ key }) => key));
});

describe.each(claims)('the playbook $key', ({ key, name, spanBd, before, share, worstGapBd }) => {
  const playbook = find(key);
  const { steps } = playbook;

  it('is the table of the method, row by row', () => {
    const rows = steps.map(
      (step) =>
        `${step.key}${signs[step.side]}${step.leadBd}/${step.durationBd}${step.gate ? 'G' : ''}`,
    );
    expect(rows.join(' ')).toBe(tables[key]?.replace(/\s+/g, ' '));
    expect(playbook).toMatchObject({ name, spanBd, version: 1 });
  });

  it('says of every step what it is for and when it is done, each key once', () => {
    expect(new Set(steps.map((step) => step.key)).size).toBe(steps.length);
    for (const step of steps) {
      for (const text of [step.title, step.why, step.doneWhen]) {
        expect(text, `${key}.${step.key}`).toMatch(/^[A-Z].{3,}[^ ]$/);
        expect(text, `${key}.${step.key}`).not.toMatch(/homework|you lost/i);
      }
    }
  });

  it('is in the order of the leads, and one step lies after the decision', () => {
    const leads = steps.map(({ leadBd }) => leadBd);
    expect(leads).toEqual([...leads].sort((a, b) => b - a));
    expect(leads.filter((lead) => lead >= 0)).toHaveLength(before);
    expect(leads.filter((lead) => lead < 0)).toHaveLength(1);
  });

  it('fits its span, the first day of work included', () => {
    const needed = Math.max(...steps.map(({ leadBd, durationBd }) => leadBd + durationBd - 1));
    expect(needed).toBeLessThanOrEqual(spanBd);
  });

  it('asks the buyer for the share the method states', () => {
    const planned = steps
      .filter(({ leadBd }) => leadBd >= 0)
      .map(({ side }) => makeStep({ side, effort: 1 }));
    const asked = buyerShare(planned) ?? 0;
    expect(asked).toBeGreaterThanOrEqual(0.555);
    expect(asked).toBeLessThan(0.645);
    expect(Math.abs(asked - share)).toBeLessThan(0.0051);
  });

  it('never leaves the buyer without a step for longer than stated, nor than its limit', () => {
    const decisionOn = day('2027-06-30');
    const planned = steps.map((step) => ({
      side: step.side,
      dueOn: businessDaysBefore(decisionOn, step.leadBd),
      durationBd: step.durationBd,
    }));
    const from = businessDaysAfter(businessDaysBefore(decisionOn, spanBd), 1);
    const gap = quietGap(planned, from, decisionOn, weekdays);
    expect(gap.days).toBe(worstGapBd);
    const segment = segmentFor(key, undefined);
    const kind = key === 'ren' ? 'renewal' : 'new';
    const { quietGapBd } = normsOf({ segment, kind, playbook: { key } });
    expect(gap.days).toBeLessThanOrEqual(quietGapBd);
  });
});

describe('the segment of an amount', () => {
  it.each([
    [999_999, 'EUR', 'smb'],
    [1_000_000, 'EUR', 'mid'],
    [9_999_999, 'USD', 'mid'],
    [10_000_000, 'USD', 'ent'],
    // No minor unit, and three digits of it.
    [9_999, 'JPY', 'smb'],
    [10_000, 'JPY', 'mid'],
    [100_000, 'JPY', 'ent'],
    [9_999_999, 'KWD', 'smb'],
    [10_000_000, 'KWD', 'mid'],
  ])('%i minor units of %s is %s', (minor, currency, segment) => {
    expect(segmentOf({ minor, currency })).toBe(segment);
  });

  it('is the smallest while a deal is unsized', () => {
    expect(segmentOf(undefined)).toBe('smb');
  });

  it('is what the playbook says where it names one, else by size', () => {
    const large = { minor: 20_000_000, currency: 'USD' };
    expect(segmentFor('svc', large)).toBe('svc');
    expect(segmentFor('ren', large)).toBe('ent');
    expect(segmentFor(undefined, large)).toBe('ent');
  });

  it('suggests a playbook by size, and the renewal for whoever bought before', () => {
    const large = { minor: 20_000_000, currency: 'USD' };
    expect(suggestPlaybook('new', large)).toBe('ent');
    expect(suggestPlaybook('new', undefined)).toBe('smb');
    expect(suggestPlaybook('renewal', large)).toBe('ren');
    expect(suggestPlaybook('expansion', large)).toBe('ren');
  });
});

describe('what is usual for a deal', () => {
  it.each([
    ['new', 'mid', 7],
    ['new', undefined, 7],
    ['renewal', 'ren', 10],
    ['renewal', undefined, 10],
    ['expansion', 'ren', 10],
  ] as const)('a %s deal on the playbook %s may be quiet for %i days', (kind, key, limit) => {
    const playbook = key && { key };
    expect(normsOf({ segment: 'mid', kind, playbook })).toEqual({
      ...segmentNorms.mid,
      quietGapBd: limit,
    });
  });

  it('is the table of the method', () => {
    const rows = Object.values(segmentNorms).map((norms) => [
      norms.typicalReplyBd,
      norms.quietGapBd,
      norms.nextStepHorizonBd,
      norms.contacts,
      Object.values(norms.silenceLimitBd).join('/'),
      norms.phaseAgeBd,
      `${norms.deciderMetBd.watch}/${norms.deciderMetBd.stall}`,
      norms.afterDecisionBd,
    ]);
    expect(rows).toEqual([
      [2, 5, 5, 1, '5/5/4/3', 15, '5/2', 3],
      [3, 7, 10, 3, '10/8/7/5', 25, '20/10', 10],
      [5, 10, 15, 5, '15/12/10/8', 40, '40/20', 30],
      [2, 5, 7, 2, '7/6/5/4', 20, '20/10', 10],
    ]);
  });
});
