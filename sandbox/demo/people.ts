import { Readable } from 'node:stream';
import type { CrmExport } from './crm-export.ts';

/** A person of the demo: the same in the local Slack and in the CRM. */
export interface DemoPerson {
  readonly id: string;
  /** Handle. */
  readonly name: string;
  readonly realName: string;
  readonly title: string;
  readonly email: string;
  readonly tz: string;
  readonly manager: string;
}

/** Where each regional office of the export is. */
const officeZones: Record<string, string> = {
  Central: 'America/Chicago',
  East: 'America/New_York',
  West: 'America/Los_Angeles',
};

/** The export's 35 agents and 6 managers, each with a Slack account. */
export function demoPeople(team: CrmExport['team']): DemoPerson[] {
  const agents = team.map((row) => ({
    name: row.sales_agent,
    manager: row.manager,
    office: row.regional_office,
    title: `Sales agent, ${row.regional_office}`,
  }));
  const managers = [...new Map(team.map((row) => [row.manager, row.regional_office]))].map(
    ([name, office]) => ({ name, manager: '', office, title: `Sales manager, ${office}` }),
  );
  return [...agents, ...managers].map(({ name, manager, office, title }, index) => ({
    id: `U${String(index + 1).padStart(8, '0')}`,
    name: name.toLowerCase().replace(/[^a-z]+/g, '.'),
    realName: name,
    title,
    email: `${name.toLowerCase().replace(/[^a-z]+/g, '.')}@example.com`,
    tz: officeZones[office] ?? 'America/New_York',
    manager,
  }));
}

/** The people as a file for `homeroom import people`. */
export function peopleCsv(people: readonly DemoPerson[]): Readable {
  const lines = people.map(
    ({ realName, email, manager }) => `"${realName}","${email}","${manager}"`,
  );
  return Readable.from([['name,email,manager', ...lines].join('\n')]);
}
