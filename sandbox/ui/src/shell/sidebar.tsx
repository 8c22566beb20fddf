import { useState } from 'react';
import type { SandboxChannel } from '../../../server/contract.ts';
import { openChannel, sidebarChannels } from '../lib/channels.ts';
import { useWorkspace } from '../live/workspace.ts';
import { SidebarLink } from './sidebar-link.tsx';

interface Props {
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

const MANY = 12;

/** Channels, people and the app. On a phone it slides in and goes away after a choice. */
export function Sidebar({ isOpen, onClose }: Props) {
  const { state, me, place } = useWorkspace();
  const { channels, directs, app } = sidebarChannels(state, me.id);
  const current = openChannel(state, me.id, place.channel);
  const link = (channel: SandboxChannel) => (
    <SidebarLink
      key={channel.id}
      channel={channel}
      isCurrent={channel.id === current?.id}
      onOpen={onClose}
    />
  );
  return (
    <>
      {isOpen && (
        <button
          type="button"
          className="drawer-shade"
          aria-label="Close channels"
          onClick={onClose}
        />
      )}
      <nav className="sidebar" aria-label="Conversations" data-open={isOpen}>
        <Section title="Channels">{channels.map(link)}</Section>
        <Section title="Direct messages">
          <Shortened directs={directs} link={link} keep={current?.id ?? ''} />
        </Section>
        <Section title="Apps">{app !== null && link(app)}</Section>
      </nav>
    </>
  );
}

function Section({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <section className="sidebar-section" aria-label={title}>
      <h2>{title}</h2>
      {children}
    </section>
  );
}

interface ShortenedProps {
  readonly directs: readonly SandboxChannel[];
  readonly link: (channel: SandboxChannel) => React.ReactNode;
  /** The one that is open stays in sight. */
  readonly keep: string;
}

function Shortened({ directs, link, keep }: ShortenedProps) {
  const [isWhole, setWhole] = useState(false);
  const { state } = useWorkspace();
  if (directs.length === 0) return <p className="sidebar-empty">No messages yet</p>;
  const isShown = ({ id }: SandboxChannel, index: number) =>
    isWhole || index < MANY || id === keep || (state.unread[id] ?? 0) > 0;
  const shown = directs.filter(isShown);
  return (
    <>
      {shown.map(link)}
      {shown.length < directs.length && (
        <button type="button" className="sidebar-more" onClick={() => setWhole(true)}>
          Show {directs.length - shown.length} more
        </button>
      )}
    </>
  );
}
