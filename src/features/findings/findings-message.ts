import type { KnownBlock } from '@slack/types';
import { dealTitle } from '../../domain/deal.ts';
import { findingPlaces, type ReasonCount, sayReasonCount } from '../../domain/finding.ts';
import type { PersonId } from '../../domain/ids.ts';
import { evidenceLevels, labelOf } from '../../domain/loss-story.ts';
import { count } from '../../domain/text.ts';
import { actions, bold, button, context, leaf, paragraph } from '../../slack/blocks.ts';
import type { Message } from '../../slack/message.ts';
import { escapeMrkdwn } from '../../slack/mrkdwn.ts';
import type { PlacedFinding } from '../../store/findings.ts';

/** What a department can do with a finding; the value is the finding. */
export const findingIds = {
  accept: 'finding_accept',
  decline: 'finding_decline',
  ship: 'finding_ship',
} as const;

/** Findings a message holds, within Slack's 50 blocks. */
export const findingsPerMessage = 12;

/** A finding as its message shows it. */
export interface ShownFinding {
  readonly finding: PlacedFinding;
  /** Undefined for one that was written by hand. */
  readonly times: ReasonCount | undefined;
}

/** What lost deals tell one channel, each with its answer; a restricted deal has no name here. */
export function buildFindingsMessage(
  shown: readonly ShownFinding[],
  names: ReadonlyMap<PersonId, string>,
): Message {
  const opening = `${count(shown.length, 'finding')} from lost deals. Accept makes it yours; the team hears when it ships.`;
  const lines = shown.map(({ finding }) => `${title(finding)}: ${finding.text}`);
  return {
    text: escapeMrkdwn([opening, ...lines].join('\n')),
    blocks: [paragraph(leaf(opening)), ...shown.flatMap((one) => findingBlocks(one, names))],
  };
}

function title({ place }: PlacedFinding): string {
  return labelOf(findingPlaces, place);
}

function findingBlocks(
  { finding, times }: ShownFinding,
  names: ReadonlyMap<PersonId, string>,
): KnownBlock[] {
  const from =
    finding.privacy === 'restricted'
      ? 'From a private deal'
      : `From ${dealTitle({ account: finding.account, name: finding.dealName })}`;
  const facts = [
    from,
    labelOf(evidenceLevels, finding.evidence),
    ...(times ? [sayReasonCount(times)] : []),
  ];
  const answered = sayState(finding, names);
  return [
    paragraph(bold(`${title(finding)}: `), leaf(finding.text)),
    context([facts.join(' · '), ...(answered ? [answered] : [])].join('\n')),
    ...answerBlocks(finding),
  ];
}

function sayState(
  { state, ownerId, answerNote }: PlacedFinding,
  names: ReadonlyMap<PersonId, string>,
): string | undefined {
  const who = (ownerId && names.get(ownerId)) ?? 'A colleague';
  switch (state) {
    case 'received':
      return undefined;
    case 'accepted':
      return `${who} took it on.`;
    case 'declined':
      return `Declined: ${answerNote ?? ''}`;
    case 'shipped':
      return `Shipped by ${who}: ${answerNote ?? ''}`;
  }
}

function answerBlocks({ id, state, text }: PlacedFinding): KnownBlock[] {
  const on = { value: id, about: text };
  if (state === 'accepted') {
    return [actions(`finding_${id}`, button({ id: findingIds.ship, text: 'Shipped', ...on }))];
  }
  if (state !== 'received') return [];
  return [
    actions(
      `finding_${id}`,
      button({ id: findingIds.accept, text: 'Accept', style: 'primary', ...on }),
      button({ id: findingIds.decline, text: 'Decline…', ...on }),
    ),
  ];
}
