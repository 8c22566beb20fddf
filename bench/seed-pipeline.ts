import { addDays, type Day, day } from '../src/domain/calendar.ts';
import { type SeedRow, type Value, writeRows } from './seed-rows.ts';
import { teamId } from './slack-stub.ts';

/** How large a pipeline to make. */
export interface PipelineSize {
  readonly openDeals: number;
  readonly closedDeals: number;
}

/** The Thursday the jobs run on first: nudges in every zone and the weekly thread. */
export const firstDay: Day = day('2026-06-18');
/** The thread opens on this many Thursdays, each with the same number of losses. */
export const weeks = 5;
export const lossesPerWeek = 200;
export const peopleCount = 5_000;
export const zones = [
  'America/New_York',
  'America/Chicago',
  'America/Denver',
  'America/Los_Angeles',
  'America/Anchorage',
  'Pacific/Honolulu',
  'America/Halifax',
  'America/Sao_Paulo',
  'Atlantic/Azores',
  'Europe/London',
  'Europe/Berlin',
  'Europe/Athens',
  'Africa/Nairobi',
  'Asia/Dubai',
  'Asia/Karachi',
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'Asia/Dhaka',
  'Asia/Bangkok',
  'Asia/Singapore',
  'Asia/Tokyo',
  'Australia/Adelaide',
  'Australia/Sydney',
  'Pacific/Auckland',
];

const stepsPerDeal = 2;
const dealsPerAccount = 5;
const historyDays = 700;

/** Fills a new database; the same numbers give the same rows, so that runs can be compared. */
export function seedPipeline(url: string, size: PipelineSize): Promise<void> {
  return writeRows(url, rowsOf(size));
}

type Rows = Generator<SeedRow, void>;

function* rowsOf(size: PipelineSize): Rows {
  const random = createRandom(20_260_618);
  const deals = size.openDeals + size.closedDeals + weeks * lossesPerWeek;
  yield* seedPeople();
  for (let at = 0; at * dealsPerAccount < deals; at += 1) yield* seedAccount(at);
  for (let at = 0; at < deals; at += 1) {
    if (at < size.openDeals) {
      yield seedDeal(at, 'open', null);
      yield* seedSteps(at, random);
      if (at % 2 === 0) yield seedStall(at);
    } else if (at < size.openDeals + size.closedDeals) {
      const closedOn = addDays(firstDay, -8 - Math.floor(random() * historyDays));
      if (at % 2 === 0) yield* seedLoss(at, closedOn);
      else yield seedDeal(at, 'won', closedOn);
    } else {
      yield* seedLoss(at, addDays(firstDay, 7 * (at % weeks) - (at % 6)));
    }
  }
}

const idOf = (kind: string, at: number) => `01BENCH${kind}${String(at).padStart(12, '0')}`;
const ownerOf = (at: number) => idOf('PERSON', at % peopleCount);
const inTable = (table: string, row: Record<string, Value>): SeedRow => ({
  table,
  row: { workspace_id: teamId, ...row },
});

/** One in fifty has left: the owners of their deals are asked about their steps. */
function* seedPeople(): Rows {
  for (let at = 0; at < peopleCount; at += 1) {
    yield inTable('people', {
      id: idOf('PERSON', at),
      slack_user_id: `U${String(at).padStart(8, '0')}`,
      name: `Person ${at}`,
      name_key: `person ${at}`,
      role: at % 20 === 0 ? 'manager' : 'rep',
      standing: 'member',
      manager_id: at % 20 === 0 ? null : idOf('PERSON', at - (at % 20)),
      zone: zones[at % zones.length] ?? 'UTC',
      work_days: [1, 2, 3, 4, 5],
      active: at % 50 !== 49,
    });
  }
}

function* seedAccount(at: number): Rows {
  const account_id = idOf('ACCOUNT', at);
  yield inTable('accounts', { id: account_id, name: `Acct ${at}`, name_key: `acct ${at}` });
  yield inTable('contacts', {
    id: idOf('CONTACT', at),
    account_id,
    name: 'Dana Lee',
    name_key: 'dana lee',
    title: 'CFO',
  });
}

function seedDeal(at: number, status: string, closedOn: Day | null): SeedRow {
  const account = Math.floor(at / dealsPerAccount);
  return inTable('deals', {
    id: idOf('DEAL', at),
    account_id: idOf('ACCOUNT', account),
    crm_id: `CRM-${at}`,
    name: `Rollout ${at}`,
    search_key: `acct ${account} rollout ${at}`,
    owner_id: ownerOf(at),
    amount_minor: 1_000_00 + (at % 997) * 100_00,
    currency: 'USD',
    decision_on: addDays(firstDay, 10 + (at % 120)),
    original_decision_on: addDays(firstDay, 10 + (at % 120)),
    zone: 'America/New_York',
    status,
    privacy: at % 100 === 99 ? 'restricted' : 'team',
    opened_on: addDays(closedOn ?? firstDay, -60),
    closed_on: closedOn,
    closed_at: closedOn && loggedAt(closedOn),
    imported: true,
    version: 1,
  });
}

function* seedLoss(at: number, lostOn: Day): Rows {
  yield seedDeal(at, 'lost', lostOn);
  yield inTable('losses', {
    id: idOf('LOSS', at),
    deal_id: idOf('DEAL', at),
    lost_on: lostOn,
    logged_at: loggedAt(lostOn),
    outcome: 'rival',
    reason_set_version: 1,
    own_words: 'They wanted it live before the quarter ended, and we could not promise that.',
    facts: { daysOpen: 60 },
  });
}

/** Every second deal is held up by something, one in eight of them for good. */
function seedStall(at: number): SeedRow {
  const codes = ['buyer_silence', 'no_next_step', 'no_power', 'unmutual'];
  return inTable('stalls', {
    id: idOf('STALL', at),
    deal_id: idOf('DEAL', at),
    code: codes[(at / 2) % codes.length] ?? 'phase_age',
    severity: at % 16 === 0 ? 'stall' : 'watch',
    evidence: { value: 8, limit: 7 },
    first_on: addDays(firstDay, -(at % 20)),
    last_on: firstDay,
  });
}

/** The thread of a Thursday opens at ten; what is logged at nine belongs to it. */
function loggedAt(on: Day): Date {
  return new Date(`${on}T09:00:00Z`);
}

/** Theirs is asked of the owner, ours of whoever does it, who one time in ten is not the owner. */
function* seedSteps(deal: number, random: () => number): Rows {
  for (let step = 0; step < stepsPerDeal; step += 1) {
    const at = deal * stepsPerDeal + step;
    const dueOn = addDays(firstDay, spread(random));
    const ours = step % 2 === 0;
    yield inTable('homework', {
      id: idOf('STEP', at),
      deal_id: idOf('DEAL', deal),
      side: ours ? 'seller' : 'buyer',
      title: 'Agree on the rollout plan',
      person_id: ours ? ownerOf(random() < 0.1 ? deal + 7 : deal) : null,
      contact_id: ours ? null : idOf('CONTACT', Math.floor(deal / dealsPerAccount)),
      due_on: dueOn,
      original_due_on: dueOn,
      done_when: 'both sides have said yes in writing',
      status: 'proposed',
      version: 1,
    });
  }
}

/** Days from today a step is due: 4 % late, 2 % today, 14 % within two weeks, the rest later. */
function spread(random: () => number): number {
  const part = random();
  if (part < 0.04) return -1 - Math.floor(random() * 20);
  if (part < 0.06) return 0;
  if (part < 0.2) return 1 + Math.floor(random() * 14);
  return 15 + Math.floor(random() * 75);
}

/** mulberry32: small, and the same everywhere. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
