import { describe, expect, it } from 'vitest';
import { validateMessage } from '../../../sandbox/server/block-kit.ts';
import { day } from '../../../src/domain/calendar.ts';
import { coachingQuestion } from '../../../src/domain/coaching.ts';
import { outcomes } from '../../../src/domain/loss.ts';
import { lossReasons } from '../../../src/domain/loss-reasons.ts';
import { phases, segments } from '../../../src/domain/segment.ts';
import type { StallCode } from '../../../src/domain/stalls.ts';
import { buildHeadsDigest } from '../../../src/features/digests/heads-message.ts';
import { buildLossesMessage } from '../../../src/features/digests/losses-message.ts';
import type { Patterns } from '../../../src/features/digests/pattern-figures.ts';
import { buildPatternCard } from '../../../src/features/digests/pattern-message.ts';
import type { WeekFigures } from '../../../src/features/digests/week-figures.ts';
import { buildWeekDigest } from '../../../src/features/digests/week-message.ts';
import { weekSpan } from '../../../src/features/digests/week-span.ts';
import type { Message } from '../../../src/slack/message.ts';
import { ended } from '../../support/ended-values.ts';
import { wordsOn } from '../../support/shown.ts';

/** What no figure is ever said with (METHOD part 2, §4.3, S4-1), and nothing like a league table. */
const unsaid: readonly RegExp[] = [
  /\byou(?:[’']ve| have)? lost\b|\byou failed\b|\bbehind quota\b/i,
  /\b(?:blam|fault|shame|lazy|careless|sloppy|excuse\b|incompeten)/i,
  /\bfail(?:s|ed|ure|ing)?\b/i,
  /\bwhy did(?:n[’']t)? (?:you|they)\b/i,
  /\byou (?:should|must|never|always)\b|\bshould have\b/i,
  /\b(?:best|worst|top|bottom|leader ?board|rank(?:s|ed|ing)?|underperform\w*)\b/i,
  /\bhomework\b/i,
];

const codes: readonly StallCode[] = ['no_next_step', 'does_not_fit', 'ball_with_us', 'ping_pong'];
const span = weekSpan(new Date('2026-11-27T20:00:00Z'), 'America/New_York', {
  weekday: 5,
  time: '15:00',
});
const opening = { purpose: undefined, today: day('2026-11-30'), late: true };
const tally = { k: 2, n: 9 };
const worth = { deals: 4, sized: 3, minor: 4_500_000 };
const sides = { buyer: tally, seller: tally };
const groups = [
  ended('won', 6),
  ended('won', 6, { renewal: true }),
  ...lossReasons.map(({ code }, at) =>
    ended('lost', 1, {
      reasonCode: code,
      outcome: outcomes[at % outcomes.length]?.code,
      underlyingOutcome: 'none',
      whyClass: at % 2 === 0 ? 'outsold' : 'not_there',
      phase: phases[at % phases.length],
      lostAlone: at % 2 === 0,
      evidence: 'said',
    }),
  ),
];

const week: WeekFigures = {
  span,
  weeks: [0, 1, 2, 3, 4].map(() => ({ groups, privateLosses: 2 })),
  mutual: tally,
  mutualBefore: [1, 2],
  onTime: { now: sides, before: sides },
  stalls: new Map(codes.map((code) => [code, [1, 1, 1, 1, 9]])),
  ritual: { now: { rate: tally, excused: 1 }, before: { rate: tally, excused: 0 } },
  voices: { now: { median: 1, threads: 3 }, before: undefined },
  promises: {
    now: [
      {
        kind: 'system_change',
        what: 'A reference list',
        dueOn: day('2026-11-25'),
        state: 'open',
        endedAt: undefined,
      },
    ],
    before: [],
  },
  winnable: tally,
  farApart: 2,
  rhythm: { newest: 'open', before: { held: 3, due: 4 }, skipped: 1, inARow: 2 },
  worth: [0, 1, 2, 3, 4].map(() => ({ won: worth, lost: worth })),
  atRisk: [worth, worth],
  largestAtRisk: [{ account: 'Globex', name: 'Core platform' }],
  silent: tally,
  silentBefore: [1, 2],
  speeds: segments.map((segment) => ({
    segment,
    open: 9,
    lost: 9,
    won: [{ days: 30, deals: 9, sized: 9, minor: 900_000 }],
  })),
  currency: 'USD',
  zone: 'America/New_York',
};

const team = {
  manager: 'Ben',
  losses: 3,
  finished: 0,
  unread: 0,
  boxes: { outsold: 3, notThere: 1, untold: 2 },
  winnable: tally,
  lostAlone: tally,
  heard: tally,
};

const patterns: Patterns = {
  finishedReviews: 9,
  skills: [{ skill: 'qualify', reviews: tally, recurs: true }],
  ownership: tally,
  blockers: codes
    .slice(0, 3)
    .map((code) => ({ blocker: { code, lost: { k: 9, n: 12 }, won: { k: 2, n: 14 } }, lift: 5.2 })),
  ended: { lost: 12, won: 14 },
  coverage: { covered: tally, below: tally },
  replies: tally,
  promises: tally,
  trial: {
    playbook: 'Mid-market SaaS',
    change: { do: 'reword', step: 'Security questionnaire', pointless: tally },
    from: day('2026-12-07'),
    until: day('2027-01-04'),
  },
};

const lossesView = {
  after: day('2026-08-29'),
  until: day('2026-11-27'),
  groups,
  privateLosses: 1,
};

const messages: readonly [string, Message][] = [
  ['digest', buildWeekDigest(week, opening)],
  [
    'quiet digest',
    buildWeekDigest(
      { ...week, weeks: week.weeks.map(() => ({ groups: [], privateLosses: 0 })) },
      opening,
    ),
  ],
  ...codes.map((code): [string, Message] => [
    `digest about ${code}`,
    buildWeekDigest({ ...week, stalls: new Map([[code, [1, 1, 1, 1, 30]]]) }, opening),
  ]),
  [
    'heads',
    buildHeadsDigest(
      {
        teams: [
          team,
          { ...team, unread: 1 },
          { ...team, boxes: { outsold: 0, notThere: 9, untold: 0 } },
          { ...team, losses: 0, boxes: { outsold: 0, notThere: 0, untold: 0 } },
        ],
        privateLosses: 1,
      },
      opening,
      span.dueOn,
    ),
  ],
  ['card', buildPatternCard(patterns, opening, span.dueOn)],
  [
    'empty card',
    buildPatternCard(
      { ...patterns, skills: [], blockers: [], ended: { lost: 1, won: 2 }, trial: undefined },
      opening,
      span.dueOn,
    ),
  ],
  [
    'card that watches',
    buildPatternCard(
      {
        ...patterns,
        trial: patterns.trial && {
          ...patterns.trial,
          change: { do: 'watch', code: 'no_next_step' },
        },
      },
      opening,
      span.dueOn,
    ),
  ],
  ...(['reason', 'phase'] as const).map((by): [string, Message] => [
    `losses by ${by}`,
    buildLossesMessage({ ...lossesView, question: { days: 90, by } }),
  ]),
  [
    'losses by competitor',
    buildLossesMessage({
      ...lossesView,
      question: { days: 90, by: 'competitor' },
      competitors: [{ label: 'Initech', losses: 4 }],
    }),
  ],
  [
    'losses by manager',
    buildLossesMessage({
      ...lossesView,
      question: { days: 90, by: 'manager' },
      managers: [
        { manager: 'Ben', groups },
        { manager: 'Fay', groups: [ended('lost', 2)] },
      ],
    }),
  ],
];

describe('the words of a digest', () => {
  it.each(messages)('never accuse and never rank: %s', (_what, message) => {
    const texts = [message.text, wordsOn(message), JSON.stringify(message.fallback)];
    for (const text of texts) {
      for (const pattern of unsaid) expect(text).not.toMatch(pattern);
    }
  });

  it.each(messages)('are blocks Slack takes, drawn or not: %s', (_what, message) => {
    const { text, blocks, fallback = [] } = message;
    expect(validateMessage({ text, blocks } as never, [])).toEqual([]);
    expect(validateMessage({ text, blocks: fallback } as never, [])).toEqual([]);
    expect(text.length).toBeLessThan(40_000);
  });

  it.each(messages)('give every percentage its number: %s', (_what, message) => {
    for (const [percent] of message.text.matchAll(/\S+ of \S+ \([^)]*%[^)]*\)|\d+ %/g)) {
      expect(percent).toMatch(/ of /);
    }
  });

  it('are questions and not answers for managers', () => {
    expect(coachingQuestion(team)).toMatch(/\?$/);
  });
});
