import { median, percentile, type Row, sayMs } from './report.ts';
import type { SlackStub } from './slack-stub.ts';
import { type Load, type Round, runRound, type Target, type Typed } from './slash-load.ts';

const rounds = 5;
const warmUpMs = 1_500;

/** Two parties that answer the same commands, each of one server or more. */
export interface Contest {
  readonly stub: SlackStub;
  readonly ours: readonly Target[];
  readonly theirs: readonly Target[];
}

/** The rounds of both under one load. */
export interface Match {
  readonly name: string;
  readonly load: Load;
  readonly ours: readonly Round[];
  readonly theirs: readonly Round[];
}

export async function warmUp({ stub, ours, theirs }: Contest, typed: Typed): Promise<void> {
  for (const targets of [ours, theirs]) {
    await runRound(stub, targets, { typed, concurrency: 16, until: 'acknowledged', ms: warmUpMs });
  }
}

/** Rounds of both in turn, the first to go changing, so that neither has the quieter moments. */
export async function play(contest: Contest, name: string, load: Load): Promise<Match> {
  const { stub } = contest;
  const ours: Round[] = [];
  const theirs: Round[] = [];
  for (let round = 0; round < rounds; round += 1) {
    globalThis.gc?.();
    const runOurs = async () => ours.push(await runRound(stub, contest.ours, load));
    const runTheirs = async () => theirs.push(await runRound(stub, contest.theirs, load));
    if (round % 2 === 0) {
      await runOurs();
      await runTheirs();
    } else {
      await runTheirs();
      await runOurs();
    }
  }
  return { name, load, ours, theirs };
}

/** Ours as a share of theirs. */
export function ratioOf({ ours, theirs }: Match): number {
  return medianOf(ours, 'perSecond') / medianOf(theirs, 'perSecond');
}

export function matchRow(match: Match): Row {
  const { name, load, ours, theirs } = match;
  const say = load.until === 'acknowledged' ? sayAcknowledged : sayRounds;
  return {
    what: `${name}, ${load.concurrency} at once, ${load.until}`,
    homeroom: say(ours),
    against: say(theirs),
    ratio: ratioOf(match).toFixed(2),
  };
}

/** Whoever types must not be what is measured. */
export function generatorRow(matches: readonly Match[]): Row {
  const busiest = (side: 'ours' | 'theirs') =>
    Math.max(...matches.flatMap((match) => match[side].map(({ ownShare }) => ownShare)));
  return {
    what: 'load generator, share of its time at work',
    homeroom: `at most ${(busiest('ours') * 100).toFixed(0)} %`,
    against: `at most ${(busiest('theirs') * 100).toFixed(0)} %`,
  };
}

function medianOf(given: readonly Round[], key: 'perSecond' | 'answersPerSecond'): number {
  return median(given.map((round) => round[key]));
}

function sayRounds(given: readonly Round[]): string {
  const latencies = given.flatMap((round) => round.latencies);
  const [p50, p99] = [percentile(latencies, 0.5), percentile(latencies, 0.99)];
  return `${medianOf(given, 'perSecond').toFixed(0)}/s, p50 ${sayMs(p50)}, p99 ${sayMs(p99)}`;
}

/** Who acknowledges first and answers later has work left when the typing ends; it is told. */
function sayAcknowledged(given: readonly Round[]): string {
  return `${sayRounds(given)} (answers ${medianOf(given, 'answersPerSecond').toFixed(0)}/s)`;
}
