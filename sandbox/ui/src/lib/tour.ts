import type { SandboxState } from '../../../server/contract.ts';

/** What a step's button does. */
export type TourAction =
  | { readonly do: 'fill'; readonly label: string; readonly text: string }
  | { readonly do: 'clock'; readonly label: string; readonly preset: string }
  | { readonly do: 'open'; readonly label: string; readonly channel: string };

export interface TourStep {
  readonly id: string;
  readonly title: string;
  readonly detail: string;
  readonly isDone: boolean;
  readonly action: TourAction | null;
}

/** What the person has done in this tab, e.g. `ran plan`, `submitted plan_assign`, `clock morning`, `pressed Done`. */
export type Journal = ReadonlySet<string>;

/** The product's main loop in six steps, each ticked by what was done and what the state shows. */
export function tourSteps(state: SandboxState, me: string, journal: Journal): TourStep[] {
  const [command = '/deal'] = state.app.commands.map((one) => one.command);
  const fill = (word: string): TourAction => {
    const text = `${command} ${word}`;
    return { do: 'fill', label: text, text };
  };
  const appDm = state.channels.find(
    ({ kind, members }) =>
      kind === 'im' && members.includes(me) && members.includes(state.app.userId),
  );
  const lossChannel = state.channels.find(({ name }) => name.includes('lost'));
  const nudged = journal.has('clock morning') && hasAppMessage(state, appDm?.id);
  return [
    {
      id: 'homework',
      title: 'Give both sides homework',
      detail: 'One step for the buyer, one for us.',
      isDone: hasSubmitted(journal, /assign|homework/),
      action: fill('homework'),
    },
    {
      id: 'plan',
      title: 'Look at the plan',
      detail: 'Both sides’ steps in one card.',
      isDone: journal.has('ran plan'),
      action: fill('plan'),
    },
    {
      id: 'morning',
      title: 'Wake up to one nudge',
      detail: `What is due arrives in ${state.app.name}’s direct message.`,
      isDone: nudged,
      action: clockAction(state, 'morning') ?? open(appDm),
    },
    {
      id: 'done',
      title: 'Answer it with Done',
      detail: 'One tap, no form.',
      isDone: journal.has('pressed Done'),
      action: open(appDm),
    },
    {
      id: 'lost',
      title: 'Lose a deal',
      detail: 'Say what happened while it is fresh.',
      isDone: hasSubmitted(journal, /lost/),
      action: fill('lost'),
    },
    {
      id: 'ritual',
      title: 'Talk the losses through',
      detail: 'The weekly thread: a line for each lost deal, and a thread of its own for its talk.',
      isDone: journal.has('clock ritual') && journal.has(`opened ${lossChannel?.id}`),
      action: journal.has('clock ritual') ? open(lossChannel) : clockAction(state, 'ritual'),
    },
  ];
}

/** The preset whose name says morning or ritual. */
export function presetKind({ id, label }: { id: string; label: string }): string {
  const name = `${id} ${label}`.toLowerCase();
  return ['ritual', 'morning'].find((kind) => name.includes(kind)) ?? id;
}

function clockAction(state: SandboxState, kind: string): TourAction | null {
  const preset = state.clockPresets.find((one) => presetKind(one) === kind);
  return preset === undefined ? null : { do: 'clock', label: 'Move the clock', preset: preset.id };
}

function open(channel: { id: string; name: string; kind: string } | undefined): TourAction | null {
  if (channel === undefined) return null;
  const name = channel.kind === 'im' ? channel.name : `#${channel.name}`;
  return { do: 'open', label: `Open ${name}`, channel: channel.id };
}

/** Whether a modal of that kind was sent, however it was opened. */
function hasSubmitted(journal: Journal, kind: RegExp): boolean {
  return [...journal].some((entry) => entry.startsWith('submitted ') && kind.test(entry));
}

function hasAppMessage(state: SandboxState, channel: string | undefined): boolean {
  return state.messages.some(
    ({ channel: place, user, ephemeralTo }) =>
      place === channel && user === state.app.userId && ephemeralTo === null,
  );
}
