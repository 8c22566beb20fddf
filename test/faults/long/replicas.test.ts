import { describe, it } from 'vitest';
import { engines, newDatabaseUrl } from '../../support/test-store.ts';
import { liveThroughADay } from '../support/replica-day.ts';
import { startReplicas } from '../support/replica-world.ts';

describe.runIf(engines.includes('postgres'))('two replicas on Postgres', () => {
  it.each(['Socket Mode', 'HTTP'] as const)(
    'double and lose nothing of 1,000 interactions over %s, though one is killed',
    async (road) => {
      const url = await newDatabaseUrl('postgres');
      const world = await startReplicas(url, road, '2026-11-25T16:00:00Z');
      try {
        await liveThroughADay(world, 500);
      } finally {
        await world.stop();
      }
    },
    600_000,
  );
});
