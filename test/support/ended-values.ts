import type { EndedGroup } from '../../src/domain/loss-metrics.ts';

/** Deals that ended alike; what is not said was not recorded. */
export function ended(
  status: EndedGroup['status'],
  deals: number,
  told: Partial<EndedGroup> = {},
): EndedGroup {
  return {
    status,
    deals,
    renewal: false,
    outcome: undefined,
    underlyingOutcome: undefined,
    whyClass: undefined,
    reasonCode: undefined,
    phase: undefined,
    evidence: undefined,
    lostAlone: undefined,
    ...told,
  };
}
