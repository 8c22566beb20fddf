import { classifySlackError } from '../slack/errors.ts';
import { optionalScopes, requiredScopes } from '../slack/scopes.ts';
import { type Finding, notChecked } from './finding.ts';
import { ifKnown, type Patient } from './patient.ts';

const reinstall = 'add it under "OAuth & Permissions" and install the app again';

/** Whether Slack answers and takes the bot token. */
export async function checkToken(patient: Patient): Promise<Finding> {
  const check = 'Slack token';
  const { inspector } = patient;
  if (!inspector) return notChecked(check, 'the environment is faulty');
  try {
    const { bot, team, workspaceId } = await patient.installation();
    return { level: 'ok', check, says: `it is @${bot} in ${team} (${workspaceId})` };
  } catch (error) {
    return refused(check, inspector.apiUrl, error, 'SLACK_BOT_TOKEN', '"OAuth & Permissions"');
  }
}

/** Whether the installation has the rights the manifest asks for. */
export async function checkScopes(patient: Patient): Promise<Finding> {
  const check = 'Slack scopes';
  const installation = await ifKnown(patient.installation);
  if (!installation) return notChecked(check, 'the Slack token comes first');
  const { scopes } = installation;
  if (!scopes) return notChecked(check, 'Slack did not say which scopes there are');
  const lacking = (wanted: typeof requiredScopes) =>
    wanted.filter(({ name }) => !scopes.includes(name));
  const missing = lacking(requiredScopes);
  const left = lacking(optionalScopes);
  if (missing.length + left.length === 0) {
    return { level: 'ok', check, says: `all ${requiredScopes.length + optionalScopes.length}` };
  }
  const names = [...missing, ...left].map(({ name }) => name).join(', ');
  return {
    level: missing.length > 0 ? 'fail' : 'warn',
    check,
    says: `${names} not granted: ${reinstall}`,
    details: [
      ...missing.map(({ name, without }) => `${name} is required: ${without}`),
      ...left.map(({ name, without }) => `${name} is optional: without it ${without}`),
    ],
  };
}

/** Whether Slack takes the app-level token, where there is one. */
export async function checkAppToken({ survey, inspector }: Patient): Promise<Finding> {
  const check = 'app token';
  if (!inspector || !survey.slack) return notChecked(check, 'the environment is faulty');
  const { appToken, signingSecret } = survey.slack;
  if (!appToken && !signingSecret) return notChecked(check, 'the environment is faulty');
  if (!appToken) return { level: 'ok', check, says: 'not used: Slack calls over signed HTTP' };
  try {
    await inspector.checkAppToken(appToken);
    return { level: 'ok', check, says: 'Slack gives it a socket' };
  } catch (error) {
    const place = '"Basic Information → App-Level Tokens", with the scope connections:write';
    return refused(check, inspector.apiUrl, error, 'SLACK_APP_TOKEN', place);
  }
}

function refused(
  check: string,
  apiUrl: string,
  error: unknown,
  variable: string,
  place: string,
): Finding {
  const fault = classifySlackError(error);
  const { code } = fault;
  if (code === 'ratelimited') {
    return notChecked(check, 'Slack asks for a pause (ratelimited); try again in a minute');
  }
  const says =
    fault.class === 'install_broken' || fault.class === 'payload_bad'
      ? `Slack at ${apiUrl} did not take ${variable} (${code}): copy it again from ${place}`
      : `Slack at ${apiUrl} cannot be reached (${code}): look at the network, a proxy and SLACK_API_URL`;
  return { level: 'fail', check, says };
}
