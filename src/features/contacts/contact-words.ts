import type { ContactRole, Power, Stance } from '../../domain/contact.ts';

export const roleWords: Readonly<Record<ContactRole, string>> = {
  champion: 'Champion',
  decider: 'Decider',
  signer: 'Signer',
  finance: 'Finance',
  security: 'Security',
  legal: 'Legal',
  procurement: 'Procurement',
  user: 'User',
  blocker: 'Blocker',
};

export const powerWords: Readonly<Record<Power, string>> = {
  decides: 'Decides',
  signs: 'Signs',
  advises: 'Advises',
  uses: 'Uses it',
  unknown: 'Not known yet',
};

export const stanceWords: Readonly<Record<Stance, string>> = {
  for: 'For it',
  neutral: 'Neutral',
  against: 'Against it',
  unknown: 'Not known yet',
};
