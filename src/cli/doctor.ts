import type { Command } from 'commander';
import { systemClock } from '../clock.ts';
import { diagnose } from '../doctor/diagnose.ts';
import type { Finding } from '../doctor/finding.ts';
import { count } from '../domain/text.ts';
import { redactSecrets } from '../log.ts';
import { CommandFailed, type Terminal } from './terminal.ts';

const levelWidth = 4;
const checkWidth = 13;

export function addDoctor(program: Command, terminal: Terminal): void {
  program
    .command('doctor')
    .description('look at everything Homeroom needs, say what to mend, change nothing')
    .action(() => doctor(terminal));
}

async function doctor(terminal: Terminal): Promise<void> {
  const findings = await diagnose(terminal.env, systemClock, (finding) => {
    for (const line of write(finding)) terminal.print(redactSecrets(line));
  });
  const failed = findings.filter(({ level }) => level === 'fail').length;
  if (failed > 0) throw new CommandFailed(`${count(failed, 'check')} failed.`);
}

function write({ level, check, says, details = [] }: Finding): string[] {
  return [
    `${level.padEnd(levelWidth)}  ${check.padEnd(checkWidth)}  ${says}`,
    ...details.map((detail) => `${' '.repeat(levelWidth + 2)}- ${detail}`),
  ];
}
