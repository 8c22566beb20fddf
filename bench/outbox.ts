import { channels, type Delivered, type OutboxLoad, runOutbox } from './outbox-run.ts';
import type { Row, Section } from './report.ts';
import type { World } from './world.ts';

/** What `createDispatcher` keeps to when it is told nothing. */
const productionCeiling = 4;
/** Higher than what the channels allow together. */
const lifted = { ceilingPerSecond: 10_000, concurrency: 32 };
const aim = 0.95;
/** A second between two messages as the clock of the receiver sees it. */
const apartMs = 900;

const loads: readonly (Omit<OutboxLoad, 'name'> & { readonly who: string })[] = [
  { who: 'SQLite', engine: 'sqlite', dispatchers: 1, seconds: 10, options: lifted },
  { who: 'Postgres', engine: 'postgres', dispatchers: 1, seconds: 10, options: lifted },
  {
    who: 'Postgres, two of them',
    engine: 'postgres',
    dispatchers: 2,
    seconds: 10,
    options: lifted,
  },
  { who: 'SQLite', engine: 'sqlite', dispatchers: 1, seconds: 20, options: {} },
  { who: 'Postgres, two of them', engine: 'postgres', dispatchers: 2, seconds: 20, options: {} },
];

/**
 * What the dispatchers deliver of what Slack allows: one message a second a channel, first with the
 * workspace's ceiling lifted, which shows the dispatchers, then as they are in production.
 */
export async function benchOutbox(world: World): Promise<Section> {
  const usable = (await world.postgres())
    ? loads
    : loads.filter((load) => load.engine === 'sqlite');
  const rows: Row[] = [];
  for (const [at, load] of usable.entries()) {
    rows.push(toRow(load, await runOutbox(world, { ...load, name: `outbox_${at}` })));
  }
  return {
    title: `Outbox: messages queued for ${channels} channels at once, against the pace that is allowed`,
    rows,
  };
}

function toRow({ who, options }: (typeof loads)[number], delivered: Delivered): Row {
  const ceiling = options.ceilingPerSecond ?? productionCeiling;
  const allowed = Math.min(channels, ceiling);
  const part = delivered.perSecond / allowed;
  const kept = part <= 2 - aim && delivered.closestMs >= apartMs;
  const errors = delivered.logged.length;
  return {
    what: `${who}, ${ceiling > channels ? 'ceiling lifted' : `ceiling ${ceiling}/s`}`,
    homeroom: [
      `${delivered.perSecond.toFixed(1)}/s`,
      sayApart(delivered),
      `${sayPart(delivered.share)} of a core`,
      ...(errors > 0 ? [`${errors} errors logged`] : []),
    ].join(', '),
    against: `${allowed}/s`,
    ratio: sayPart(part),
    aim: `≥ ${sayPart(aim)}, limits kept`,
    met: part >= aim && kept && errors === 0,
  };
}

function sayApart({ closestMs }: Delivered): string {
  return Number.isFinite(closestMs)
    ? `≥ ${(closestMs / 1_000).toFixed(2)} s apart`
    : 'one a channel';
}

function sayPart(part: number): string {
  return `${(part * 100).toFixed(0)} %`;
}
