import type { CrmDatabase } from './crm-database.ts';
import {
  type Contest,
  generatorRow,
  type Match,
  matchRow,
  play,
  ratioOf,
  warmUp,
} from './match.ts';
import type { Row, Section } from './report.ts';
import { type Typed, typeCommand } from './slash-load.ts';
import type { World } from './world.ts';

const roundMs = 500;
const aim = 0.5;

/** Commands per second and how long one takes, ours against a bare Bolt app's. */
export async function benchCommands(world: World): Promise<Section> {
  const crm = await world.crm('sqlite');
  return world.withServers([world.startHomeroom(crm), world.startBare()], async ([ours, bare]) => {
    const contest = { stub: await world.stub(), ours: [ours], theirs: [bare] };
    const rows = [...(await playAll(contest, crm, [1, 16])), await playMisspelt(contest, crm)];
    return {
      title: `Slash commands over signed HTTP (${crm.openDeals} open deals), against a bare Bolt app`,
      rows: [...rows.map(toRow), generatorRow(rows)],
    };
  });
}

/** `/deal list` and `/deal plan`, typed by so many people at once. */
export async function playAll(
  contest: Contest,
  { userId, dealName }: CrmDatabase,
  crowds: readonly number[],
): Promise<Match[]> {
  const matches: Match[] = [];
  for (const [name, text, part] of [
    ['/deal list', 'list', 'open deals'],
    ['/deal plan <name>', `plan ${dealName}`, dealName],
  ] as const) {
    const typed = { userId, text };
    await expectAnswer(contest, typed, part);
    await warmUp(contest, typed);
    for (const concurrency of crowds) {
      for (const until of ['acknowledged', 'answered'] as const) {
        matches.push(await play(contest, name, { typed, concurrency, until, ms: roundMs }));
      }
    }
  }
  return matches;
}

async function playMisspelt(contest: Contest, { userId, dealName }: CrmDatabase): Promise<Match> {
  const typed = { userId, text: `plan ${misspell(dealName)}` };
  await expectAnswer(contest, typed, dealName);
  const load = { typed, concurrency: 1, until: 'answered', ms: roundMs } as const;
  return play(contest, '/deal plan <misspelt>', load);
}

/** Two letters of the first word change places; it is found as a close spelling. */
function misspell(name: string): string {
  return name.replace(/^(.)(.)(.)(.)/, '$1$2$4$3');
}

/** A fast answer must also be the right one. */
async function expectAnswer({ stub, ours }: Contest, typed: Typed, part: string): Promise<void> {
  for (const target of ours) {
    const { acknowledged, answered } = typeCommand(stub, target, typed);
    await acknowledged;
    const body = await answered;
    if (!body.includes(part)) {
      throw new Error(`/deal ${typed.text} was answered without '${part}': ${body.slice(0, 300)}`);
    }
  }
}

/** The aim is about acknowledging; what an answer says decides how long it takes. */
function toRow(match: Match): Row {
  if (match.load.until === 'answered') return matchRow(match);
  return { ...matchRow(match), aim: `≥ ${aim}`, met: ratioOf(match) >= aim };
}
