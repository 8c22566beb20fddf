import { describe, expect, it } from 'vitest';
import { can } from '../../src/domain/access.ts';
import type { PersonId, WorkspaceId } from '../../src/domain/ids.ts';
import type { Person } from '../../src/domain/person.ts';

const id = (text: string) => text as PersonId;
const workspaceId = 'T1' as WorkspaceId;

function person(name: string, changes: Partial<Person> = {}): Person {
  return {
    id: id(name),
    workspaceId,
    slackUserId: undefined,
    name,
    email: undefined,
    role: 'rep',
    standing: 'member',
    managerId: undefined,
    zone: 'UTC',
    workDays: [1, 2, 3, 4, 5],
    active: true,
    ...changes,
  };
}

const deal = { workspaceId, ownerId: id('owner'), privacy: 'team' } as const;
const restricted = { ...deal, privacy: 'restricted' } as const;
const circle = { helperIds: [id('helper')], managerChainIds: [id('boss'), id('head')] };

describe('who may change a deal', () => {
  it.each(['owner', 'helper', 'boss', 'head'])('%s may', (name) => {
    expect(can(person(name), 'change', restricted, circle)).toBe(true);
  });

  it('an admin may', () => {
    expect(can(person('x', { role: 'admin' }), 'change', restricted, circle)).toBe(true);
  });

  it('a colleague may look at a team deal, not change it', () => {
    expect(can(person('colleague'), 'view', deal, circle)).toBe(true);
    expect(can(person('colleague'), 'change', deal, circle)).toBe(false);
  });

  it('a colleague does not even see a restricted deal', () => {
    expect(can(person('colleague'), 'view', restricted, circle)).toBe(false);
  });

  it.each([
    ['a guest', { standing: 'guest' }],
    ['an app', { standing: 'bot' }],
    ['somebody who left', { active: false }],
    ['somebody of another workspace', { workspaceId: 'T2' as WorkspaceId }],
  ] as const)('%s sees nothing, even as owner', (_who, changes) => {
    expect(can(person('owner', changes), 'view', deal, circle)).toBe(false);
  });
});
