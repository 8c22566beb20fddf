import { addDays, type Day, day } from '../src/domain/calendar.ts';
import { type SeedRow, type Value, writeRows } from './seed-rows.ts';
import { teamId } from './slack-stub.ts';

/** The Wednesday plans are looked at. */
export const today: Day = day('2026-06-17');
/** Rows of one deal of a pipeline. */
export const perDeal = { steps: 6, contacts: 2, touches: 4 };
/** The one plan whose card is measured. */
export const large = { steps: 40, touches: 2_000 };

/** The id of the deal at a place; the large plan is the first. */
export const dealIdAt = (at: number) => idOf('DEAL', at);

const idOf = (kind: string, at: number) =>
  `01BENCH${kind.padEnd(7, '0')}${String(at).padStart(12, '0')}`;
const inTable = (table: string, row: Record<string, Value>): SeedRow => ({
  table,
  row: { workspace_id: teamId, ...row },
});

/** A pipeline of open deals with steps, contacts, touches and slips; the first has a large plan. */
export function seedPlans(url: string, deals: number): Promise<void> {
  return writeRows(url, rowsOf(deals));
}

function* rowsOf(deals: number): Generator<SeedRow, void> {
  const counted = { steps: 0, touches: 0 };
  for (let at = 0; at < deals; at += 1) {
    yield inTable('accounts', { id: idOf('ACCT', at), name: `Acct ${at}`, name_key: `acct ${at}` });
    yield dealRow(at);
    yield* contactRows(at);
    const size = at === 0 ? large : perDeal;
    for (let step = 0; step < size.steps; step += 1) yield stepRow(at, step, counted.steps++);
    for (let turn = 0; turn < size.touches; turn += 1) {
      yield touchRow(at, turn, counted.touches++);
      if (at === 0) yield eventRow(turn);
    }
    if (at % 5 === 0) yield revisionRow(at);
  }
}

function dealRow(at: number): SeedRow {
  const decidesOn = addDays(today, 20 + (at % 120));
  return inTable('deals', {
    id: dealIdAt(at),
    account_id: idOf('ACCT', at),
    name: `Rollout ${at}`,
    search_key: `acct ${at} rollout ${at}`,
    owner_id: idOf('PERSON', at % 200),
    amount_minor: 1_000_00 + (at % 997) * 100_00,
    currency: 'USD',
    decision_on: decidesOn,
    original_decision_on: at % 5 === 0 ? addDays(decidesOn, -14) : decidesOn,
    zone: 'America/New_York',
    status: 'open',
    privacy: 'team',
    opened_on: addDays(today, -60),
    phase: 'preference',
    segment: ['smb', 'mid', 'ent', 'svc'][at % 4] ?? 'smb',
    imported: false,
    version: 1,
  });
}

function* contactRows(deal: number): Generator<SeedRow, void> {
  for (let one = 0; one < perDeal.contacts; one += 1) {
    const at = deal * perDeal.contacts + one;
    const name = `Contact ${one}`;
    const names = { name, name_key: name.toLowerCase(), title: 'CFO' };
    yield inTable('contacts', {
      id: idOf('CONTACT', at),
      account_id: idOf('ACCT', deal),
      ...names,
    });
    const engaged_on = one === 0 ? addDays(today, -5) : null;
    const role = one === 0 ? 'decider' : null;
    const on = { deal_id: dealIdAt(deal), contact_id: idOf('CONTACT', at) };
    yield inTable('deal_contacts', { ...on, role, engaged_on });
  }
}

/** A third finished, the others due from last week until the decision. */
function stepRow(deal: number, place: number, at: number): SeedRow {
  const done = place % 3 === 0;
  const dueOn = addDays(today, done ? -10 : -7 + ((deal + place * 11) % 60));
  const ours = place % 2 === 0;
  return inTable('homework', {
    id: idOf('STEP', at),
    deal_id: dealIdAt(deal),
    side: ours ? 'seller' : 'buyer',
    title: 'Agree on the rollout plan',
    person_id: ours ? idOf('PERSON', deal % 200) : null,
    contact_id: ours ? null : idOf('CONTACT', deal * perDeal.contacts),
    due_on: dueOn,
    original_due_on: dueOn,
    done_when: 'both sides have said yes in writing',
    gate: place % 4 === 1,
    agreed_on: ours ? null : addDays(today, -20),
    done_on: done ? addDays(today, -10) : null,
    status: done ? 'done' : 'proposed',
    version: 1,
  });
}

function touchRow(deal: number, place: number, at: number): SeedRow {
  const on = addDays(
    today,
    -Math.floor((deal === 0 ? large.touches - place : 8 - place * 2) / 30) - 1,
  );
  return inTable('touches', {
    id: idOf('TOUCH', at),
    deal_id: dealIdAt(deal),
    at: new Date(Date.parse(on) + place),
    on_day: on,
    side: place % 2 === 0 ? 'seller' : 'buyer',
    kind: 'email',
    expects_reply: true,
    advance: place % 4 === 3,
    by_id: idOf('PERSON', deal % 200),
  });
}

function eventRow(at: number): SeedRow {
  return inTable('events', {
    id: idOf('EVENT', at),
    deal_id: dealIdAt(0),
    at: new Date(Date.parse(today) - at * 60_000),
    kind: 'homework_done',
    payload: {},
  });
}

function revisionRow(deal: number): SeedRow {
  const toOn = addDays(today, 20 + (deal % 120));
  const on = addDays(today, -14);
  return inTable('date_revisions', {
    id: idOf('REV', deal),
    deal_id: dealIdAt(deal),
    from_on: addDays(toOn, -14),
    to_on: toOn,
    at: new Date(Date.parse(on)),
    on_day: on,
    kind: 'slip',
    side: 'buyer',
    reason: 'Their board met later',
    tried: ['squeeze'],
  });
}
