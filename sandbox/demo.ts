import { startDemo } from './demo/start-demo.ts';

const demo = await startDemo({ port: Number(process.env['DEMO_PORT'] ?? 4500) });
process.stdout.write(
  `\n  Homeroom is running in a local Slack: ${demo.url}\n\n  Ctrl+C stops it.\n\n`,
);

process.once('SIGINT', stop);
process.once('SIGTERM', stop);

function stop(): void {
  void demo.stop().then(() => process.exit(0));
}
