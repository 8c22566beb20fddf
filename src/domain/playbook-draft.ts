import type { Playbook, TemplateStep } from './playbook.ts';

/** What a step says besides its key. */
export type StepTexts = Omit<TemplateStep, 'key'>;

/**
 * What somebody is about to change about one version of a playbook: small enough to travel with a
 * form, so it holds differences only.
 */
export interface PlaybookDraft {
  readonly key: string;
  readonly version: number;
  /** The keys of the steps as they shall stand; new ones among them, removed ones not. */
  readonly order: readonly string[];
  readonly edits: Readonly<Record<string, Partial<StepTexts>>>;
}

/** What a new step is before anybody worded it. */
const emptyStep: StepTexts = {
  title: '',
  side: 'both',
  leadBd: 5,
  durationBd: 1,
  gate: false,
  why: '',
  doneWhen: '',
};

/** A plan of more steps than this is one nobody reads. */
export const mostSteps = 40;

export function draftOf({ key, version, steps }: Playbook): PlaybookDraft {
  return { key, version, order: steps.map((step) => step.key), edits: {} };
}

/** The steps as the draft would have them. */
export function draftedSteps(base: Playbook, draft: PlaybookDraft): TemplateStep[] {
  return draft.order.map((key) => ({ ...stepBefore(base, key), ...draft.edits[key] }));
}

function stepBefore(base: Playbook, key: string): TemplateStep {
  return base.steps.find((step) => step.key === key) ?? { ...emptyStep, key };
}

/** The draft with a step as it is worded now. */
export function withStep(
  base: Playbook,
  draft: PlaybookDraft,
  { key, ...texts }: TemplateStep,
): PlaybookDraft {
  const before: Record<string, unknown> = { ...stepBefore(base, key) };
  const changed = Object.entries(texts).filter(([name, value]) => before[name] !== value);
  const { [key]: _, ...others } = draft.edits;
  const edits = changed.length === 0 ? others : { ...others, [key]: Object.fromEntries(changed) };
  return { ...draft, edits };
}

export function withoutStep(draft: PlaybookDraft, key: string): PlaybookDraft {
  const { [key]: _, ...edits } = draft.edits;
  return { ...draft, edits, order: draft.order.filter((one) => one !== key) };
}

/** A new step behind `after`, or at the end. */
export function withNewStep(
  draft: PlaybookDraft,
  key: string,
  after: string | undefined,
): PlaybookDraft {
  const at = after === undefined ? -1 : draft.order.indexOf(after);
  const place = at < 0 ? draft.order.length : at + 1;
  return { ...draft, order: draft.order.toSpliced(place, 0, key) };
}

/** A step one place up or down; at the end of the way it stays. */
export function withMovedStep(draft: PlaybookDraft, key: string, by: -1 | 1): PlaybookDraft {
  const from = draft.order.indexOf(key);
  const to = from + by;
  if (from < 0 || to < 0 || to >= draft.order.length) return draft;
  return { ...draft, order: draft.order.toSpliced(from, 1).toSpliced(to, 0, key) };
}

/** The next version; undefined when nothing would change. */
export function nextVersion(base: Playbook, draft: PlaybookDraft): Playbook | undefined {
  const steps = draftedSteps(base, draft);
  if (sameSteps(steps, base.steps)) return undefined;
  const spanBd = Math.max(0, ...steps.map(({ leadBd, durationBd }) => leadBd + durationBd));
  return { ...base, version: base.version + 1, spanBd, steps };
}

/** Whether two lists of steps say the same in the same order. */
export function sameSteps(one: readonly TemplateStep[], other: readonly TemplateStep[]): boolean {
  return (
    one.length === other.length &&
    one.every((step, at) => {
      const twin: Record<string, unknown> = { ...other[at] };
      return Object.entries(step).every(([name, value]) => twin[name] === value);
    })
  );
}
