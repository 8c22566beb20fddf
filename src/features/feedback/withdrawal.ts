import { z } from 'zod';
import type { OpenDeal } from '../../domain/deal.ts';
import type { DealId, PersonId } from '../../domain/ids.ts';
import { type FearTag, fearTags } from '../../domain/loss-story.ts';
import type { Person } from '../../domain/person.ts';
import { isRefusal, type Refusal } from '../../domain/refusal.ts';
import { listDealEvents } from '../../store/events.ts';
import { findPerson } from '../../store/people.ts';
import { reachOpenDeal } from '../../store/reach-deal.ts';
import type { Tx } from '../../store/store.ts';

/** Reasons that say what they were afraid of. */
export const fearReasons = ['nod.which', 'nod.more_info', 'nod.outcome'] as const;

const opened = z.object({
  reasonCode: z.enum(fearReasons),
  /** Older gates did not ask. */
  fearTags: z.array(z.string()).default([]),
});

const written = z.object({
  noteId: z.string(),
  byId: z.string(),
  /** Undefined where nobody is above the owner. */
  managerId: z.string().optional(),
  way: z.enum(['note', 'higher']),
  contactName: z.string().optional(),
  /** What the manager reads: the whole note, or whom one would go to and with what. */
  text: z.string(),
  /** The first part alone. */
  ours: z.string(),
});

const read = z.object({ noteId: z.string(), verdict: z.enum(['fine', 'talk']) });

export type WrittenNote = z.infer<typeof written>;

/** Where stepping away from a deal stands; the deal's history alone says so. */
export interface Withdrawal {
  readonly deal: OpenDeal;
  readonly owner: Person | undefined;
  /** Who reads it first; nobody where the one who writes has no manager. */
  readonly manager: Person | undefined;
  /** The gate was passed, with this reason. */
  readonly reasonCode: z.infer<typeof opened>['reasonCode'] | undefined;
  /** What they may have been afraid of, as it was ticked there (METHOD S4-36). */
  readonly fearTags: readonly FearTag[];
  /** The last one that was written. */
  readonly note: WrittenNote | undefined;
  readonly verdict: 'fine' | 'talk' | undefined;
}

/** What is known of stepping away from an open deal that `actor` may change. */
export async function reachWithdrawal(
  tx: Tx,
  actor: Person,
  dealId: DealId,
): Promise<Withdrawal | Refusal> {
  const deal = await reachOpenDeal(tx, actor, dealId);
  if (isRefusal(deal)) return deal;
  const owner = await findPerson(tx, deal.workspaceId, deal.ownerId);
  const note = await lastOf(tx, dealId, 'withdrawal_written', written);
  const answer = await lastOf(tx, dealId, 'withdrawal_read', read);
  const gate = await lastOf(tx, dealId, 'withdrawal_opened', opened);
  return {
    deal,
    owner,
    manager: await findReader(tx, actor, owner),
    reasonCode: gate?.reasonCode,
    fearTags: fearTags.map(({ code }) => code).filter((tag) => gate?.fearTags.includes(tag)),
    note,
    verdict: note && answer?.noteId === note.noteId ? answer.verdict : undefined,
  };
}

async function lastOf<Payload>(
  tx: Tx,
  dealId: DealId,
  kind: Parameters<typeof listDealEvents>[2],
  shape: z.ZodType<Payload>,
): Promise<Payload | undefined> {
  const last = (await listDealEvents(tx, dealId, kind)).at(-1);
  return last && shape.parse(last.payload);
}

/** The manager of whoever writes; of a manager who writes for the owner, nobody else. */
async function findReader(
  tx: Tx,
  actor: Person,
  owner: Person | undefined,
): Promise<Person | undefined> {
  const managerId: PersonId | undefined = owner?.managerId;
  const manager = managerId && (await findPerson(tx, actor.workspaceId, managerId));
  if (!manager?.active || !manager.slackUserId || manager.id === actor.id) return undefined;
  return manager;
}

/** Whether a person may send it by now: it was read and found fine, or nobody is there to read it. */
export function maySend({ note, verdict }: Withdrawal): boolean {
  return note?.way === 'note' && (verdict === 'fine' || note.managerId === undefined);
}
