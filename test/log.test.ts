import { WebAPIHTTPError } from '@slack/web-api';
import { describe, expect, test } from 'vitest';
import { createLog, redactSecrets } from '../src/log.ts';

function capture(level = 'debug') {
  const lines: string[] = [];
  return { lines, log: createLog({ level }, { write: (line) => void lines.push(line) }) };
}

const bot = 'xoxb-123456789012-abcDEF';
const app = 'xapp-1-A0123-456-abcdef';

describe('the log', () => {
  test('writes one JSON object a line with level, time and message', () => {
    const { lines, log } = capture();
    log.info({ job: 'nudge_sweep' }, 'a job ran');
    expect(lines).toHaveLength(1);
    const { time, ...line } = JSON.parse(lines[0] ?? '');
    expect(line).toEqual({ level: 'info', job: 'nudge_sweep', msg: 'a job ran' });
    expect(time).toMatch(/^\d{4}-\d\d-\d\dT/);
  });

  test('says nothing below its level', () => {
    const { lines, log } = capture('warn');
    log.info('quiet');
    log.warn('loud');
    expect(lines).toHaveLength(1);
  });

  test.each([
    ['in the message', (log: ReturnType<typeof createLog>) => log.info(`token ${bot} used`)],
    [
      'deep in an object',
      (log: ReturnType<typeof createLog>) => log.info({ a: { b: [{ c: app }] } }),
    ],
    [
      'in an error, its causes and their headers',
      (log: ReturnType<typeof createLog>) => {
        const headers = { Authorization: 'Bearer sesame', 'x-other': bot };
        const http = new WebAPIHTTPError(500, 'Oops', headers, { echo: app });
        const err = new Error(`call with ${bot} failed`, { cause: http });
        log.error({ err, error: http }, 'failed');
      },
    ],
    ['in a child', (log: ReturnType<typeof createLog>) => log.child({ token: bot }).warn('x')],
    [
      'in JSON within a string',
      (log: ReturnType<typeof createLog>) =>
        log.info(JSON.stringify({ headers: { authorization: `Bearer sesame`, token: app } })),
    ],
  ])('shows no token %s', (_where, write) => {
    const { lines, log } = capture();
    write(log);
    const text = lines.join('');
    expect(text).not.toMatch(/xoxb-|xapp-|sesame/);
    expect(text).toContain('[redacted]');
    for (const line of lines) expect(() => JSON.parse(line)).not.toThrow();
  });

  test('keeps the code and cause of an error readable', () => {
    const { lines, log } = capture();
    log.error({ err: new Error('outer', { cause: new Error('inner') }) }, 'failed');
    expect(lines[0]).toContain('outer');
    expect(lines[0]).toContain('inner');
  });
});

test.each([
  ['authorization: Bearer sesame', 'authorization: Bearer [redacted]'],
  ['Authorization=sesame next', 'Authorization=[redacted] next'],
  ['{"authorization":"sesame","a":1}', '{"authorization":"[redacted]","a":1}'],
  [
    String.raw`{"m":"{\"Authorization\":\"se-same\"}"}`,
    String.raw`{"m":"{\"Authorization\":\"[redacted]\"}"}`,
  ],
  ['xoxe.xoxb-1-abc', '[redacted]'],
  ['a box-office and an xoxo', 'a box-office and an xoxo'],
])('takes secrets out of %s', (line, expected) => {
  expect(redactSecrets(line)).toBe(expected);
});
