import { createApp, type Homeroom } from '../app.ts';
import { type Config, readConfig } from '../config.ts';
import type { Terminal } from './terminal.ts';

/** Work with the app of the environment, which is not started, and closed in the end. */
export async function withApp(
  terminal: Terminal,
  work: (app: Homeroom, config: Config) => Promise<void>,
): Promise<void> {
  const config = readConfig(terminal.env);
  const app = await createApp(config);
  try {
    await work(app, config);
  } finally {
    await app.store.close();
  }
}
