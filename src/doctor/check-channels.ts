import type { WorkspaceId } from '../domain/ids.ts';
import { count } from '../domain/text.ts';
import { classifySlackError } from '../slack/errors.ts';
import { listDealChannels } from '../store/health.ts';
import { type Finding, notChecked } from './finding.ts';
import { ifKnown, type Patient } from './patient.ts';

/** Whether the weekly thread can be posted where the settings say. */
export async function checkLossChannel(patient: Patient): Promise<Finding> {
  const check = 'loss channel';
  const { lossChannel } = patient.survey;
  if (!lossChannel) return notChecked(check, 'LOSS_CHANNEL is faulty');
  const installation = await ifKnown(patient.installation);
  if (!installation) return notChecked(check, 'the Slack token comes first');
  let channels: Awaited<ReturnType<Patient['channels']>>;
  try {
    channels = await patient.channels();
  } catch (error) {
    return notChecked(
      check,
      `Slack does not list the app's channels (${classifySlackError(error).code})`,
    );
  }
  const found = [...channels].find(
    ([name, id]) => id === lossChannel || name === lossChannel.toLowerCase(),
  );
  if (found) return { level: 'ok', check, says: `the app is in #${found[0]} (${found[1]})` };
  return {
    level: 'fail',
    check,
    says: `the app is in no channel ${lossChannel}, or it is archived: make it, type /invite @${installation.bot} there, or name another one in LOSS_CHANNEL`,
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
  const own = new Set(channels.values());
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
