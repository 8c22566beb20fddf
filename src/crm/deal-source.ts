import type { Day } from '../domain/calendar.ts';
import type { Outcome } from '../domain/loss.ts';
import type { Money } from '../domain/money.ts';
import type { Refusal } from '../domain/refusal.ts';
import type { RejectedRow } from './contract.ts';

/** How a CRM names the owner of a deal; any of the three may be missing. */
export interface OwnerRef {
  readonly crmId: string | undefined;
  readonly email: string | undefined;
  readonly name: string | undefined;
}

interface CrmDealFacts {
  /** Where and how it stands in the source, should it be rejected later. */
  readonly line: number;
  readonly cells: readonly string[];
  readonly crmId: string;
  /** Undefined when the source has no name for it; an empty cell never erases what is known. */
  readonly name: string | undefined;
  readonly account: string | undefined;
  readonly owner: OwnerRef;
  readonly amount: Money | undefined;
  readonly openedOn: Day | undefined;
}

/** What a CRM says about a lost deal, as far as it says it in our terms. */
export interface CrmLoss {
  readonly outcome: Outcome | undefined;
  readonly reasonCode: string | undefined;
  readonly competitor: string | undefined;
  /** The CRM's own reason where it is none of ours. */
  readonly ownWords: string | undefined;
}

/** A deal as a CRM tells it, in our terms. */
export type CrmDeal = CrmDealFacts &
  (
    | { readonly status: 'open'; readonly decisionOn: Day | undefined }
    | { readonly status: 'won'; readonly closedOn: Day }
    | { readonly status: 'lost'; readonly closedOn: Day; readonly loss: CrmLoss }
  );

/** A rejected row as it came. */
export type RejectedCells = RejectedRow & { readonly cells: readonly string[] };

export interface DealBatch {
  readonly deals: readonly CrmDeal[];
  readonly rejected: readonly RejectedCells[];
}

/** Where deals come from: a file now, a CRM's API later. */
export interface DealSource {
  /** In the order of the source; a refusal ends it. */
  readonly batches: AsyncIterable<DealBatch | Refusal>;
  /** Filled as batches are read. */
  readonly warnings: readonly string[];
  /** What the cells of a rejected row are called, and what divides them. */
  readonly header: readonly string[];
  readonly delimiter: string;
  close(): Promise<void>;
}
