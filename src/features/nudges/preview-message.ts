import type { KnownBlock } from '@slack/types';
import { type Day, sayDay } from '../../domain/calendar.ts';
import { groupBy } from '../../domain/group.ts';
import type { DealId, PersonId } from '../../domain/ids.ts';
import type { HeldBack } from '../../domain/nudge.ts';
import type { PlannedItem } from '../../domain/nudge-plan.ts';
import { kindWords, sayHeld } from '../../domain/nudge-words.ts';
import { count } from '../../domain/text.ts';
import {
  bold,
  bullets,
  context,
  type Leaf,
  leaf,
  paragraph,
  richText,
} from '../../slack/blocks.ts';
import type { Message } from '../../slack/message.ts';
import { escapeMrkdwn } from '../../slack/mrkdwn.ts';
import type { Preview } from './preview.ts';

/** How many lines a reason shows; the rest are counted. */
const lineLimit = 3;

/** What would be asked and what is held back, each with its reason, the reader's own first. */
export function buildPreviewMessage(
  previews: readonly Preview[],
  viewerId: PersonId,
  today: Day,
): Message {
  const parts = previews.map((preview) => previewPart(preview, viewerId, today));
  const footer = 'As far as it is known now. /deal settings changes your mornings.';
  return {
    text: escapeMrkdwn([...parts.flatMap(({ lines }) => lines), footer].join('\n')),
    blocks: [...parts.flatMap(({ blocks }) => blocks), context(footer)],
  };
}

interface Part {
  readonly lines: readonly string[];
  readonly blocks: readonly KnownBlock[];
}

function previewPart(preview: Preview, viewerId: PersonId, today: Day): Part {
  const { bundle } = preview;
  const opening = openingOf(preview, preview.person.id === viewerId, today);
  const asked = bundle.asked.map((item) => `${nameOf(preview, item.dealId)}: ${askedWords(item)}`);
  const held = heldLines(preview);
  return {
    lines: [opening, ...asked.map((line) => `• ${line}`), ...held],
    blocks: [
      paragraph(bold(opening)),
      ...(asked.length > 0 ? [richText(bullets(...asked.map(toItem)))] : []),
      ...(held.length > 0 ? [context(held.join('\n'))] : []),
    ],
  };
}

function toItem(line: string): Leaf[] {
  return [leaf(line)];
}

function openingOf({ person, on, at, awayUntil, bundle }: Preview, own: boolean, today: Day) {
  const who = own ? 'You' : person.name;
  const day = on === today ? 'today' : sayDay(on, today);
  if (awayUntil) return `${who}: away until ${sayDay(awayUntil, today)}, so nothing is asked.`;
  if (bundle.asked.length === 0) return `${who}: nothing to ask on ${day}.`;
  return `${who}: ${count(bundle.asked.length, 'question')}, ${day} at ${at}.`;
}

function askedWords({ kind, severity }: PlannedItem): string {
  const how = severity === 'stall' ? ' (stalled)' : severity === 'watch' ? ' (to watch)' : '';
  return kindWords[kind] + how;
}

/** What is held back, by reason. */
function heldLines(preview: Preview): string[] {
  const groups = groupBy(preview.bundle.held, ({ reason }: HeldBack) => reason);
  return [...groups].map(([reason, items]) => {
    const alike = groupBy(
      items,
      ({ dealId, kind }) => `${nameOf(preview, dealId)}, ${kindWords[kind]}`,
    );
    const shown = [...alike].slice(0, lineLimit);
    const left = items.length - shown.reduce((sum, [, same]) => sum + same.length, 0);
    const said = shown.map(([line, { length }]) => (length > 1 ? `${line} (${length})` : line));
    const more = left > 0 ? [`${left} more`] : [];
    return `Held back, ${sayHeld(reason)}: ${[...said, ...more].join('; ')}`;
  });
}

function nameOf({ names }: Preview, id: DealId): string {
  return names.get(id) ?? 'a private deal';
}
