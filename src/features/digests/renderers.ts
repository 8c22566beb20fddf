import type { TeamSettings } from '../../deps.ts';
import { type Calendars, dayIn } from '../../domain/calendar.ts';
import type { PersonId } from '../../domain/ids.ts';
import type { Renderer, RenderInput } from '../../outbox/renderer.ts';
import { loadHeads } from './heads-figures.ts';
import { buildHeadsDigest } from './heads-message.ts';
import { loadPatterns } from './pattern-figures.ts';
import { buildPatternCard } from './pattern-message.ts';
import { loadWeek } from './week-figures.ts';
import { buildWeekDigest, type WeekOpening } from './week-message.ts';
import { weekSpan } from './week-span.ts';

/** The week's digest in the loss channel. */
export function weekDigestRenderer(team: TeamSettings, calendars: Calendars): Renderer {
  return {
    whenUnknown: 'reconcile',
    render: async (tx, input) => {
      const week = await loadWeek(tx, input.workspaceId, spanOf(input, team), { team, calendars });
      const message = buildWeekDigest(week, openingOf(input, team));
      return { do: 'post', target: input.target, message };
    },
  };
}

/** What one head of sales gets; nothing when they are none any more. */
export function headsDigestRenderer(team: TeamSettings): Renderer {
  return {
    whenUnknown: 'reconcile',
    render: async (tx, input) => {
      const span = spanOf(input, team);
      const readerId = input.payload['personId'] as PersonId;
      const heads = await loadHeads(tx, input.workspaceId, span, readerId);
      if (!heads) return { do: 'drop', reason: 'they lead no managers any more' };
      if (heads.teams.length === 0) return { do: 'drop', reason: 'there are no teams yet' };
      const message = buildHeadsDigest(heads, openingOf(input, team), span.dueOn);
      return { do: 'post', target: input.target, message };
    },
  };
}

/** The month's pattern card in the loss channel. */
export function patternRenderer(team: TeamSettings): Renderer {
  return {
    whenUnknown: 'reconcile',
    render: async (tx, input) => {
      const { dueOn: on, scheduledFor: now } = spanOf(input, team);
      const patterns = await loadPatterns(tx, input.workspaceId, { on, now, zone: team.zone });
      const message = buildPatternCard(patterns, openingOf(input, team), on);
      return { do: 'post', target: input.target, message };
    },
  };
}

function spanOf({ payload }: RenderInput, { zone, digestAt }: TeamSettings) {
  return weekSpan(new Date(payload['scheduledFor'] as string), zone, digestAt);
}

function openingOf({ payload, now }: RenderInput, { purpose, zone }: TeamSettings): WeekOpening {
  return { purpose, today: dayIn(now, zone), late: payload['late'] === 'yes' };
}
