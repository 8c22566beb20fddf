import type { PlainTextOption } from '@slack/types';
import { lossReasons } from '../../domain/loss-reasons.ts';
import { option, plain } from '../../slack/blocks.ts';

/** The two levels of the reason list: families as groups. */
export function reasonGroups(): { label: ReturnType<typeof plain>; options: PlainTextOption[] }[] {
  const families = [...new Set(lossReasons.map(({ family }) => family))];
  return families.map((family) => ({
    label: plain(family, 75),
    options: lossReasons
      .filter((reason) => reason.family === family)
      .map(({ label, code }) => option(label, code)),
  }));
}

/** The option of a reason, for what is chosen already. */
export function reasonOption(code: string | undefined): PlainTextOption | undefined {
  const reason = lossReasons.find((known) => known.code === code);
  return reason && option(reason.label, reason.code);
}
