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
  const rows: Row[] = [];
  for (const [name, typed] of [
    ['/deal list', list],
    ['/deal plan <name>', plan],
  ] as const) {
    await warmUp(contest, typed);
    for (const concurrency of [1, 16]) {
      for (const until of ['acknowledged', 'answered'] as const) {
        rows.push(await compare(contest, name, { typed, concurrency, until, ms: roundMs }));
      }
    }
  }
  const load = { typed: misspelt, concurrency: 1, until: 'answered', ms: roundMs } as const;
  rows.push(await compare(contest, '/deal plan <misspelt>', load));
  return {
    title: `Slash commands over signed HTTP (${crm.openDeals} open deals), against a bare Bolt app`,
    rows,
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

/** Rounds of both in turn, the first to go changing, so that neither has the quieter moments. */
async function compare({ stub, homeroom, bare }: Contest, name: string, load: Load): Promise<Row> {
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
  const ratio = rateOf(ours) / rateOf(theirs);
  return {
    what: `${name}, ${load.concurrency} at once, ${load.until}`,
    homeroom: sayRounds(ours),
    against: sayRounds(theirs),
    ratio: ratio.toFixed(2),
    // The aim is about acknowledging; what an answer says decides how long it takes.
    ...(load.until === 'acknowledged' ? { aim: `≥ ${aim}`, met: ratio >= aim } : {}),
  };
}

function rateOf(given: readonly Round[]): number {
  return median(given.map(({ perSecond }) => perSecond));
}

function sayRounds(given: readonly Round[]): string {
  const latencies = given.flatMap((round) => round.latencies);
  const [p50, p99] = [percentile(latencies, 0.5), percentile(latencies, 0.99)];
  return `${rateOf(given).toFixed(0)}/s, p50 ${sayMs(p50)}, p99 ${sayMs(p99)}`;
}
