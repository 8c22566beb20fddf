import type { Deal } from './deal.ts';
import type { PersonId } from './ids.ts';
import type { Person } from './person.ts';

export type Action = 'view' | 'change';

/** Who is on a deal besides its owner; one query loads it with the deal. */
export interface DealCircle {
  /** People who help: somebody gave them a step, or put them on the deal. */
  readonly helperIds: readonly PersonId[];
  /** The owner's manager, that manager's manager, and so on. */
  readonly managerChainIds: readonly PersonId[];
}

/**
 * Whether `actor` may do `action` to `deal` (DESIGN §5). Guests and people who left may do
 * nothing; a restricted deal exists for its own people only.
 */
export function can(
  actor: Person,
  action: Action,
  deal: Pick<Deal, 'workspaceId' | 'ownerId' | 'privacy'>,
  circle: DealCircle,
): boolean {
  if (!actor.active || actor.standing !== 'member') return false;
  if (actor.workspaceId !== deal.workspaceId) return false;
  const belongs =
    actor.role === 'admin' ||
    actor.id === deal.ownerId ||
    circle.helperIds.includes(actor.id) ||
    circle.managerChainIds.includes(actor.id);
  return belongs || (action === 'view' && deal.privacy === 'team');
}
