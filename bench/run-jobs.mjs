// Runs the two jobs on a prepared database in a process of its own, so that its memory is the app's
// alone. Plain JavaScript, so that node starts it without a loader when it measures the build.
// Usage: node run-jobs.mjs <URL of app.js> <JSON: { sweepsAt, threadsAt }>
const [appUrl, instants] = process.argv.slice(2);
const { sweepsAt, threadsAt } = JSON.parse(instants);
const { createApp } = await import(appUrl);
const { readConfig } = await import(appUrl.replace(/app(\.\w+)$/, 'config$1'));

const app = await createApp(readConfig(process.env));
const bytesBefore = process.memoryUsage.rss();

async function time(job, at) {
  const startedAt = performance.now();
  const reports = await app.heartbeat.runJobNow(job, { at: new Date(at) });
  const ms = performance.now() - startedAt;
  const bytes = process.memoryUsage.rss();
  return { ms, bytes, summaries: reports.map(({ result }) => result?.summary ?? {}) };
}

const sweeps = [];
for (const at of sweepsAt) sweeps.push(await time('nudge_sweep', at));
const threads = [];
for (const at of threadsAt) threads.push(await time('weekly_losses', at));
await app.store.close();
process.stdout.write(`${JSON.stringify({ sweeps, threads, bytesBefore })}\n`);
