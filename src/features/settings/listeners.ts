import type { ListenerDeps } from '../../deps.ts';
import { dayIn } from '../../domain/calendar.ts';
import { newId } from '../../domain/ids.ts';
import type { Person } from '../../domain/person.ts';
import { isRefusal, type Refusal, refuse } from '../../domain/refusal.ts';
import type { Modal } from '../../slack/blocks.ts';
import { type Click, onClick, onSubmit } from '../../slack/listen.ts';
import type { View } from '../../slack/payloads.ts';
import type { Call, Reply, Subcommand } from '../../slack/subcommand.ts';
import { findNudgeWishes, listStoodInFor } from '../../store/nudge-wishes.ts';
import { findPerson } from '../../store/people.ts';
import {
  buildMorningModal,
  morningModalIds,
  readMorningMeta,
  readMorningModal,
} from './morning-modal.ts';
import { buildMorningsSavedModal } from './mornings-saved.ts';
import { askAgain, loadResting, muteKind } from './resting.ts';
import { restingIds } from './resting-blocks.ts';
import { saveMornings } from './save-mornings.ts';
import { teamSettingsCommand } from './team-listeners.ts';

/** The word of `/deal` about what one person, or one team, wishes. */
export function settingsSubcommands(deps: ListenerDeps): Subcommand[] {
  const words: Readonly<Record<string, (call: Call) => Promise<Reply>>> = {
    me: (call) => openMornings(deps, call),
    team: (call) => teamSettingsCommand(deps, call),
  };
  return [
    {
      word: 'settings',
      does: 'sets when your message comes, or what counts as stalled in your team',
      usage: '/deal settings [me|team]',
      needs: 'nothing',
      run: async (call) => {
        const [word = ''] = call.text.toLowerCase().split(' ');
        const run = words[word === '' ? 'me' : word];
        return run ? run(call) : unknownWord;
      },
    },
  ];
}

const unknownWord = refuse(
  'no_such_settings',
  'There are two: /deal settings me for your mornings, /deal settings team for your team.',
);

/** What settings borrow from nudges. */
export interface RestHands {
  /** Opens the form that lets a question, its deal or its kind rest. */
  readonly openRest: (click: Click) => Promise<Refusal | undefined>;
}

/** The form for one's own mornings. */
export function registerSettings(deps: ListenerDeps, { openRest }: RestHands): void {
  onClick(deps, restingIds.snooze, async (click) => {
    const refused = await openRest(click);
    return refused ?? showAgain(deps, click);
  });
  onClick(deps, morningModalIds.more, (click) => showAgain(deps, click, { more: true }));
  onClick(deps, restingIds.askAgain, async (click) => {
    await askAgain(deps, click.actor, click.value);
    return showAgain(deps, click);
  });
  onClick(deps, restingIds.mute, async (click) => {
    await muteKind(deps, click.actor, click.value);
    return showAgain(deps, click);
  });

  onSubmit(deps, morningModalIds.view, async ({ actor, view, form }) => {
    const { formId, standIn: slackUserId, form: typed } = readMorningModal({ view, form });
    const standIn = slackUserId
      ? await deps.knowPerson({ teamId: deps.workspaceId, userId: slackUserId })
      : undefined;
    const wishes = await saveMornings(deps, actor, { formId, form: { ...typed, standIn } });
    if (isRefusal(wishes)) return wishes;
    const today = dayIn(deps.clock.now(), actor.zone);
    const standsInFor = await deps.store.read((tx) =>
      listStoodInFor(tx, actor.workspaceId, actor.id, today),
    );
    const saved = { wishes, standInName: standIn?.name, standsInFor, today };
    return { do: 'show', modal: buildMorningsSavedModal(saved) };
  });
}

/** Opens the form for one's own mornings. */
export async function openMornings(
  deps: ListenerDeps,
  { actor, triggerId }: Pick<Call, 'actor' | 'triggerId'>,
): Promise<undefined> {
  await deps.gateway.openView({ triggerId, view: await morningModalFor(deps, actor) });
  return undefined;
}

/** What was chosen so far stays, by block. */
async function showAgain(
  deps: ListenerDeps,
  { actor, view }: Click,
  change?: { readonly more: true },
): Promise<undefined> {
  return view && showMornings(deps, actor, view, change);
}

/** Shows the form again as things are now, wherever it stands among the open ones. */
export async function showMornings(
  deps: ListenerDeps,
  actor: Person,
  view: Pick<View, 'id' | 'private_metadata'>,
  change?: { readonly more: true },
): Promise<undefined> {
  const modal = await morningModalFor(deps, actor, { ...readMorningMeta(view), ...change });
  // Without the hash: of two quick clicks the later one counts, not the one shown first.
  await deps.gateway.updateView({ viewId: view.id, view: modal });
  return undefined;
}

async function morningModalFor(
  deps: ListenerDeps,
  actor: Person,
  open?: { readonly formId: string; readonly more: boolean },
): Promise<Modal> {
  const now = deps.clock.now();
  return deps.store.read(async (tx) => {
    const { id, workspaceId, zone } = actor;
    const wishes = await findNudgeWishes(tx, workspaceId, id);
    const standIn = wishes.standInId && (await findPerson(tx, workspaceId, wishes.standInId));
    return buildMorningModal({
      formId: open?.formId ?? newId(now),
      // Quiet hours that are kept are shown, so that they can be changed.
      more: open?.more ?? wishes.quiet !== undefined,
      wishes,
      standIn: standIn?.slackUserId,
      zone,
      today: dayIn(now, zone),
      resting: await loadResting(tx, actor, now),
    });
  });
}
