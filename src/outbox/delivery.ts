import { type ChannelId, madeAt, type SlackUserId } from '../domain/ids.ts';
import { classifySlackError, mayOpenAgain, type SlackFault } from '../slack/errors.ts';
import type { Gateway } from '../slack/gateway.ts';
import type { Posted } from '../slack/message.ts';
import type { Lookup } from '../slack/message-lookup.ts';
import { byClaim, type ClaimedRow, markAttempt } from '../store/outbox-claims.ts';
import { createLedger, type LedgerOptions, type Outcome } from './ledger.ts';
import type { Parking, SendMethod } from './pacing.ts';
import type { Rendered, Renderer } from './renderer.ts';
import { judgeLookup, judgeSend, maxAttempts } from './retry.ts';

/** The part of the gateway that delivers. */
export type DeliveryGateway = Pick<
  Gateway,
  'post' | 'update' | 'findByKey' | 'resolveChannel' | 'ownChannel' | 'quietUntil'
>;

export interface DeliveryOptions extends LedgerOptions {
  readonly gateway: DeliveryGateway;
  readonly parking: Parking;
  readonly leaseMs: number;
}

type Sendable = Exclude<Rendered, { do: 'drop' | 'wait' }>;

interface Quiet {
  readonly by: 'reader' | 'slack';
  readonly until: Date;
}

const asking: SendMethod = 'dnd.info';

const hourMs = 60 * 60_000;
/** Afterwards nobody misses it any more. */
const closedAtMostMs = 30 * 24 * hourMs;

/** One moment for all that waits, so that it arrives in the order it was queued in. */
function nextHour(now: Date): Date {
  return new Date((Math.floor(now.getTime() / hourMs) + 1) * hourMs);
}

/**
 * Takes one claimed row to an outcome: rendered from current state, looked up first when an
 * earlier call may have gone through, then sent once.
 */
export function createDelivery(options: DeliveryOptions) {
  const { store, clock, gateway, parking, renderers, workspaceId, log, random } = options;
  const ledger = createLedger(options);

  async function deliver(row: ClaimedRow, signal: AbortSignal): Promise<Outcome> {
    const renderer = renderers[row.kind];
    let rendered: Rendered;
    try {
      rendered = await render(renderer, row);
    } catch (error) {
      log.error({ err: error, outboxId: row.id, kind: row.kind }, 'a message cannot be rendered');
      return failed(row, { class: 'retry_later', code: 'render_failed' }, true);
    }
    if (row.doubtSince && rendered.do !== 'update') {
      const outcome = await reconcile(row, rendered, row.doubtSince);
      if (outcome !== 'absent') return outcome;
    }
    if (rendered.do === 'drop') return ledger.dropped(row, rendered.reason);
    if (rendered.do === 'wait') return ledger.waits(row, rendered.until, rendered.reason);
    const asksReader = renderer.whenDisturbing !== undefined;
    const method: SendMethod = rendered.do === 'post' ? 'chat.postMessage' : 'chat.update';
    parking.learn(row.kind, method, ...(asksReader ? [asking] : []));
    const quiet = asksReader ? await quietOf(row) : undefined;
    if (quiet?.by === 'reader') return ledger.waits(row, quiet.until, 'do_not_disturb');
    if (quiet) return ledger.returned(row, quiet.until);
    return send(row, rendered, method, signal);
  }

  /**
   * Until when the reader wants to be left alone, or Slack not to be asked about it. Whatever else
   * keeps us from knowing holds nothing up.
   */
  async function quietOf(row: ClaimedRow): Promise<Quiet | undefined> {
    const parkedUntil = parking.parkedUntil(asking, clock.now());
    if (parkedUntil) return { by: 'slack', until: parkedUntil };
    try {
      const until = await gateway.quietUntil(row.target as SlackUserId);
      return until && { by: 'reader', until };
    } catch (error) {
      const fault = classifySlackError(error);
      if (fault.class !== 'retry_later' || fault.afterMs === undefined) {
        log.warn({ err: error, outboxId: row.id }, 'nobody knows whether the reader wants quiet');
        return undefined;
      }
      const until = new Date(clock.now().getTime() + fault.afterMs);
      parking.park(asking, until);
      return { by: 'slack', until };
    }
  }

  function render(renderer: Renderer, { target, payload }: ClaimedRow): Promise<Rendered> {
    const input = { workspaceId, target, payload, now: clock.now() };
    return store.read((tx) => renderer.render(tx, input));
  }

  async function send(
    row: ClaimedRow,
    rendered: Sendable,
    method: SendMethod,
    signal: AbortSignal,
  ): Promise<Outcome> {
    let channelId: ChannelId;
    try {
      channelId = await channelOf(rendered);
    } catch (error) {
      return failed(row, classifySlackError(error), true);
    }
    const parkedUntil = parking.parkedUntil(method, clock.now());
    if (parkedUntil || signal.aborted) return ledger.returned(row, parkedUntil ?? clock.now());
    const { leaseMs } = options;
    const attempt = { now: clock.now(), leaseMs };
    const ours = await store.transaction((tx) => markAttempt(tx, row, attempt), byClaim);
    if (!ours) return 'lost';
    let posted: Posted;
    try {
      posted = await call(row, rendered, channelId);
    } catch (error) {
      return failedCall(row, error, method);
    }
    return ledger.sent(row, posted);
  }

  /** Nothing goes out before it is known where to and who reads there: a failed look harms nobody. */
  function channelOf(rendered: Sendable): Promise<ChannelId> {
    return gateway.ownChannel(rendered.do === 'post' ? rendered.target : rendered.channelId);
  }

  function call(row: ClaimedRow, rendered: Sendable, channelId: ChannelId): Promise<Posted> {
    if (rendered.do === 'update') return gateway.update(rendered);
    const { threadTs, message } = rendered;
    const { key } = row;
    return gateway.post({ target: channelId, message, key, ...(threadTs ? { threadTs } : {}) });
  }

  function failedCall(row: ClaimedRow, error: unknown, method: SendMethod): Promise<Outcome> {
    const fault = classifySlackError(error);
    if (fault.class === 'retry_later' && fault.afterMs !== undefined) {
      parking.park(method, new Date(clock.now().getTime() + fault.afterMs));
    }
    if (fault.class === 'payload_bad') log.error({ err: error, outboxId: row.id }, 'call refused');
    return failed(row, fault, method === 'chat.update');
  }

  function failed(row: ClaimedRow, fault: SlackFault, repeatable: boolean): Promise<Outcome> {
    const { whenUnknown, whenClosed } = renderers[row.kind];
    const { attempts } = row;
    const until = nextHour(clock.now());
    if (whenClosed && mayOpenAgain(fault) && +until - +madeAt(row.id) < closedAtMostMs) {
      return ledger.closed(row, until, fault.code);
    }
    return ledger.judged(row, judgeSend(fault, { attempts, repeatable, whenUnknown }, random));
  }

  /** Finds out whether a message went through, if that can be found out. */
  async function reconcile(
    row: ClaimedRow,
    rendered: Exclude<Rendered, { do: 'update' }>,
    since: Date,
  ): Promise<Outcome | 'absent'> {
    const end = (state: 'dead' | 'unknown', detail: string) =>
      ledger.judged(row, { do: 'end', state, detail });
    if (renderers[row.kind].whenUnknown === 'forget') return end('unknown', 'forgotten');
    let lookup: Lookup;
    try {
      lookup = await lookUp(row, rendered, since);
    } catch (error) {
      return ledger.judged(row, judgeLookup(classifySlackError(error), row.attempts, random));
    }
    if (lookup.is === 'there') return ledger.sent(row, lookup.posted);
    if (lookup.is === 'unreadable') return end('unknown', lookup.code);
    return row.attempts >= maxAttempts ? end('dead', 'attempts_spent') : 'absent';
  }

  async function lookUp(
    row: ClaimedRow,
    rendered: Exclude<Rendered, { do: 'update' }>,
    since: Date,
  ): Promise<Lookup> {
    // What is to be dropped names no thread any more: only the channel itself can be searched.
    const sought = rendered.do === 'post' ? rendered : { target: row.target, threadTs: undefined };
    const channelId = await gateway.resolveChannel(sought.target);
    return gateway.findByKey(channelId, row.key, since, sought.threadTs);
  }

  return deliver;
}
