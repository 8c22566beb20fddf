import type { SlackUserId } from '../domain/ids.ts';
import { foldName } from '../domain/names.ts';
import type { Role } from '../domain/person.ts';
import { isRefusal, type Refusal, refuse } from '../domain/refusal.ts';
import { cellOf, findNameFault, findRowFault, quoteCell } from './cells.ts';
import type { Columns } from './columns.ts';
import type { CsvRow } from './csv-records.ts';
import type { PersonField } from './person-fields.ts';

/** A person as a CRM tells it, in our terms; undefined is a cell that is empty or missing. */
export interface CrmPerson extends CsvRow {
  readonly crmId: string | undefined;
  readonly name: string;
  readonly email: string | undefined;
  readonly manager: string | undefined;
  readonly managerEmail: string | undefined;
  readonly role: Role | undefined;
  /** What stands in the role column when it is none of ours. */
  readonly unknownRole: string | undefined;
  readonly zone: string | undefined;
  readonly slackUserId: SlackUserId | undefined;
}

/** Turns a row into a person, or says why it cannot. */
export function readPerson(
  row: CsvRow,
  header: readonly string[],
  columns: Columns<PersonField>,
): CrmPerson | Refusal {
  const text = (field: PersonField) => cellOf(row, columns, field);
  const name = text('name') || `${text('first_name')} ${text('last_name')}`.trim();
  const fault =
    findRowFault(row, header) ??
    (name === '' ? refuse('no_name', 'It has no name.') : undefined) ??
    findNameFault(name, 'The name') ??
    findNameFault(text('id'), 'The id') ??
    findNameFault(text('email'), 'The e-mail') ??
    findNameFault(text('manager'), 'The manager');
  if (fault) return fault;
  const zone = readZone(text('zone'));
  if (isRefusal(zone)) return zone;
  const slackUserId = readSlackId(text('slack_id'));
  if (isRefusal(slackUserId)) return slackUserId;
  const role = readRole(text('role'));
  return {
    ...row,
    crmId: text('id') || undefined,
    name,
    email: text('email').toLowerCase() || undefined,
    manager: text('manager') || undefined,
    managerEmail: text('manager_email').toLowerCase() || undefined,
    role,
    unknownRole: role ? undefined : text('role') || undefined,
    zone,
    slackUserId,
  };
}

const roles: ReadonlyMap<string, Role> = new Map([
  ['rep', 'rep'],
  ['sales rep', 'rep'],
  ['agent', 'rep'],
  ['sales agent', 'rep'],
  ['account executive', 'rep'],
  ['manager', 'manager'],
  ['sales manager', 'manager'],
  ['team lead', 'manager'],
  ['head of sales', 'manager'],
  ['admin', 'admin'],
]);

function readRole(text: string): Role | undefined {
  return roles.get(foldName(text));
}

/** An IANA name, alone or as Salesforce has it: `(GMT+01:00) … Time (Europe/Berlin)`. */
function readZone(text: string): string | undefined | Refusal {
  if (text === '') return undefined;
  const zone = /\(([A-Za-z_]+\/[\w/+-]+)\)$/.exec(text)?.[1] ?? text;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone;
  } catch {
    return refuse(
      'zone',
      `The time zone ${quoteCell(text)} is unknown. Write it as Europe/Berlin.`,
    );
  }
}

function readSlackId(text: string): SlackUserId | undefined | Refusal {
  if (text === '') return undefined;
  return /^[UW][A-Z0-9]{2,}$/.test(text)
    ? (text as SlackUserId)
    : refuse('slack_id', `The Slack id ${quoteCell(text)} is none. It looks like U012AB3CD.`);
}
