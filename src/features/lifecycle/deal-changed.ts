import { refuse } from '../../domain/refusal.ts';

/** Somebody was faster: nothing was changed. */
export const dealChanged = refuse(
  'deal_changed',
  'Somebody changed this deal just now. Please look again.',
);
