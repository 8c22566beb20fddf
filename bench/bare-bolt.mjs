// The measure of our commands: the least Bolt app that answers the same one. Plain JavaScript, so
// that node starts it without a loader, like a build.
import { App, HTTPReceiver } from '@slack/bolt';

const { SLACK_BOT_TOKEN, SLACK_SIGNING_SECRET, SLACK_API_URL } = process.env;

const app = new App({
  token: SLACK_BOT_TOKEN,
  receiver: new HTTPReceiver({ signingSecret: SLACK_SIGNING_SECRET }),
  clientOptions: { slackApiUrl: SLACK_API_URL },
  logLevel: 'error',
});

app.command('/deal', async ({ ack, respond }) => {
  await ack();
  await respond('You have 12 open deals.');
});

const server = await app.start({ port: 0, host: '127.0.0.1' });
process.stdout.write(`Bare Bolt is up: http://127.0.0.1:${server.address().port}/\n`);
process.once('SIGTERM', () => process.exit(0));
