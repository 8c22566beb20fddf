import type { Button } from '@slack/types';
import { actions, type Leaf, type Modal, modal, paragraph } from './blocks.ts';

/** What a submitted modal turns into: the outcome in words and at most a few next moves. */
export function buildResultModal(spec: {
  title: string;
  lines: readonly Leaf[][];
  next?: readonly Button[];
  meta?: unknown;
}): Modal {
  return modal({
    id: 'result',
    title: spec.title,
    close: 'Close',
    meta: spec.meta,
    blocks: [
      ...spec.lines.map((leaves) => paragraph(...leaves)),
      ...(spec.next?.length ? [actions('result_next', ...spec.next)] : []),
    ],
  });
}
