/** What can happen to a deal; facts, in the past tense. The history of a deal is these alone. */
export type DealEventKind =
  | 'deal_opened'
  | 'deal_imported'
  | 'deal_reassigned'
  | 'decision_date_set'
  | 'deal_won'
  | 'deal_lost'
  | 'deal_invalidated'
  | 'homework_assigned'
  | 'homework_done'
  | 'homework_dropped'
  | 'homework_moved'
  | 'homework_reassigned';
