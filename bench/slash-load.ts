import { createHmac } from 'node:crypto';
import { Agent, request } from 'node:http';
import { performance } from 'node:perf_hooks';
import { type SlackStub, teamId } from './slack-stub.ts';

export const signingSecret = 'bench-signing-secret';

/** A server that takes `/deal`. */
export interface Target {
  readonly port: number;
  readonly agent: Agent;
}

export function targetAt(port: number): Target {
  return { port, agent: new Agent({ keepAlive: true }) };
}

/** One command: who types what after `/deal`. */
export interface Typed {
  readonly userId: string;
  readonly text: string;
}

export interface Load {
  readonly typed: Typed;
  readonly concurrency: number;
  /** A worker types again when the command was acknowledged, or when its answer has arrived. */
  readonly until: 'acknowledged' | 'answered';
  readonly ms: number;
}

export interface Round {
  readonly perSecond: number;
  /** Answers a second until the last one arrived, which may be after the last command was typed. */
  readonly answersPerSecond: number;
  readonly latencies: readonly number[];
  /** The share of the time this process itself was at work: near 1 it sets the pace. */
  readonly ownShare: number;
}

/**
 * Types as fast as `concurrency` people can for `ms`, to the targets in turn, and waits until every
 * answer is there, so that work left over never falls into the next round.
 */
export async function runRound(
  stub: SlackStub,
  targets: readonly Target[],
  load: Load,
): Promise<Round> {
  const latencies: number[] = [];
  const answers: Promise<string>[] = [];
  const before = performance.eventLoopUtilization();
  const startedAt = performance.now();
  let lastAt = startedAt;
  const work = async () => {
    while (performance.now() - startedAt < load.ms) {
      const sentAt = performance.now();
      const target = targets[answers.length % targets.length];
      if (!target) throw new Error('There is nobody to type to');
      const { acknowledged, answered } = typeCommand(stub, target, load.typed);
      answers.push(answered);
      await (load.until === 'answered' ? Promise.all([acknowledged, answered]) : acknowledged);
      lastAt = performance.now();
      latencies.push(lastAt - sentAt);
    }
  };
  await Promise.all(Array.from({ length: load.concurrency }, work));
  const ownShare = performance.eventLoopUtilization(before).utilization;
  await Promise.all(answers);
  const perSecond = (until: number) => (latencies.length * 1000) / (until - startedAt);
  return {
    perSecond: perSecond(lastAt),
    answersPerSecond: perSecond(performance.now()),
    latencies,
    ownShare,
  };
}

/** Sends one signed command, as Slack does. */
export function typeCommand(
  stub: SlackStub,
  target: Target,
  typed: Typed,
): { readonly acknowledged: Promise<void>; readonly answered: Promise<string> } {
  const { url, answered } = stub.expectAnswer();
  const body = new URLSearchParams({
    token: 'unused',
    team_id: teamId,
    team_domain: 'bench',
    channel_id: 'C0GENERAL',
    channel_name: 'general',
    user_id: typed.userId,
    user_name: 'bench',
    command: '/deal',
    text: typed.text,
    api_app_id: 'A0BENCH',
    is_enterprise_install: 'false',
    response_url: url,
    trigger_id: '1.2.bench',
  }).toString();
  return { acknowledged: post(target, body), answered };
}

function post({ port, agent }: Target, body: string): Promise<void> {
  const timestamp = String(Math.floor(Date.now() / 1000));
  const base = `v0:${timestamp}:${body}`;
  const signature = `v0=${createHmac('sha256', signingSecret).update(base).digest('hex')}`;
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        agent,
        host: '127.0.0.1',
        port,
        path: '/slack/events',
        method: 'POST',
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          'content-length': Buffer.byteLength(body),
          'x-slack-request-timestamp': timestamp,
          'x-slack-signature': signature,
        },
      },
      (response) => {
        response.resume();
        response.once('end', () =>
          response.statusCode === 200
            ? resolve()
            : reject(new Error(`A command got ${response.statusCode}, expected 200`)),
        );
      },
    );
    sent.once('error', reject);
    sent.end(body);
  });
}
