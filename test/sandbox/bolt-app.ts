import { App, HTTPReceiver, SocketModeReceiver } from '@slack/bolt';
import { onTestFinished } from 'vitest';
import type { Sandbox } from '../../sandbox/server/sandbox.ts';
import { appToken, botToken, clientOptions, signingSecret, silent } from './trial.ts';

type Transport = 'http' | 'socket';

/** Starts a real Bolt app with these listeners and connects it to the sandbox. */
export async function connectApp(
  sandbox: Sandbox,
  transport: Transport,
  listen: (app: App) => void,
): Promise<App> {
  const receiver =
    transport === 'http'
      ? new HTTPReceiver({ signingSecret, logger: silent })
      : new SocketModeReceiver({
          appToken,
          logger: silent,
          installerOptions: { clientOptions: clientOptions(sandbox) },
          clientPingTimeout: 60,
        });
  const app = new App({
    token: botToken,
    receiver,
    convoStore: false,
    logger: silent,
    clientOptions: clientOptions(sandbox),
  });
  listen(app);
  if (transport === 'http') {
    const server = await app.start({ port: 0, host: '127.0.0.1' });
    const address = 'address' in server ? server.address() : null;
    if (typeof address !== 'object' || !address) throw new Error('The app listens nowhere.');
    sandbox.connectHttp(`http://127.0.0.1:${address.port}`);
  } else {
    await app.start();
  }
  onTestFinished(async () => {
    await app.stop();
  });
  return app;
}
