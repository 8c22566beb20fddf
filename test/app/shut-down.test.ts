import { expect, it } from 'vitest';
import type { Clock } from '../../src/clock.ts';
import { shutDown } from '../../src/shut-down.ts';

const atOnce: Clock['sleep'] = async () => undefined;
const never: Clock['sleep'] = (_ms, signal) =>
  new Promise((_, reject) => {
    signal?.addEventListener('abort', () => reject(new Error('aborted')));
  });

it('takes the steps one after the other', async () => {
  const taken: string[] = [];
  const step = (name: string) => async () => {
    await Promise.resolve();
    taken.push(name);
  };
  await shutDown([step('jobs'), step('web'), step('store')], never);
  expect(taken).toEqual(['jobs', 'web', 'store']);
});

it('is broken off when a step hangs, and says what becomes of the rest', async () => {
  const hangs = () => new Promise<void>(() => undefined);
  await expect(shutDown([hangs], atOnce)).rejects.toThrow(
    'The stop took longer than 25 s and was broken off: what was begun is finished by the next start',
  );
});

it('passes on what a step fails with', async () => {
  const breaks = async () => Promise.reject(new Error('no'));
  await expect(shutDown([breaks], never)).rejects.toThrow('no');
});
