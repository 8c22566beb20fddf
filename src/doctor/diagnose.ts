import type { Clock } from '../clock.ts';
import { checkDealChannels, checkFindingChannels, checkLossChannel } from './check-channels.ts';
import { checkClock } from './check-clock.ts';
import { checkDatabase, checkMigrations } from './check-database.ts';
import { checkEnvironment } from './check-environment.ts';
import { checkMessages } from './check-messages.ts';
import { checkAppToken, checkScopes, checkToken } from './check-slack.ts';
import { type Finding, reasonOf } from './finding.ts';
import { createPatient, type Patient } from './patient.ts';

const checks: readonly (readonly [string, (patient: Patient) => Promise<Finding>])[] = [
  ['environment', checkEnvironment],
  ['Slack token', checkToken],
  ['Slack scopes', checkScopes],
  ['app token', checkAppToken],
  ['database', checkDatabase],
  ['migrations', checkMigrations],
  ['clock', checkClock],
  ['loss channel', checkLossChannel],
  ['finding channels', checkFindingChannels],
  ['deal channels', checkDealChannels],
  ['messages', checkMessages],
];

/**
 * Looks at everything the app needs, one check after the other, and changes nothing. A check that
 * fails keeps none of the others from being made.
 */
export async function diagnose(
  env: Record<string, string | undefined>,
  clock: Clock,
  tell: (finding: Finding) => void,
): Promise<Finding[]> {
  const patient = createPatient(env, { clock });
  const findings: Finding[] = [];
  try {
    for (const [name, check] of checks) {
      const finding = await check(patient).catch((error: unknown) => broke(name, error));
      findings.push(finding);
      tell(finding);
    }
  } finally {
    await patient.release();
  }
  return findings;
}

function broke(check: string, error: unknown): Finding {
  return {
    level: 'fail',
    check,
    says: `could not be checked: ${reasonOf(error)}. Mend what failed above and look again`,
  };
}
