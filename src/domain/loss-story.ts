import type { Outcome } from './loss.ts';

/** The two boxes: every loss is in exactly one (METHOD S4-32). */
export type WhyClass = 'not_there' | 'outsold';

export const whyClasses: readonly { readonly code: WhyClass; readonly label: string }[] = [
  { code: 'outsold', label: 'We were outsold' },
  { code: 'not_there', label: 'We should not have been there' },
];

/** How we know the reason (METHOD S4-13). */
export type EvidenceLevel = 'written' | 'said' | 'inferred' | 'unknown';

export const evidenceLevels: readonly {
  readonly code: EvidenceLevel;
  readonly label: string;
}[] = [
  { code: 'written', label: 'They wrote it' },
  { code: 'said', label: 'They said it' },
  { code: 'inferred', label: 'We infer it' },
  { code: 'unknown', label: 'We do not know yet' },
];

/** Whether no decision was right for them, or fear (METHOD S4-34, S4-35). */
export type NoDecisionKind = 'rational' | 'fear' | 'unknown';

export const noDecisionKinds: readonly {
  readonly code: NoDecisionKind;
  readonly label: string;
}[] = [
  { code: 'rational', label: 'It was right for them: below their bar, or other things first' },
  { code: 'fear', label: 'They wanted it and did not dare' },
  { code: 'unknown', label: 'We do not know' },
];

/** What they were afraid of (METHOD S4-36). */
export type FearTag = 'accountable' | 'new' | 'change' | 'standing';

export const fearTags: readonly { readonly code: FearTag; readonly label: string }[] = [
  { code: 'accountable', label: 'Being held to account for it' },
  { code: 'new', label: 'Something new' },
  { code: 'change', label: 'The change it brings' },
  { code: 'standing', label: 'Losing standing' },
];

/** Whether different selling could have won it (METHOD §3.5, fixability). */
export type Fixable = 'yes' | 'partly' | 'no';

export const fixables: readonly { readonly code: Fixable; readonly label: string }[] = [
  { code: 'yes', label: 'Yes, with different selling' },
  { code: 'partly', label: 'Partly' },
  { code: 'no', label: 'No' },
];

/** What may still be tried before a deal is given up (METHOD §4.9, last fair fight). */
export type FairFightMove =
  | 'executive_call'
  | 'smaller_step'
  | 'doubter_meets_customer'
  | 'carry_a_risk'
  | 'ask_the_decider'
  | 'ask_for_a_week';

export const fairFightMoves: readonly {
  readonly code: FairFightMove;
  readonly label: string;
}[] = [
  { code: 'executive_call', label: 'A call between executives' },
  { code: 'smaller_step', label: 'A smaller first step' },
  { code: 'doubter_meets_customer', label: 'Their doubter meets a customer of ours' },
  { code: 'carry_a_risk', label: 'A risk that we carry for them' },
  { code: 'ask_the_decider', label: 'Ask the one who decides, directly' },
  { code: 'ask_for_a_week', label: 'Ask them for a week' },
];

/** What is said of a move that was not tried yet. */
export type FairFightMark = 'try_now' | 'not_possible' | 'chose_not';

export const fairFightMarks: readonly {
  readonly code: FairFightMark;
  readonly label: string;
}[] = [
  { code: 'try_now', label: 'Try it now' },
  { code: 'not_possible', label: 'Not possible' },
  { code: 'chose_not', label: 'We choose not to' },
];

/** What was said of one move, or why none of them was left, in the owner's words. */
export type FairFightAnswer =
  | { readonly move: FairFightMove; readonly mark: FairFightMark }
  | { readonly noneBecause: string };

/** What somebody says about a loss when it is saved (METHOD §4.2, §3.3, 11). */
export interface LossStory {
  readonly outcome: Outcome;
  /** What lies under `we_withdrew`. */
  readonly underlyingOutcome: Outcome | undefined;
  /** Undefined for a rival nobody knows the name of. */
  readonly competitor: string | undefined;
  readonly whyClass: WhyClass;
  readonly reasonCode: string;
  /** At most three, never the first one. */
  readonly contributing: readonly string[];
  /** What they said, as a reason of the list and in their words; undefined when nobody asked. */
  readonly statedReasonCode: string | undefined;
  readonly statedWords: string | undefined;
  readonly evidence: EvidenceLevel;
  /** One thing the owner would start differently. */
  readonly ownWords: string;
  /** The owner's own view. */
  readonly fixable: Fixable | undefined;
  readonly noDecisionKind: NoDecisionKind | undefined;
  readonly fearTags: readonly FearTag[];
  readonly fairFight: readonly FairFightAnswer[];
}

/** A list's entry by its code, for what comes back from a form. */
export function codeOf<Code extends string>(
  list: readonly { readonly code: Code }[],
  given: string | undefined,
): Code | undefined {
  return list.find(({ code }) => code === given)?.code;
}

/** A list's label for a code. */
export function labelOf<Code extends string>(
  list: readonly { readonly code: Code; readonly label: string }[],
  given: Code,
): string {
  return list.find(({ code }) => code === given)?.label ?? given;
}
