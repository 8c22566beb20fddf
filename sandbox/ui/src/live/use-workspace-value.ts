import { useCallback } from 'react';
import type { Act, ActResult, SandboxUser, SandboxView } from '../../../server/contract.ts';
import { openChannel } from '../lib/channels.ts';
import { presetKind } from '../lib/tour.ts';
import { sendAct } from './api.ts';
import { useDrafts } from './use-drafts.ts';
import { useJournal } from './use-journal.ts';
import type { Live, Shown } from './use-live-state.ts';
import { useLocalLines } from './use-local-lines.ts';
import { useNews } from './use-news.ts';
import type { Go, Place } from './use-place.ts';
import type { Toasts } from './use-toasts.ts';
import type { Workspace } from './workspace.ts';

/** Puts the pieces together that the page lives on. */
export function useWorkspaceValue(
  shown: Shown,
  live: Live,
  place: Place,
  go: Go,
  toast: Toasts['toast'],
): Workspace {
  const { state, as } = shown;
  const [journal, note] = useJournal();
  const act = useAct(as, live, note);
  const onScreen =
    place.tab === 'home' ? null : (openChannel(state, as, place.channel)?.id ?? null);
  const { isMoving, moveClock: runMove } = useNews(shown, onScreen, toast);
  const moveClock = useCallback(
    async (preset: string) => {
      await runMove(() => act({ do: 'move_clock', preset }));
      const moved = state.clockPresets.find(({ id }) => id === preset);
      if (moved !== undefined) note(`clock ${presetKind(moved)}`);
    },
    [runMove, act, note, state.clockPresets],
  );
  return {
    ...useDrafts(),
    ...useLocalLines(),
    toast,
    state,
    me: state.users.find(({ id }) => id === as) ?? nobody(as, state.team.zone),
    now: new Date(state.now),
    place,
    go,
    act,
    isMoving,
    moveClock,
    journal,
    note,
  };
}

/** Sends an act, waits for its traces, and notes what a tour would want to know. */
function useAct(as: string, live: Live, note: (entry: string) => void) {
  const { refresh, latest } = live;
  return useCallback(
    async (act: Act): Promise<ActResult> => {
      const before = viewOf(act, latest.current);
      const result = await sendAct(as, act);
      if (act.do === 'options') return result;
      await refresh();
      if (!result.ok || result.errors) return result;
      if (act.do === 'command') note(`ran ${act.text.trim().split(/\s+/)[0]}`);
      const after = viewOf(act, latest.current);
      const isThrough = before !== undefined && !(after && 'submit' in after && after.submit);
      if (isThrough) note(`submitted ${before.callback_id}`);
      return result;
    },
    [as, refresh, latest, note],
  );
}

/** The modal that an act submits, as it is now: gone, or perhaps showing the outcome. */
function viewOf(act: Act, shown: Shown | null): SandboxView | undefined {
  return shown?.state.modals.find(({ id }) => act.do === 'submit' && id === act.viewId);
}

function nobody(id: string, tz: string): SandboxUser {
  return {
    id,
    tz,
    name: id,
    realName: id,
    title: '',
    email: '',
    isBot: false,
    isRestricted: false,
    isStranger: false,
    teamId: '',
    deleted: false,
  };
}
