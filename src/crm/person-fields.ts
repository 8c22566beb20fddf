import { isRefusal, type Refusal, refuse } from '../domain/refusal.ts';
import { type Columns, type FieldAliases, matchColumns, sayColumns } from './columns.ts';

export type PersonField =
  | 'id'
  | 'name'
  | 'first_name'
  | 'last_name'
  | 'email'
  | 'manager'
  | 'manager_email'
  | 'role'
  | 'zone'
  | 'slack_id';

// An office or a region is in many of these files; it says nothing about the zone a person is in.
const aliases: FieldAliases<PersonField> = {
  id: ['user id', 'crm id', 'owner id', 'agent id', 'employee id', 'record id', 'id'],
  name: [
    'sales agent',
    'agent',
    'full name',
    'name',
    'user',
    'sales rep',
    'rep',
    'salesperson',
    'owner name',
    'owner',
    'employee',
    'display name',
  ],
  first_name: ['first name', 'given name', 'firstname'],
  last_name: ['last name', 'family name', 'surname', 'lastname'],
  email: ['email', 'e-mail', 'email address', 'work email', 'user email', 'owner email'],
  manager: [
    'manager',
    'manager name',
    'reports to',
    'sales manager',
    'line manager',
    'supervisor',
    'team lead',
  ],
  manager_email: ['manager email', 'reports to email'],
  role: ['role', 'user role'],
  zone: ['time zone', 'timezone', 'zone', 'tz'],
  slack_id: ['slack id', 'slack user id', 'slack member id', 'member id', 'slack'],
};

/** Finds a people file's columns; refuses a file that names nobody. */
export function matchPersonColumns(
  header: readonly string[],
  map: Readonly<Record<string, string>>,
): Columns<PersonField> | Refusal {
  const columns = matchColumns(header, map, aliases);
  if (isRefusal(columns)) return columns;
  if ((columns.name ?? columns.first_name ?? columns.last_name) === undefined) {
    return refuse(
      'no_name',
      `No column looks like a person’s name. Name it with --map "Your column=name". ${sayColumns(header)}`,
    );
  }
  return columns;
}
