// Slack's CLI reads the manifest as JSON; ours is YAML so that it can be read and commented.
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

const file = new URL('../manifest.yml', import.meta.url);
process.stdout.write(`${JSON.stringify(parse(readFileSync(file, 'utf8')))}\n`);
