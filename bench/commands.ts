import type { CrmDatabase } from './crm-database.ts';
import { median, percentile, type Row, type Section, sayMs } from './report.ts';
import type { SlackStub } from './slack-stub.ts';
import {
  type Load,
  type Round,
  runRound,
  type Target,
  type Typed,
  typeCommand,
} from './slash-load.ts';

const rounds = 5;
const roundMs = 500;
const warmUpMs = 1_500;
const aim = 0.5;

/** The two servers that answer the same commands. */
export interface Contest {
  readonly stub: SlackStub;
  readonly homeroom: Target;
  readonly bare: Target;
}

/** Commands per second and how long one takes, ours against a bare Bolt app's. */
export async function benchCommands(contest: Contest, crm: CrmDatabase): Promise<Section> {
  const { userId, dealName } = crm;
  const list = { userId, text: 'list' };
  const plan = { userId, text: `plan ${dealName}` };
  const misspelt = { userId, text: `plan ${misspell(dealName)}` };
  await expectAnswer(contest, list, 'open deals');
  await expectAnswer(contest, plan, dealName);
  await expectAnswer(contest, misspelt, dealName);
  const matches: Match[] = [];
  for (const [name, typed] of [
    ['/deal list', list],
    ['/deal plan <name>', plan],
  ] as const) {
    await warmUp(contest, typed);
    for (const concurrency of [1, 16]) {
      for (const until of ['acknowledged', 'answered'] as const) {
        matches.push(await play(contest, name, { typed, concurrency, until, ms: roundMs }));
      }
    }
  }
  const load = { typed: misspelt, concurrency: 1, until: 'answered', ms: roundMs } as const;
  matches.push(await play(contest, '/deal plan <misspelt>', load));
  return {
    title: `Slash commands over signed HTTP (${crm.openDeals} open deals), against a bare Bolt app`,
    rows: [...matches.map(toRow), ownRow(matches)],
  };
}

/** Two letters of the first word change places; it is found as a close spelling. */
function misspell(name: string): string {
  return name.replace(/^(.)(.)(.)(.)/, '$1$2$4$3');
}

/** A fast answer must also be the right one. */
async function expectAnswer(
  { stub, homeroom }: Contest,
  typed: Typed,
  part: string,
): Promise<void> {
  const { acknowledged, answered } = typeCommand(stub, homeroom, typed);
  await acknowledged;
  const body = await answered;
  if (!body.includes(part)) {
    throw new Error(`/deal ${typed.text} was answered without '${part}': ${body.slice(0, 300)}`);
  }
}

async function warmUp({ stub, homeroom, bare }: Contest, typed: Typed): Promise<void> {
  for (const target of [homeroom, bare]) {
    await runRound(stub, target, { typed, concurrency: 16, until: 'acknowledged', ms: warmUpMs });
  }
}

/** The rounds of both under one load. */
interface Match {
  readonly name: string;
  readonly load: Load;
  readonly ours: readonly Round[];
  readonly theirs: readonly Round[];
}

/** Rounds of both in turn, the first to go changing, so that neither has the quieter moments. */
async function play({ stub, homeroom, bare }: Contest, name: string, load: Load): Promise<Match> {
  const ours: Round[] = [];
  const theirs: Round[] = [];
  for (let round = 0; round < rounds; round += 1) {
    globalThis.gc?.();
    const runOurs = async () => ours.push(await runRound(stub, homeroom, load));
    const runTheirs = async () => theirs.push(await runRound(stub, bare, load));
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

function toRow({ name, load, ours, theirs }: Match): Row {
  const ratio = medianOf(ours, 'perSecond') / medianOf(theirs, 'perSecond');
  const say = load.until === 'acknowledged' ? sayAcknowledged : sayRounds;
  return {
    what: `${name}, ${load.concurrency} at once, ${load.until}`,
    homeroom: say(ours),
    against: say(theirs),
    ratio: ratio.toFixed(2),
    // The aim is about acknowledging; what an answer says decides how long it takes.
    ...(load.until === 'acknowledged' ? { aim: `≥ ${aim}`, met: ratio >= aim } : {}),
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

/** Whoever types must not be what is measured. */
function ownRow(matches: readonly Match[]): Row {
  const busiest = (side: 'ours' | 'theirs') =>
    Math.max(...matches.flatMap((match) => match[side].map(({ ownShare }) => ownShare)));
  return {
    what: 'load generator, share of its time at work',
    homeroom: `at most ${(busiest('ours') * 100).toFixed(0)} %`,
    against: `at most ${(busiest('theirs') * 100).toFixed(0)} %`,
  };
}
