// npm run migration -- --name what_it_adds: writes the migration of both engines under one name.
import { execFileSync } from 'node:child_process';

const given = process.argv.slice(2);
if (!given.some((word) => /^--name(=|$)/.test(word))) {
  process.stderr.write('Name it: npm run migration -- --name what_it_adds\n');
  process.exit(1);
}
for (const [folder, dialect] of [
  ['sqlite', 'sqlite'],
  ['postgres', 'postgresql'],
]) {
  const schema = `./scripts/${folder}-schema.cjs`;
  const fixed = [`--dialect=${dialect}`, `--schema=${schema}`, `--out=./migrations/${folder}`];
  execFileSync('drizzle-kit', ['generate', ...fixed, ...given], { stdio: 'inherit' });
}
