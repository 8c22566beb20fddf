import type { KnownBlock } from '@slack/types';
import { lazy, Suspense } from 'react';
import { nameOf } from '../lib/people.ts';
import { useWorkspace } from '../live/workspace.ts';

const Renderer = lazy(async () => {
  const { LibraryRenderer } = await import('./library-renderer.tsx');
  return { default: LibraryRenderer };
});

/**
 * Charts, markdown, plans, cards, alerts: blocks that only show something, drawn by the kept
 * renderer. It is large, so it is fetched when the first such block appears.
 */
export function LibraryBlock({ block }: { block: KnownBlock }) {
  const { state } = useWorkspace();
  const users = state.users.map(({ id }) => ({ id, name: nameOf(state, id) }));
  const channels = state.channels.map(({ id, name }) => ({ id, name }));
  return (
    <div className={`block library ${block.type}`}>
      <Suspense fallback={<div className="library-wait" />}>
        <Renderer block={block} users={users} channels={channels} />
      </Suspense>
    </div>
  );
}
