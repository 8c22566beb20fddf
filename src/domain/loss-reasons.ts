/** Who could have changed it: us, us in part, or nobody here. */
export type Control = 'ours' | 'shared' | 'outside';

/** One reason of the two-level list (METHOD §4.2). */
export interface LossReason {
  readonly code: string;
  readonly family: string;
  readonly label: string;
  readonly control: Control;
  readonly ownershipQuestion: string;
}

/** Changes with every edit of the list; a loss keeps the version it was given with. */
export const reasonSetVersion = 1;

const families = {
  a: 'Fit',
  b: 'Problem and value',
  c: 'People',
  d: 'Competition',
  e: 'Commercial',
  f: 'Product',
  g: 'Risk, legal, security',
  h: 'Chose not to decide',
  i: 'How we worked',
  j: 'Outside event',
  k: 'Unknown',
} as const;

const rows: readonly (readonly [keyof typeof families, string, string, Control, string])[] = [
  [
    'a',
    'fit.no_problem',
    'No problem they would spend on',
    'ours',
    'What did we take as proof of a real problem, and when could we have tested it?',
  ],
  [
    'a',
    'fit.wrong_type',
    'Wrong kind of customer for us',
    'ours',
    'Which sign was visible in week one?',
  ],
  [
    'a',
    'fit.no_route',
    'No route to money or decision',
    'ours',
    'When did we first ask how a purchase happens there?',
  ],
  [
    'a',
    'fit.quote_filler',
    'We were there to make up the numbers',
    'ours',
    'What would we ask next time before spending effort?',
  ],
  [
    'b',
    'val.not_owned',
    'Problem never belonged to a named person',
    'ours',
    'Whose problem was it by name, and did they say so?',
  ],
  [
    'b',
    'val.no_number',
    'Impact never put into their numbers',
    'ours',
    'Which number could they have given us, and what homework would have got it?',
  ],
  [
    'b',
    'val.weak_case',
    'Case did not survive finance',
    'shared',
    'Who wrote the page that finance read?',
  ],
  [
    'b',
    'val.wrong_goal',
    'We solved a goal they did not rank first',
    'ours',
    'When did the ranking change, and how would we have heard?',
  ],
  [
    'c',
    'ppl.single',
    'One contact, who went quiet or left',
    'ours',
    'Who was the second person we could have met, and in which week?',
  ],
  [
    'c',
    'ppl.no_decider',
    'Never met the person who decides',
    'ours',
    "What did we offer that was worth the decider's half hour?",
  ],
  [
    'c',
    'ppl.weak_champion',
    'Champion could not carry it inside',
    'shared',
    'What had we asked them to do that would have shown this earlier?',
  ],
  [
    'c',
    'ppl.hidden_no',
    'Someone we had not met said no',
    'shared',
    'Which function was missing from the approval map?',
  ],
  [
    'c',
    'ppl.no_consensus',
    'The group could not agree',
    'shared',
    'What disagreement did we see and leave alone?',
  ],
  [
    'd',
    'cmp.criteria',
    'Rival set the criteria before we came',
    'shared',
    'What new criterion could we have brought, and with whom?',
  ],
  [
    'd',
    'cmp.better_told',
    'Rival explained it better',
    'ours',
    'Which two minutes of ours would we redo?',
  ],
  [
    'd',
    'cmp.trusted',
    'Rival was trusted more',
    'shared',
    'What proof did they want that we did not put in front of them?',
  ],
  [
    'd',
    'cmp.incumbent',
    'Incumbent kept it',
    'shared',
    'What made switching feel risky, and what did we take off their shoulders?',
  ],
  [
    'd',
    'cmp.inhouse',
    'They will build it themselves',
    'shared',
    'What did building look like to them on paper next to us?',
  ],
  [
    'e',
    'com.price_value',
    'Price without enough value behind it',
    'ours',
    'What would they have had to believe for the price to be fine?',
  ],
  [
    'e',
    'com.price_limit',
    'Price beyond a real limit',
    'shared',
    'When did we learn the limit, and why not earlier?',
  ],
  [
    'e',
    'com.packaging',
    'Could not buy the part they wanted',
    'shared',
    'What smaller first step could we have offered?',
  ],
  [
    'e',
    'com.terms',
    'Commercial terms',
    'shared',
    'Which term, who could have bent it, and when did we ask?',
  ],
  [
    'e',
    'com.late_squeeze',
    'Lost in the last negotiation',
    'ours',
    'What did we give away without getting something back?',
  ],
  [
    'f',
    'prd.must_have',
    'A true must-have is missing',
    'outside',
    'When did we know it was a must, and what did we do with that week?',
  ],
  [
    'f',
    'prd.integration',
    'Does not connect to what they run',
    'shared',
    'Whom could we have brought in to test this sooner?',
  ],
  [
    'f',
    'prd.scale',
    'Speed, scale or quality doubt',
    'shared',
    'What evidence would have settled it?',
  ],
  [
    'f',
    'prd.usability',
    'Users did not like it',
    'shared',
    'Which users did we leave out of shaping it?',
  ],
  [
    'f',
    'prd.roadmap',
    'Did not believe our direction',
    'shared',
    'Who on our side should they have met?',
  ],
  [
    'g',
    'rsk.security',
    'Security review',
    'shared',
    "In which week did we first ask for the reviewer's name?",
  ],
  ['g', 'rsk.privacy', 'Data or residency terms', 'shared', 'Which answer came too late?'],
  ['g', 'rsk.legal', 'Contract terms', 'shared', 'How many days did a point sit with us?'],
  [
    'g',
    'rsk.proof',
    'Not enough proof or references',
    'ours',
    'Which doubter never spoke to a customer?',
  ],
  [
    'g',
    'rsk.rollout',
    'Feared the change or rollout',
    'shared',
    'What start small enough to be safe did we show?',
  ],
  [
    'h',
    'nod.rational',
    'Return below their bar or lower priority',
    'outside',
    'What would have told us this two months ago?',
  ],
  [
    'h',
    'nod.which',
    'Could not choose between options',
    'ours',
    'Did we recommend one, or hand over a menu?',
  ],
  [
    'h',
    'nod.more_info',
    'Always needed one more thing',
    'shared',
    'Which request did we answer that we could have closed?',
  ],
  [
    'h',
    'nod.outcome',
    'Afraid it would not work out',
    'shared',
    'What risk could we have shared or removed?',
  ],
  [
    'h',
    'nod.no_date',
    'No date that mattered to them',
    'ours',
    "What was the cost of a month's delay, in their words?",
  ],
  [
    'i',
    'us.slow',
    'We answered slowly',
    'ours',
    'What were we doing that week, and who could have helped?',
  ],
  [
    'i',
    'us.promise',
    'We broke a promise',
    'ours',
    'Was it ours to promise, and who could have kept it?',
  ],
  [
    'i',
    'us.carried',
    'We did all the work ourselves',
    'ours',
    'Which piece would they have enjoyed doing?',
  ],
  [
    'i',
    'us.generic',
    'Proposal or demo was generic or late',
    'ours',
    'Whose input was missing from it?',
  ],
  [
    'i',
    'us.handover',
    'We changed people mid-deal',
    'shared',
    'What did the new owner not get told?',
  ],
  [
    'j',
    'out.budget_gone',
    'Budget removed after it was approved',
    'outside',
    'Who at the table could have defended it, and did we know them?',
  ],
  [
    'j',
    'out.merger',
    'Takeover, merger, reorganisation',
    'outside',
    'What would have let us hear it, or finish before it?',
  ],
  ['j', 'out.regulation', 'Rule or market change', 'outside', 'Does it open another door?'],
  [
    'j',
    'out.partner',
    'Partner dropped out',
    'shared',
    'What direct line to the buyer did we lack?',
  ],
  [
    'k',
    'unk.silent',
    'They never told us',
    'shared',
    'Whom could we still ask, and who should ask?',
  ],
  ['k', 'unk.not_asked', 'We have not asked', 'ours', 'Who asks, by which date?'],
];

/** All reasons in the order they are shown, family by family. */
export const lossReasons: readonly LossReason[] = rows.map(
  ([family, code, label, control, ownershipQuestion]) => ({
    code,
    family: families[family],
    label,
    control,
    ownershipQuestion,
  }),
);

const byCode = new Map(lossReasons.map((reason) => [reason.code, reason]));

/** The reason of a code, or undefined for a code that is not in this version of the list. */
export function findReason(code: string): LossReason | undefined {
  return byCode.get(code);
}
