import type { Option } from '@slack/types';

/** One line of a list to choose from; `raw` is what the payload carries. */
export interface Choice {
  readonly key: string;
  readonly label: string;
  readonly detail: string;
  readonly raw: unknown;
}

export interface ChoiceGroup {
  readonly label: string;
  readonly choices: readonly Choice[];
}

/** A person, channel or option as Slack lists it. */
export function optionChoice(option: Option): Choice {
  return {
    key: option.value ?? option.text.text,
    label: option.text.text,
    detail: option.description?.text ?? '',
    raw: option,
  };
}

interface OptionSource {
  readonly options?: readonly Option[] | undefined;
  readonly option_groups?:
    | readonly { readonly label: { readonly text: string }; readonly options: readonly Option[] }[]
    | undefined;
}

/** Options without groups become one group without a name. */
export function optionGroups({ options, option_groups: groups }: OptionSource): ChoiceGroup[] {
  if (groups !== undefined && groups.length > 0) {
    return groups.map(({ label, options: inside }) => ({
      label: label.text,
      choices: inside.map(optionChoice),
    }));
  }
  return [{ label: '', choices: (options ?? []).map(optionChoice) }];
}

/** Keeps what holds every typed word, wherever it stands. */
export function filterGroups(groups: readonly ChoiceGroup[], query: string): ChoiceGroup[] {
  const words = fold(query).split(/\s+/).filter(Boolean);
  const fits = (choice: Choice, group: string) => {
    const text = fold(`${choice.label} ${choice.detail} ${group}`);
    return words.every((word) => text.includes(word));
  };
  return groups
    .map(({ label, choices }) => ({
      label,
      choices: choices.filter((choice) => fits(choice, label)),
    }))
    .filter(({ choices }) => choices.length > 0);
}

function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

/** What an app answered to an external select. */
export function answeredGroups(options: unknown, groups: unknown): ChoiceGroup[] {
  return optionGroups({
    options: options as OptionSource['options'],
    option_groups: groups as OptionSource['option_groups'],
  });
}
