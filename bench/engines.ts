import { playAll } from './commands.ts';
import { generatorRow, matchRow } from './match.ts';
import type { Section } from './report.ts';
import type { World } from './world.ts';

/** The command path on both engines, on the same imported data. */
export async function benchEngines(world: World): Promise<Section> {
  const [sqlite, postgres] = [await world.crm('sqlite'), await world.crm('postgres')];
  const servers = [world.startHomeroom(postgres), world.startHomeroom(sqlite)] as const;
  return world.withServers(servers, async ([onPostgres, onSqlite]) => {
    const contest = { stub: await world.stub(), ours: [onPostgres], theirs: [onSqlite] };
    const matches = await playAll(contest, sameData(postgres, sqlite), [1, 16]);
    return {
      title: `Slash commands on Postgres, against SQLite (${sqlite.openDeals} open deals; both wait for the disk)`,
      rows: [...matches.map(matchRow), generatorRow(matches)],
    };
  });
}

/** Both are asked for the same; it must be there to be found. */
function sameData<Data extends { openDeals: number; userId: string; dealName: string }>(
  one: Data,
  other: Data,
): Data {
  const facts = [one, other].map((data) => [data.openDeals, data.userId, data.dealName].join());
  if (facts[0] !== facts[1])
    throw new Error(`The engines hold different data: ${facts.join('; ')}`);
  return one;
}
