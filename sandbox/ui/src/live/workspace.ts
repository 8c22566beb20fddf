import { createContext, use } from 'react';
import type { Act, ActResult, SandboxState, SandboxUser } from '../../../server/contract.ts';
import type { Journal } from '../lib/tour.ts';
import type { Drafts } from './use-drafts.ts';
import type { LocalLines } from './use-local-lines.ts';
import type { Go, Place } from './use-place.ts';
import type { Toasts } from './use-toasts.ts';

/** What every part of the page may know and do. */
export interface Workspace extends Drafts, LocalLines, Pick<Toasts, 'toast'> {
  readonly state: SandboxState;
  readonly me: SandboxUser;
  readonly now: Date;
  readonly place: Place;
  readonly go: Go;
  readonly act: (act: Act) => Promise<ActResult>;
  readonly isMoving: boolean;
  readonly moveClock: (preset: string) => Promise<void>;
  readonly journal: Journal;
  readonly note: (entry: string) => void;
}

export const WorkspaceContext = createContext<Workspace | null>(null);

export function useWorkspace(): Workspace {
  const workspace = use(WorkspaceContext);
  if (workspace === null) throw new Error('useWorkspace outside of a WorkspaceContext');
  return workspace;
}
