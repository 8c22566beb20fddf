import type { SandboxState, SandboxUser } from '../../../server/contract.ts';
import type { Choice, ChoiceGroup } from './options.ts';

/** How a person is called on screen; someone unknown keeps their id. */
export function nameOf(state: SandboxState, id: string): string {
  if (id === state.app.userId) return state.app.name;
  const user = state.users.find((one) => one.id === id);
  return user === undefined ? id : user.realName || user.name;
}

/** Those a person can be picked from: everyone who is still here, machines left out. */
export function personGroups(users: readonly SandboxUser[]): ChoiceGroup[] {
  const choices = users
    .filter(({ deleted, isBot }) => !(deleted || isBot))
    .map(personChoice)
    .sort((one, other) => one.label.localeCompare(other.label));
  return [{ label: '', choices }];
}

function personChoice({ id, realName, name, title }: SandboxUser): Choice {
  return { key: id, label: realName || name, detail: title, raw: id };
}

/** `DS` for Darcel Schlecht. */
export function initialsOf(name: string): string {
  const words = name.split(/\s+/).filter(Boolean);
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map(
    (word) => [...(word ?? '')][0] ?? '',
  );
  return letters.join('').toUpperCase();
}

/** One of eight quiet colours, always the same for the same person. */
export function hueOf(id: string): number {
  const sum = [...id].reduce((total, letter) => (total * 31 + letter.charCodeAt(0)) % 9973, 7);
  return (sum % 8) * 45;
}
