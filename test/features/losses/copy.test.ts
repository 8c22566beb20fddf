import { describe, expect, it } from 'vitest';
import { type Day, day } from '../../../src/domain/calendar.ts';
import type { DealId, LossId, PersonId } from '../../../src/domain/ids.ts';
import { outcomes } from '../../../src/domain/loss.ts';
import { lossReasons } from '../../../src/domain/loss-reasons.ts';
import { openingPrompts } from '../../../src/domain/prompts.ts';
import { buildEntryMessage } from '../../../src/features/reviews/entry-message.ts';
import { buildWeekMessage } from '../../../src/features/reviews/week-messages.ts';
import type { ListedLoss } from '../../../src/store/losses.ts';
import { wordsOn } from '../../support/shown.ts';

/** What is never said of a loss, nor of a step that is late (METHOD part 2, §4.3, §4.4). */
const unsaid: readonly RegExp[] = [
  /\byou(?:[’']ve| have)? lost\b/i,
  /\b(?:your|his|her|their) (?:fault|mistake|failure|error)\b/i,
  /\bblam(?:e|ed|ing)\b/i,
  /\bfail(?:s|ed|ure|ing)?\b/i,
  /\bwhy did(?:n[’']t)? you\b/i,
  /\byou (?:should|could|must|didn[’']t|did not|forgot|missed|never)\b/i,
  /\bshould have\b/i,
  /\b(?:lazy|careless|sloppy|dropped the ball|bad deal|poor(?:ly)?)\b/i,
  /\bjust checking in\b|\bgentle reminder\b|\bper my last\b/i,
  /\boverdue\b/i,
];

function faultsIn(texts: readonly string[]): string[] {
  return texts.filter((text) => unsaid.some((pattern) => pattern.test(text)));
}

const loss: ListedLoss = {
  id: 'L' as LossId,
  dealId: 'D' as DealId,
  account: 'Acme',
  name: 'Core platform',
  owner: { name: 'Anna', slackUserId: undefined },
  ownerId: 'P' as PersonId,
  amount: undefined,
  privacy: 'team',
  lostOn: day('2026-11-02'),
  loggedAt: new Date('2026-11-24T16:00:00Z'),
  outcome: undefined,
  underlyingOutcome: undefined,
  competitor: undefined,
  reasonCode: undefined,
  whyClass: undefined,
  contributing: [],
  statedReasonCode: undefined,
  statedWords: undefined,
  evidence: 'unknown',
  fixable: undefined,
  noDecisionKind: undefined,
  fearTags: [],
  fairFight: [],
  phaseAtLoss: undefined,
  lostAlone: undefined,
  segment: 'smb',
  ownWords: undefined,
  facts: {
    daysOpen: 40,
    steps: { buyer: { done: 0, asked: 4 }, seller: { done: 0, asked: 2 }, datesMissed: 6 },
  },
};

const entry = { review: undefined, reopened: true, link: undefined };

const week = {
  purpose: 'We sell so that small firms grow',
  finished: 2,
  putToUse: 'Ask for the signer in the first week',
  skipped: 1,
  named: [loss],
  withoutReview: 1,
  dueOn: day('2026-11-26'),
  today: day('2026-11-30'),
  firstOn: day('2026-11-12'),
  late: true,
  losses: [loss, { ...loss, privacy: 'restricted' as const }],
  talk: { replies: 0, voices: 0 },
  drifting: [],
};

describe('the words of a loss', () => {
  it('never accuse, whatever the outcome and the reason', () => {
    const messages = outcomes.flatMap(({ code: outcome }) =>
      lossReasons.map(({ code: reasonCode }) =>
        buildEntryMessage({ ...entry, loss: { ...loss, outcome, reasonCode } }),
      ),
    );
    expect(messages).toHaveLength(7 * 49);
    expect(faultsIn(messages.flatMap((message) => [message.text, wordsOn(message)]))).toEqual([]);
  });

  it('never accuse in the parent, late, quiet or talked about', () => {
    const weeks = [
      week,
      { ...week, talk: { replies: 3, voices: 2 } },
      { ...week, losses: [] },
      { ...week, late: false, firstOn: week.dueOn as Day },
    ].map(buildWeekMessage);
    expect(faultsIn(weeks.flatMap((message) => [message.text, wordsOn(message)]))).toEqual([]);
  });

  it('ask about “I” and “we”, with how, what, when and where', () => {
    const [own, ...others] = openingPrompts.map(({ text }) => text);
    expect(own).toContain('Start with “I” or “we”.');
    for (const text of others) expect(text).toMatch(/\b(?:how|what|when|where)\b/i);
  });
});
