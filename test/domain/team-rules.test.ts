import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PersonId } from '../../src/domain/ids.ts';
import { segmentNorms, segments } from '../../src/domain/segment.ts';
import {
  canManageTeam,
  sameRules,
  segmentNormsOf,
  teamNormsOf,
  thresholdCodes,
  thresholdOf,
  usualRules,
  usualThresholds,
  withNorms,
  withThreshold,
} from '../../src/domain/team-rules.ts';
import { anyRules } from '../support/team-values.ts';

const deal = { segment: 'mid', kind: 'new', playbook: undefined } as const;
const renewal = { ...deal, kind: 'renewal' } as const;

describe('the numbers of a team', () => {
  it('are the usual ones until the team says otherwise', () => {
    for (const code of thresholdCodes) {
      expect(thresholdOf(code, usualRules)).toEqual(usualThresholds[code]);
    }
    for (const segment of segments) {
      expect(segmentNormsOf(segment, usualRules)).toEqual(segmentNorms[segment]);
    }
  });

  it('change in one segment and one rule alone', () => {
    const own = withThreshold(withNorms(usualRules, 'mid', { phaseAgeBd: 19 }), 'ping_pong', {
      watch: 10,
      stall: 15,
    });
    expect(own).toEqual({
      norms: { mid: { phaseAgeBd: 19 } },
      thresholds: { ping_pong: { watch: 10, stall: 15 } },
    });
    expect(teamNormsOf(deal, own)).toEqual({ ...segmentNorms.mid, phaseAgeBd: 19 });
    expect(teamNormsOf({ ...deal, segment: 'smb' }, own)).toEqual(segmentNorms.smb);
    expect(thresholdOf('unmutual', own)).toEqual(usualThresholds.unmutual);
  });

  it('leave a renewal its longer quiet, unless the team gives its segment longer still', () => {
    const quiet = (days: number) => withNorms(usualRules, 'mid', { quietGapBd: days });
    expect(teamNormsOf(renewal, usualRules).quietGapBd).toBe(10);
    expect(teamNormsOf(renewal, quiet(8)).quietGapBd).toBe(10);
    expect(teamNormsOf(renewal, quiet(12)).quietGapBd).toBe(12);
    expect(teamNormsOf(deal, quiet(8)).quietGapBd).toBe(8);
  });

  it('keep nothing of a number that is the usual one again', () => {
    const own = withNorms(usualRules, 'mid', { phaseAgeBd: 19 });
    expect(withNorms(own, 'mid', { phaseAgeBd: 25 })).toEqual(usualRules);
    const late = withThreshold(usualRules, 'ball_with_us', { watch: 3, stall: 4 });
    expect(withThreshold(late, 'ball_with_us', { watch: 2, stall: 4 })).toEqual(usualRules);
  });

  it('are the same in whichever order a database gives them back', () => {
    fc.assert(
      fc.property(anyRules, (rules) => {
        expect(sameRules(rules, turned(rules))).toBe(true);
        const other = withNorms(rules, 'ent', {
          contacts: segmentNormsOf('ent', rules).contacts === 9 ? 8 : 9,
        });
        expect(sameRules(rules, other)).toBe(false);
      }),
    );
  });
});

/** The same value with the parts of every object the other way round. */
function turned<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null) return value;
  const parts = Object.entries(value).map(([key, part]) => [key, turned<unknown>(part)]);
  return Object.fromEntries(parts.reverse()) as Value;
}

describe('who sets the numbers of a team', () => {
  const mia = 'MIA' as PersonId;
  const actor = { id: mia, role: 'manager', standing: 'member', active: true } as const;

  it('is its manager, or an admin', () => {
    expect(canManageTeam(actor, mia)).toBe(true);
    expect(canManageTeam({ ...actor, id: 'ADA' as PersonId, role: 'admin' }, mia)).toBe(true);
  });

  it('is nobody else', () => {
    expect(canManageTeam({ ...actor, id: 'MAX' as PersonId }, mia)).toBe(false);
    expect(canManageTeam({ ...actor, role: 'rep' }, mia)).toBe(false);
    expect(canManageTeam({ ...actor, active: false }, mia)).toBe(false);
    expect(canManageTeam({ ...actor, role: 'admin', standing: 'guest' }, mia)).toBe(false);
  });
});
