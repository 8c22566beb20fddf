import { type Outcome, outcomes } from '../domain/loss.ts';
import { lossReasons } from '../domain/loss-reasons.ts';
import { foldName } from '../domain/names.ts';

const outcomeOf = new Map<string, Outcome>(
  outcomes.flatMap(({ code, label }) => [[foldName(code), code] as const, [foldName(label), code]]),
);

const reasonOf = new Map(
  lossReasons.flatMap(({ code, label }) => [
    [foldName(code), code] as const,
    [foldName(label), code],
  ]),
);

/** Our outcome of a CRM's words: by code or by label, never by guessing. */
export function readOutcome(text: string): Outcome | undefined {
  return outcomeOf.get(foldName(text));
}

/** Our reason code of a CRM's words: by code or by label, never by guessing. */
export function readReason(text: string): string | undefined {
  return reasonOf.get(foldName(text));
}
