import type { KnownBlock } from '@slack/types';
import { useEffect } from 'react';
import type { SandboxChannel, SandboxView } from '../../../server/contract.ts';
import { BlockList } from '../blocks/block-list.tsx';
import { SurfaceContext } from '../elements/surface.ts';
import { useSurfaceValue } from '../elements/use-surface-value.ts';
import { useWorkspace } from '../live/workspace.ts';
import { ConversationHeader } from './conversation-header.tsx';

/** The app's Home tab. Opening it tells the app, which may then fill it. */
export function AppHome({ channel }: { channel: SandboxChannel | null }) {
  const { state, act } = useWorkspace();
  useEffect(() => {
    void act({ do: 'open_home' });
  }, [act]);
  return (
    <section className="conversation" aria-label={`${state.app.name} Home`}>
      <ConversationHeader channel={channel} isApp tab="home" />
      <div className="home" role="tabpanel" aria-label="Home">
        {state.home === null ? <EmptyHome /> : <HomeView view={state.home} />}
      </div>
    </section>
  );
}

function HomeView({ view }: { view: SandboxView }) {
  const blocks = view.blocks as KnownBlock[];
  const surface = useSurfaceValue({ type: 'view', viewId: view.id }, blocks);
  return (
    <SurfaceContext value={surface}>
      <BlockList blocks={blocks} />
    </SurfaceContext>
  );
}

function EmptyHome() {
  const { state } = useWorkspace();
  return (
    <div className="empty">
      <h2>Nothing here yet</h2>
      <p>{state.app.name} has not filled this page. The Messages tab has what it wrote to you.</p>
    </div>
  );
}
