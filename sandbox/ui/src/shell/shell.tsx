import { useState } from 'react';
import { AppHome } from '../conversation/app-home.tsx';
import { Conversation } from '../conversation/conversation.tsx';
import { ThreadPane } from '../conversation/thread-pane.tsx';
import { openChannel, sidebarChannels } from '../lib/channels.ts';
import type { Live, Shown } from '../live/use-live-state.ts';
import type { Go, Place } from '../live/use-place.ts';
import type { Toasts } from '../live/use-toasts.ts';
import { useWorkspaceValue } from '../live/use-workspace-value.ts';
import { WorkspaceContext } from '../live/workspace.ts';
import { ModalStack } from '../modals/modal-stack.tsx';
import { LinkBanner } from './link-banner.tsx';
import { Sidebar } from './sidebar.tsx';
import { TopBar } from './top-bar.tsx';
import { TourPanel } from './tour-panel.tsx';

interface Props {
  readonly shown: Shown;
  readonly live: Live;
  readonly place: Place;
  readonly go: Go;
  readonly toast: Toasts['toast'];
}

/** The whole workspace on one screen. */
export function Shell({ shown, live, place, go, toast }: Props) {
  const workspace = useWorkspaceValue(shown, live, place, go, toast);
  const [isDrawerOpen, setDrawerOpen] = useState(false);
  const { state, me } = workspace;
  const channel = openChannel(state, me.id, place.channel);
  const isApp = channel !== null && channel.id === sidebarChannels(state, me.id).app?.id;
  const isHome = place.tab === 'home' && (isApp || channel === null);
  const thread = isHome ? null : place.thread;
  return (
    <WorkspaceContext value={workspace}>
      <div className="app">
        <TopBar onMenu={() => setDrawerOpen(!isDrawerOpen)} isMenuOpen={isDrawerOpen} />
        <LinkBanner live={live} />
        <div className="body">
          <Sidebar isOpen={isDrawerOpen} onClose={() => setDrawerOpen(false)} />
          <main className="main">
            {isHome || channel === null ? (
              <AppHome channel={channel} />
            ) : (
              <Conversation key={channel.id} channel={channel} isApp={isApp} />
            )}
          </main>
          {channel !== null && thread !== null && (
            <ThreadPane key={thread} channel={channel} root={thread} />
          )}
        </div>
        <TourPanel channel={channel} hasThread={thread !== null} />
      </div>
      <ModalStack key={me.id} />
    </WorkspaceContext>
  );
}
