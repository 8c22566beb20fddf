/** What a queued message says: facts, rendered from current state when it is sent. */
export type OutboxKind =
  | 'nudge_planned'
  | 'nudge_changed'
  | 'loss_thread_opened'
  | 'loss_listed'
  | 'loss_thread_replied'
  | 'loss_entry_changed'
  | 'review_card_posted'
  | 'review_card_changed'
  | 'review_managed'
  | 'deal_thanked'
  | 'handover_sent'
  | 'date_slipped'
  | 'help_asked'
  | 'help_answered'
  | 'voices_compared'
  | 'withdrawal_asked'
  | 'withdrawal_answered'
  | 'findings_posted'
  | 'finding_shipped'
  | 'call_to_watch'
  | 'call_noted'
  | 'practice_switch_asked'
  | 'week_digested'
  | 'teams_digested'
  | 'patterns_found'
  | 'review_opened'
  | 'review_prompted'
  | 'review_changed'
  | 'review_completed'
  | 'notice_raised';

/**
 * `pending → sending → sent | dropped | dead`, and `unknown` for a send whose outcome nobody knows
 * (DESIGN §8).
 */
export type OutboxState = 'pending' | 'sending' | 'sent' | 'dropped' | 'dead' | 'unknown';

/** An intent to say something; `key` makes it happen once. */
export interface Intent {
  readonly kind: OutboxKind;
  readonly key: string;
  readonly target: string;
  readonly payload: Readonly<Record<string, string>>;
  /** Not before this instant; now when absent. */
  readonly availableAt?: Date;
}
