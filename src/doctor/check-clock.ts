import { readServerClock } from '../store/health.ts';
import { type Finding, notChecked } from './finding.ts';
import { ifKnown, type Patient } from './patient.ts';

/** Further apart than answers take to arrive. */
const noticedMs = 60_000;

/** Slack's signatures are refused when they are older. */
const refusedMs = 5 * 60_000;

/** This machine's clock against those of others: Slack's, and the database server's. */
export async function checkClock(patient: Patient): Promise<Finding> {
  const check = 'clock';
  const others = [
    { whose: "Slack's", aheadMs: (await ifKnown(patient.installation))?.aheadMs },
    { whose: "the database server's", aheadMs: await aheadOfDatabase(patient) },
  ].flatMap(({ whose, aheadMs }) => (aheadMs === undefined ? [] : [{ whose, aheadMs }]));
  const [worst] = others.toSorted((a, b) => Math.abs(b.aheadMs) - Math.abs(a.aheadMs));
  if (!worst) return notChecked(check, 'neither Slack nor a database server said what time it is');
  const { whose, aheadMs } = worst;
  const apartMs = Math.abs(aheadMs);
  const apart = `${Math.round(apartMs / 1_000)} s ${aheadMs > 0 ? 'ahead of' : 'behind'} ${whose}`;
  if (apartMs <= noticedMs) {
    return {
      level: 'ok',
      check,
      says: `agrees with ${others.map((one) => one.whose).join(' and ')}`,
    };
  }
  return {
    level: apartMs >= refusedMs ? 'fail' : 'warn',
    check,
    says: `${apart}: set it by NTP, such as with "timedatectl set-ntp true"; beyond 5 minutes Slack's requests are refused`,
  };
}

async function aheadOfDatabase({ database, clock }: Patient): Promise<number | undefined> {
  return ifKnown(async () => {
    const { store } = await database();
    const at = await store.read(readServerClock);
    return at && clock.now().getTime() - at.getTime();
  });
}
