import type { OutboxKind } from '../../domain/outbox.ts';

const talk: readonly OutboxKind[] = [
  'review_card_changed',
  'review_managed',
  'review_prompted',
  'review_changed',
  'review_completed',
  'voices_compared',
  'finding_shipped',
];
const invite = 'invite me there with /invite @Homeroom';

/** What kept a message out of a channel, what to do about it, and what comes then. */
export function sayRemedy(code: string, kind: OutboxKind): string {
  const later = laterOf(kind);
  const thanks = kind === 'deal_thanked';
  switch (code) {
    case 'channel_shared':
      return `it is shared with another company, or about to be, and what is ours stays with us. ${thanks ? 'Thank them in person.' : `${sharedRemedy(kind)}; ${later}`}`;
    case 'sharing_unknown':
      return `Slack does not say whether another company reads it, so I keep quiet. ${thanks ? 'Thank them in person.' : `${sharedRemedy(kind)}; ${later}`}`;
    case 'channel_not_found':
      return `I am in no channel of that name. Make or restore it, and ${invite}; ${later}`;
    case 'not_in_channel':
      return `I am not in it. Please ${invite}; ${later}`;
    case 'is_archived': {
      if (thanks) return 'it is archived. Thank them in person.';
      const setting = settingOf(kind);
      const other = setting ? `, or name another in ${setting}` : '';
      return `it is archived. Restore it${other}; ${later}`;
    }
    case 'missing_scope':
      return `a permission is missing. Install the app again from its manifest, for a private channel with groups:read; ${later}`;
    default:
      return `Slack said ${code}. The app’s log has the details.`;
  }
}

/** A talk stays where it began; everything else can be given another place. */
function sharedRemedy(kind: OutboxKind): string {
  const setting = settingOf(kind);
  if (!setting) return 'End the sharing in the channel’s settings';
  return `Name a channel of your own in ${setting} and ${invite}, or end the sharing in the channel’s settings`;
}

/** Where the place of such messages is set; undefined where it cannot be chosen. */
function settingOf(kind: OutboxKind): string | undefined {
  if (kind === 'findings_posted') return 'FINDING_CHANNELS';
  return kind === 'deal_thanked' || talk.includes(kind) ? undefined : 'LOSS_CHANNEL';
}

/** What comes once the channel is mended. */
function laterOf(kind: OutboxKind): string {
  if (kind === 'deal_thanked') {
    return 'the next card then arrives. Thank them for this one in person.';
  }
  if (kind === 'week_digested' || kind === 'patterns_found') {
    return 'the next one then arrives. Until then /deal losses shows the figures.';
  }
  if (kind === 'findings_posted') {
    return 'the next business morning then brings them along.';
  }
  if (talk.includes(kind)) return 'the talk then goes on there within the hour.';
  return 'next week’s thread then brings these deals along.';
}
