import type { ListenerDeps } from '../../deps.ts';
import { dayIn } from '../../domain/calendar.ts';
import { newId } from '../../domain/ids.ts';
import type { Person } from '../../domain/person.ts';
import type { Playbook } from '../../domain/playbook.ts';
import {
  draftOf,
  type PlaybookDraft,
  withMovedStep,
  withNewStep,
  withoutStep,
  withStep,
} from '../../domain/playbook-draft.ts';
import { isRefusal, type Refusal, refuse } from '../../domain/refusal.ts';
import type { Modal } from '../../slack/blocks.ts';
import { type Click, onClick, onSubmit } from '../../slack/listen.ts';
import type { FormValues } from '../../slack/payloads.ts';
import type { Subcommand } from '../../slack/subcommand.ts';
import { findPlaybook, listPlaybooks, listStepFates } from '../../store/playbooks.ts';
import { buildPlaybooksMessage, playbookListIds } from './list-message.ts';
import {
  buildPlaybookModal,
  buildPlaybookSavedModal,
  fitsModal,
  type OpenDraft,
  playbookModalIds,
  readPlaybookModal,
} from './playbook-modal.ts';
import { canEditPlaybooks, savePlaybook } from './save-playbook.ts';
import { readStepForm } from './step-form.ts';

/** The word of `/deal` about the plans a team starts from. */
export function playbookSubcommands(deps: ListenerDeps): Subcommand[] {
  return [
    {
      word: 'playbook',
      does: 'shows the plans a deal can start from, and how their steps fared',
      usage: '/deal playbook',
      needs: 'nothing',
      run: async ({ actor }) => {
        const playbooks = await deps.store.read((tx) => listPlaybooks(tx, actor.workspaceId));
        return buildPlaybooksMessage(playbooks, canEditPlaybooks(actor));
      },
    },
  ];
}

/** The modal of a playbook: to read for everybody, to change for managers. */
export function registerPlaybooks(deps: ListenerDeps): void {
  onClick(deps, playbookListIds.open, (click) => handleOpenClick(deps, click));

  const changes: Readonly<Record<string, Change>> = {
    [playbookModalIds.pick]: ({ draft }, { value }) => ({ draft, selected: value }),
    [playbookModalIds.up]: (open) => moved(open, -1),
    [playbookModalIds.down]: (open) => moved(open, 1),
    [playbookModalIds.add]: ({ draft, selected }) => {
      const key = newStepKey(deps.clock.now());
      return { draft: withNewStep(draft, key, selected), selected: key };
    },
  };
  for (const [id, change] of Object.entries(changes)) {
    onClick(deps, id, (click) => handleChange(deps, click, change));
  }
  onClick(deps, playbookModalIds.remove, (click) => handleRemove(deps, click));

  onSubmit(deps, playbookModalIds.view, async ({ actor, view, form }) => {
    const open = readPlaybookModal(view);
    const playbook = await findBase(deps, actor, open.draft);
    const typed = playbook && absorb(playbook, open, form);
    if (isRefusal(typed)) return typed;
    const saved = await savePlaybook(deps, actor, typed?.draft ?? open.draft);
    if (isRefusal(saved)) return saved;
    return { do: 'show', modal: buildPlaybookSavedModal(saved) };
  });
}

type Change = (open: OpenDraft, click: Click) => OpenDraft;

const gone = refuse('no_playbook', 'That playbook is not here any more.');

async function handleOpenClick(deps: ListenerDeps, click: Click): Promise<Refusal | undefined> {
  const { actor, value: key, view } = click;
  const playbook = await deps.store.read((tx) => findPlaybook(tx, actor.workspaceId, { key }));
  if (!playbook) return gone;
  const open = canEditPlaybooks(actor)
    ? { draft: draftOf(playbook), selected: undefined }
    : undefined;
  const modal = await modalFor(deps, actor, playbook, open);
  await (view
    ? deps.gateway.updateView({ viewId: view.id, hash: view.hash, view: modal })
    : deps.gateway.openView({ triggerId: click.triggerId, view: modal }));
  return undefined;
}

/** What is typed about the step so far goes into the draft before anything else happens to it. */
async function handleChange(
  deps: ListenerDeps,
  click: Click,
  change: Change,
): Promise<Refusal | undefined> {
  const open = readPlaybookModal(click.view);
  const playbook = await findBase(deps, click.actor, open.draft);
  if (!playbook) return gone;
  const typed = absorb(playbook, open, click.form);
  if (isRefusal(typed)) return typed;
  return show(deps, click, playbook, change(typed, click));
}

async function handleRemove(deps: ListenerDeps, click: Click): Promise<Refusal | undefined> {
  const { draft, selected } = readPlaybookModal(click.view);
  const playbook = await findBase(deps, click.actor, draft);
  if (!playbook || !selected) return gone;
  return show(deps, click, playbook, { draft: withoutStep(draft, selected), selected: undefined });
}

async function show(
  deps: ListenerDeps,
  click: Click,
  playbook: Playbook,
  open: OpenDraft,
): Promise<Refusal | undefined> {
  if (!click.view) return undefined;
  if (!fitsModal(open)) {
    return refuse('long_draft', 'That is much for one go. Save this version, then change more.');
  }
  const view = await modalFor(deps, click.actor, playbook, open);
  await deps.gateway.updateView({ viewId: click.view.id, hash: click.view.hash, view });
  return undefined;
}

function findBase(deps: ListenerDeps, actor: Person, { key, version }: PlaybookDraft) {
  return deps.store.read((tx) => findPlaybook(tx, actor.workspaceId, { key, version }));
}

function absorb(playbook: Playbook, open: OpenDraft, form: FormValues): OpenDraft | Refusal {
  const { draft, selected } = open;
  if (!selected) return open;
  const step = readStepForm(form, selected);
  return isRefusal(step) ? step : { draft: withStep(playbook, draft, step), selected };
}

function moved({ draft, selected }: OpenDraft, by: -1 | 1): OpenDraft {
  return { draft: selected ? withMovedStep(draft, selected, by) : draft, selected };
}

/** Short, for it travels with the form, and never one that a step of an earlier version had. */
function newStepKey(now: Date): string {
  return `own_${newId<string & { readonly brand: 'StepKey' }>(now).slice(-8).toLowerCase()}`;
}

async function modalFor(
  deps: ListenerDeps,
  actor: Person,
  playbook: Playbook,
  open: OpenDraft | undefined,
): Promise<Modal> {
  const today = dayIn(deps.clock.now(), actor.zone);
  const fates = await deps.store.read((tx) =>
    listStepFates(tx, actor.workspaceId, playbook.key, today),
  );
  return buildPlaybookModal({ playbook, fates, open });
}
