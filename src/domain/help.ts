/** Whose kind of help a deal could use (METHOD §4.4, `alone`; S4-17 adds marketing). */
export type HelpRole = 'manager' | 'specialist' | 'executive' | 'marketing';

export const helpRoles = ['manager', 'specialist', 'executive', 'marketing'] as const;

/** Asked for, agreed to, given or not. */
export type HelpState = 'asked' | 'taken' | 'done' | 'declined';
