import { useState } from 'react';
import type { SandboxView } from '../../../server/contract.ts';
import { useWorkspace } from '../live/workspace.ts';
import { Modal } from './modal.tsx';

/** The open views, bottom first. Only the top one shows; those below keep what was typed in them. */
export function ModalStack() {
  const { state, act } = useWorkspace();
  const [closing, setClosing] = useState<ReadonlySet<string>>(new Set());
  const open = state.modals.filter(({ id }) => !closing.has(id));

  const close = async (views: readonly SandboxView[]) => {
    setClosing((before) => new Set([...before, ...views.map(({ id }) => id)]));
    for (const view of views.toReversed()) await act({ do: 'close', viewId: view.id });
    setClosing(new Set());
  };
  return open.map((view, index) => (
    <Modal
      key={view.id}
      view={view}
      isTop={index === open.length - 1}
      isPushed={index > 0}
      onBack={() => void close([view])}
      onCloseAll={() => void close(open)}
    />
  ));
}
