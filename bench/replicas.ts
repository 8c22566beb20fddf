import { availableParallelism } from 'node:os';
import { playAll } from './commands.ts';
import { generatorRow, matchRow } from './match.ts';
import type { Section } from './report.ts';
import type { World } from './world.ts';

/**
 * Two processes of the app on one Postgres against one, commands going to both in turn. The load
 * generator and the database need cores of their own: without some to spare two cannot do more.
 */
export async function benchReplicas(world: World): Promise<Section> {
  const crm = await world.crm('postgres');
  const start = world.startHomeroom(crm);
  return world.withServers([start, start, start], async ([first, second, alone]) => {
    const contest = { stub: await world.stub(), ours: [first, second], theirs: [alone] };
    const matches = await playAll(contest, crm, [16]);
    const cores = availableParallelism();
    return {
      title: `Two replicas on one Postgres, against one (all on ${cores} cores, with database and load generator)`,
      rows: [...matches.map(matchRow), generatorRow(matches)],
    };
  });
}
