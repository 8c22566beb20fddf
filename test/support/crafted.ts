import type { World } from './homeroom.ts';

interface SentPayload {
  readonly user: { id: string };
  readonly view?: {
    private_metadata: string;
    readonly state: { readonly values: Record<string, unknown> };
  };
}

/**
 * Sends the newest delivery of a type again after changing it: what somebody could write by hand,
 * but no client of Slack’s would send. @returns what the app acknowledged it with.
 */
export async function sendCrafted(
  { sandbox }: World,
  type: 'view_submission' | 'block_actions',
  change: (payload: SentPayload) => void,
): Promise<unknown> {
  const sent = sandbox.deliveries.findLast((delivery) => delivery.type === type);
  if (!sent) throw new Error(`No ${type} was delivered yet.`);
  const crafted = structuredClone({ kind: sent.kind, type: sent.type, payload: sent.payload });
  change(crafted.payload as unknown as SentPayload);
  const ack = await sandbox.redeliver(crafted);
  await sandbox.settled();
  if (!ack.ok) throw new Error(ack.reason);
  return ack.body;
}
