import type { DealStatus } from '../domain/deal.ts';
import { foldName } from '../domain/names.ts';

/** How a CRM's deal can stand. */
export type CrmStatus = Exclude<DealStatus, 'invalid'>;

// Stages of the exports of Salesforce, HubSpot, Pipedrive, Dynamics, Zoho and Maven Analytics,
// without spaces.
const stages: Record<CrmStatus, string> = {
  won: 'won win closewon dealwon opportunitywon gewonnen',
  lost: `lost loss closelost deallost opportunitylost dead abandoned disqualified outsold cancelled
    canceled closedabandoned verloren`,
  open: `open active new newlead lead inprogress working pipeline onhold engaging engaged prospecting
    prospect contacted contactmade interested qualification qualify qualified qualifying
    qualifiedtobuy discovery scoping needsanalysis solution valueproposition iddecisionmakers
    identifydecisionmakers perceptionanalysis meeting meetingscheduled appointmentscheduled demo
    demoscheduled presentationscheduled decisionmakerboughtin develop evaluation pilot trial poc
    proposal propose proposalmade proposalsent proposalpricequote quote quotesent quotation
    negotiation negotiating negotiationreview negotiationsstarted negotiationstarted contractsent
    contracting legal procurement verbal verbalcommit commit bestcase upside offen`,
};

const known = new Map(
  Object.entries(stages).flatMap(([status, words]) =>
    words.split(/\s+/).map((word) => [word, status as CrmStatus] as const),
  ),
);

/** What a stage means, whatever its case, separators and leading number; undefined if unknown. */
export function readStage(text: string): CrmStatus | undefined {
  const word = foldName(text).replace(/^\d+ /, '').replaceAll(' ', '');
  if (word.startsWith('closedwon')) return 'won';
  if (word.startsWith('closedlost')) return 'lost';
  return known.get(word);
}
