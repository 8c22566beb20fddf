import type { WorkspaceId } from '../domain/ids.ts';
import { count } from '../domain/text.ts';
import type { OwnChannel } from '../slack/channels.ts';
import { classifySlackError } from '../slack/errors.ts';
import { listDealChannels } from '../store/health.ts';
import { type Finding, notChecked } from './finding.ts';
import { ifKnown, type Patient } from './patient.ts';

const shared = 'it is shared with another company, or about to be';
const unsaid = 'Slack does not say who reads it';

/** Whether the weekly thread can be posted where the settings say. */
export async function checkLossChannel(patient: Patient): Promise<Finding> {
  const check = 'loss channel';
  const { lossChannel } = patient.survey;
  if (!lossChannel) return notChecked(check, 'LOSS_CHANNEL is faulty');
  const known = await channelsOf(check, patient);
  if (!('channels' in known)) return known;
  const found = findChannel(known.channels, lossChannel);
  if (!found) {
    return {
      level: 'fail',
      check,
      says: `the app is in no channel ${lossChannel}, or it is archived: make it, type /invite @${known.bot} there, or name another one in LOSS_CHANNEL`,
    };
  }
  const fault = faultOf(found);
  if (!fault) return { level: 'ok', check, says: `the app is in #${found.name} (${found.id})` };
  return {
    level: 'fail',
    check,
    says: `nothing goes to #${found.name} (${found.id}): ${fault}. End the sharing, or name a channel of your own in LOSS_CHANNEL`,
  };
}

/** The same for what lost deals tell other departments. */
export async function checkFindingChannels(patient: Patient): Promise<Finding> {
  const check = 'finding channels';
  const { findingChannels } = patient.survey;
  if (!findingChannels) return notChecked(check, 'FINDING_CHANNELS is faulty');
  const names = [...new Set(Object.values(findingChannels))];
  if (names.length === 0) {
    return { level: 'ok', check, says: 'none named: the loss channel takes what is found' };
  }
  const known = await channelsOf(check, patient);
  if (!('channels' in known)) return known;
  const faults = names.flatMap((name) => {
    const found = findChannel(known.channels, name);
    const fault = found ? faultOf(found) : `type /invite @${known.bot} there; the app is not in it`;
    return fault ? [`${name}: ${fault}`] : [];
  });
  if (faults.length === 0) {
    return { level: 'ok', check, says: `the app is in all ${names.length}` };
  }
  return {
    level: 'fail',
    check,
    says: `nothing can be told in ${count(faults.length, 'channel')}: mend what is named, or name others in FINDING_CHANNELS`,
    details: faults,
  };
}

/** The channels of open deals that the app has to leave alone. */
export async function checkDealChannels(patient: Patient): Promise<Finding> {
  const check = 'deal channels';
  const database = await ifKnown(patient.database);
  if (!database) return notChecked(check, 'the database comes first');
  if (database.migrations.pending.length > 0) return notChecked(check, 'the migrations come first');
  const channels = await ifKnown(patient.channels);
  const installation = await ifKnown(patient.installation);
  if (!channels || !installation)
    return notChecked(check, "Slack does not list the app's channels");
  const workspaceId = installation.workspaceId as WorkspaceId;
  const all = await database.store.read((tx) => listDealChannels(tx, workspaceId));
  const own = new Set(channels.map(({ id }) => id));
  const lost = all.filter(({ channelId }) => !own.has(channelId));
  if (lost.length === 0) {
    return { level: 'ok', check, says: `the app is in all ${all.length}` };
  }
  return {
    level: 'warn',
    check,
    says: `the app is not in ${count(lost.length, 'channel')} of open deals, or they are archived: type /invite @${installation.bot} there`,
    details: lost.map(({ channelId, deal }) => `${channelId}: ${deal}`),
  };
}

async function channelsOf(
  check: string,
  patient: Patient,
): Promise<Finding | { readonly channels: readonly OwnChannel[]; readonly bot: string }> {
  const installation = await ifKnown(patient.installation);
  if (!installation) return notChecked(check, 'the Slack token comes first');
  try {
    return { channels: await patient.channels(), bot: installation.bot };
  } catch (error) {
    const { code } = classifySlackError(error);
    return notChecked(check, `Slack does not list the app's channels (${code})`);
  }
}

function findChannel(channels: readonly OwnChannel[], nameOrId: string): OwnChannel | undefined {
  return channels.find(({ id, name }) => id === nameOrId || name === nameOrId.toLowerCase());
}

function faultOf({ readership }: OwnChannel): string | undefined {
  if (readership === 'ours') return undefined;
  return readership === 'shared' ? shared : unsaid;
}
