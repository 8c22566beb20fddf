// One dispatcher in a process of its own, as a replica has it. Plain JavaScript, so that node starts
// it without a loader when it measures the build.
// Usage: node run-outbox.mjs <URL of app.js> <JSON: options of createDispatcher>
// Prints a line when it is ready, looks at its queue on SIGUSR2, and on SIGTERM ends and says how
// much of a core it used.
const [appUrl, options] = process.argv.slice(2);
const load = (path) => import(appUrl.replace(/app(\.\w+)$/, `${path}$1`));

const { systemClock: clock } = await load('clock');
const { readConfig } = await load('config');
const { createLog } = await load('log');
const { createDispatcher } = await load('outbox/dispatcher');
const { createPostingClient, createReadingClient } = await load('slack/client');
const { createGateway } = await load('slack/gateway');
const { openStore } = await load('store/open-store');
const { assertOutsideTransaction } = await load('store/store');

const config = readConfig(process.env);
const log = createLog({ level: config.logLevel });
const store = await openStore(config.databaseUrl);
const gateway = createGateway({
  posting: createPostingClient(config, log),
  reading: createReadingClient(config, log),
  now: clock.now,
  assertOutside: assertOutsideTransaction,
  log,
});
const { workspaceId } = await gateway.identify();

// What a message says is another matter: this one costs no query.
const renderer = {
  render: async (_tx, { target, payload: { text } }) => {
    const blocks = [{ type: 'section', text: { type: 'plain_text', text } }];
    return { do: 'post', target, message: { text, blocks } };
  },
  whenUnknown: 'reconcile',
};
const dispatcher = createDispatcher({
  ...{ store, gateway, clock, log, workspaceId },
  renderers: { loss_listed: renderer },
  ...JSON.parse(options),
});
dispatcher.start();
// An idle dispatcher waits for a bell, and that alone keeps no process alive.
setInterval(() => undefined, 60_000);

let wokenAt = performance.now();
let usedBefore = process.cpuUsage();
process.on('SIGUSR2', () => {
  wokenAt = performance.now();
  usedBefore = process.cpuUsage();
  dispatcher.wake();
});
process.once('SIGTERM', async () => {
  const { user, system } = process.cpuUsage(usedBefore);
  const share = (user + system) / 1_000 / (performance.now() - wokenAt);
  await dispatcher.stop();
  await store.close();
  process.stdout.write(`${JSON.stringify({ share })}\n`, () => process.exit(0));
});
process.stdout.write('ready\n');
