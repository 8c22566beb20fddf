import type { HealthFacts, ReplyFacts } from '../../src/domain/health.ts';

/** The ball is with the buyer, for half as long again as usual. */
export const waiting: ReplyFacts = {
  ballWith: 'buyer',
  latency: 1.5,
  replyDebtBd: 0,
  meetingBooked: false,
};

/** The worked deal of METHOD, appendix A. */
export const worked: HealthFacts = {
  ageDays: 40,
  share: 0.3,
  buyerOnTime: { k: 2, n: 3 },
  nextStep: 0.75,
  hasNextStep: true,
  coverage: 0.8,
  runwayBd: -3,
  pace: 0.6,
  reply: waiting,
  slips: 1,
  slippedOverHalf: false,
  dateMissed: false,
  leftBd: 30,
  people: { engaged: 2, target: 3, decider: 'known' },
  stalled: false,
};
