import { type Refusal, refuse } from '../domain/refusal.ts';
import { type DateOrder, readBothWays } from './dates.ts';

interface Seen {
  readonly text: string;
  readonly line: number;
}

/** Finds out from many dates whether the month or the day comes first. */
export interface DateVote {
  add(text: string, line: number): void;
  /** The order; undefined when no date depends on it; a refusal when the dates do not tell. */
  decide(): DateOrder | undefined | Refusal;
}

/**
 * One date with a number above 12 settles it, unless another date says the opposite: a guess here
 * would move half of the dates of a pipeline by months without anybody noticing.
 */
export function createDateVote(): DateVote {
  let monthFirst: Seen | undefined;
  let dayFirst: Seen | undefined;
  let either: Seen | undefined;
  const known = new Set<string>();
  return {
    add: (text, line) => {
      if (known.has(text)) return;
      if (known.size < 20_000) known.add(text);
      const ways = readBothWays(text);
      if (!ways || ways.mdy === ways.dmy) return;
      if (!ways.dmy) monthFirst ??= { text, line };
      else if (!ways.mdy) dayFirst ??= { text, line };
      else either ??= { text, line };
    },
    decide: () => {
      if (monthFirst && dayFirst) return refuseMixed(monthFirst, dayFirst);
      if (monthFirst) return 'MDY';
      if (dayFirst) return 'DMY';
      return either && refuseEither(either);
    },
  };
}

const bothWays = '--date-format MDY if the month comes first, --date-format DMY if the day does';

function refuseEither({ text, line }: Seen): Refusal {
  return refuse(
    'dates_ambiguous',
    `Dates such as “${text}” (line ${line}) can be read in two ways, and no date in the file tells which. Run it again with ${bothWays}.`,
  );
}

function refuseMixed(monthFirst: Seen, dayFirst: Seen): Refusal {
  return refuse(
    'dates_mixed',
    `“${monthFirst.text}” (line ${monthFirst.line}) starts with the month and “${dayFirst.text}” (line ${dayFirst.line}) with the day. Run it again with ${bothWays}; rows that do not fit go to the rejects file.`,
  );
}
