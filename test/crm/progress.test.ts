import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { createProgress } from '../../src/crm/progress.ts';

/** An output that keeps what it is given, as a terminal or as a pipe. */
function createOutput(isTTY: boolean) {
  const stream = Object.assign(new PassThrough(), { isTTY, columns: 80 });
  return {
    stream: stream as unknown as NodeJS.WriteStream,
    text: () => (stream.read() as Buffer | null)?.toString() ?? '',
  };
}

it('shows how far the import is on a terminal, and clears up behind itself', () => {
  const output = createOutput(true);
  const progress = createProgress(output.stream);
  progress.update(50, 200);
  progress.update(200, 200);
  progress.stop();
  expect(output.text()).toMatch(/100%/);
});

it('stays silent in a pipe, and for a stream of unknown length', () => {
  const pipe = createOutput(false);
  const silent = createProgress(pipe.stream);
  silent.update(50, 200);
  silent.stop();
  expect(pipe.text()).toBe('');
  const terminal = createOutput(true);
  const unknown = createProgress(terminal.stream);
  unknown.update(50, undefined);
  unknown.stop();
  expect(terminal.text()).not.toMatch(/%/);
});
