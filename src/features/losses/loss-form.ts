import { type Day, parseDay } from '../../domain/calendar.ts';
import { noneBecauseMax } from '../../domain/fair-fight.ts';
import { type Outcome, outcomes } from '../../domain/loss.ts';
import { findReason, type LossReason } from '../../domain/loss-reasons.ts';
import {
  codeOf,
  evidenceLevels,
  type FairFightAnswer,
  fairFightMarks,
  fairFightMoves,
  fearTags,
  fixables,
  type LossStory,
  noDecisionKinds,
  whyClasses,
} from '../../domain/loss-story.ts';
import { isRefusal, type Refusal, refuse } from '../../domain/refusal.ts';
import { cleanLine, readLine, shorten } from '../../domain/text.ts';

/** What `/deal lost` asks (METHOD §4.2), as it was typed; what a form left out is not there. */
export interface LossForm {
  /** An outcome, or `invalid` for a deal that was never real. */
  readonly outcome?: string | undefined;
  readonly underlyingOutcome?: string | undefined;
  readonly competitor?: string | undefined;
  readonly whyClass?: string | undefined;
  readonly reasonCode?: string | undefined;
  readonly contributing?: readonly string[] | undefined;
  readonly statedReasonCode?: string | undefined;
  readonly statedWords?: string | undefined;
  readonly evidence?: string | undefined;
  readonly ownWords?: string | undefined;
  readonly fixable?: string | undefined;
  readonly noDecisionKind?: string | undefined;
  readonly fearTags?: readonly string[] | undefined;
  readonly fairFight?: readonly TypedFight[] | undefined;
  /** The day they decided, where that is asked. */
  readonly decidedOn?: string | undefined;
}

/** A mark on a move, or why none was left. */
export type TypedFight =
  | { readonly move: string; readonly mark: string }
  | { readonly noneBecause: string };

/** A loss as it is kept, or the mark that the deal was never one. */
export type ReadLoss =
  | { readonly invalid: true }
  | { readonly invalid: false; readonly story: LossStory; readonly decidedOn: Day | undefined };

const mostContributing = 3;

/** Only another supplier or the one they have got a name; any other outcome has no rival. */
export function namesCompetitor(outcome: string | undefined): boolean {
  return outcome === 'rival' || outcome === 'incumbent';
}

/** Whether they decided nothing, said so or left to be seen by our stepping away (METHOD §4.7). */
export function isNoDecision(form: Pick<LossForm, 'outcome' | 'underlyingOutcome'>): boolean {
  return (
    form.outcome === 'none' || (form.outcome === 'we_withdrew' && form.underlyingOutcome === 'none')
  );
}

/** What was typed as it is kept; what does not belong to the outcome is left out. */
export function readLossForm(form: LossForm): ReadLoss | Refusal {
  if (form.outcome === 'invalid') return { invalid: true };
  const outcome = codeOf(outcomes, form.outcome);
  if (!outcome) return refuse('no_outcome', 'Pick how it ended.', 'outcome');
  const reason = findReason(form.reasonCode ?? '');
  if (!reason) return refuse('no_reason', 'Pick the reason that comes closest.', 'reason');
  const whyClass = codeOf(whyClasses, form.whyClass) ?? reason.usualClass;
  if (!whyClass) return refuse('no_box', 'Pick one of the two boxes.', 'why_class');
  const texts = readTexts(form, outcome);
  if (isRefusal(texts)) return texts;
  return {
    invalid: false,
    decidedOn: parseDay(form.decidedOn ?? ''),
    story: {
      outcome,
      underlyingOutcome: readUnderlying(form, outcome),
      whyClass,
      reasonCode: reason.code,
      contributing: readContributing(form, reason),
      statedReasonCode: findReason(form.statedReasonCode ?? '')?.code,
      evidence: codeOf(evidenceLevels, form.evidence) ?? 'unknown',
      fixable: codeOf(fixables, form.fixable),
      ...readNoDecision(form),
      fairFight: readFairFight(form),
      ...texts,
    },
  };
}

function readTexts(
  form: LossForm,
  outcome: Outcome,
): Pick<LossStory, 'competitor' | 'ownWords' | 'statedWords'> | Refusal {
  const rival = namesCompetitor(outcome) ? form.competitor : undefined;
  const competitor = readOptional(rival, 'competitor', 'The supplier’s name', 100);
  if (isRefusal(competitor)) return competitor;
  const ownWords = readLine(form.ownWords, { field: 'own_words', what: 'Your line', max: 300 });
  if (isRefusal(ownWords)) return ownWords;
  const statedWords = readOptional(form.statedWords, 'stated_words', 'What they said', 300);
  return isRefusal(statedWords) ? statedWords : { competitor, ownWords, statedWords };
}

function readOptional(
  text: string | undefined,
  field: string,
  what: string,
  max: number,
): string | undefined | Refusal {
  return cleanLine(text ?? '') === '' ? undefined : readLine(text, { field, what, max });
}

function readUnderlying(form: LossForm, outcome: Outcome): Outcome | undefined {
  const under = outcome === 'we_withdrew' ? codeOf(outcomes, form.underlyingOutcome) : undefined;
  return under === 'we_withdrew' ? undefined : under;
}

function readContributing({ contributing = [] }: LossForm, first: LossReason): string[] {
  const known = [...new Set(contributing)].filter((code) => findReason(code));
  return known.filter((code) => code !== first.code).slice(0, mostContributing);
}

function readNoDecision(form: LossForm): Pick<LossStory, 'noDecisionKind' | 'fearTags'> {
  if (!isNoDecision(form)) return { noDecisionKind: undefined, fearTags: [] };
  const noDecisionKind = codeOf(noDecisionKinds, form.noDecisionKind) ?? 'unknown';
  const tags = fearTags.map(({ code }) => code).filter((tag) => form.fearTags?.includes(tag));
  return { noDecisionKind, fearTags: noDecisionKind === 'rational' ? [] : tags };
}

function readFairFight({ fairFight = [] }: LossForm): FairFightAnswer[] {
  const marked = fairFight.flatMap((one) => ('move' in one ? [one] : []));
  const moves = fairFightMoves.flatMap(({ code: move }) => {
    const mark = codeOf(fairFightMarks, marked.find((one) => one.move === move)?.mark);
    return mark ? [{ move, mark }] : [];
  });
  const said = fairFight.flatMap((one) => ('noneBecause' in one ? [one.noneBecause] : []));
  const noneBecause = shorten(cleanLine(said[0] ?? ''), noneBecauseMax);
  return noneBecause === '' ? moves : [...moves, { noneBecause }];
}
