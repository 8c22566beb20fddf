import { count } from '../domain/text.ts';
import type { Finding } from './finding.ts';
import type { Patient } from './patient.ts';

export async function checkEnvironment({ survey }: Patient): Promise<Finding> {
  const check = 'environment';
  const { faults } = survey;
  if (faults.length === 0) return { level: 'ok', check, says: 'every variable is sound' };
  return {
    level: 'fail',
    check,
    says: `${count(faults.length, 'fault')}: mend them in .env or in the service's environment`,
    details: faults,
  };
}
