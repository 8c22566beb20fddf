import type { Deps } from '../../deps.ts';
import { afterBusinessHours } from '../../domain/business-hours.ts';
import { type Calendars, dayIn, instantAt, parseDay, workCalendar } from '../../domain/calendar.ts';
import type { NudgeItemId } from '../../domain/ids.ts';
import type { NudgeKind, RestScope } from '../../domain/nudge.ts';
import type { Rest } from '../../domain/nudge-plan.ts';
import type { Person } from '../../domain/person.ts';
import { isRefusal, type Refusal, refuse } from '../../domain/refusal.ts';
import { firstSeen } from '../../store/inbox.ts';
import { saveRest } from '../../store/nudge-rests.ts';
import { answerItem, findNudge, type NudgeItem } from '../../store/nudges.ts';
import { reachItem } from './answer-nudge.ts';

/** What the form asks; as it was chosen. */
export interface RestForm {
  readonly scope: string | undefined;
  /** Business hours, `day` or `mute`. */
  readonly length: string | undefined;
  readonly until: string | undefined;
}

/** Business hours that can be chosen; a business day has nine. */
export const restHours = [4, 8, 24, 48] as const;

/** A date that passed is a question nobody can put off. */
function canRest(kind: NudgeKind): boolean {
  return kind !== 'date_passed';
}

/** "Still worth doing?" stands for other kinds, so resting from it would silence nothing. */
export function scopesOf(kind: NudgeKind): RestScope[] {
  return kind === 'still_worth' ? ['item', 'deal'] : ['item', 'deal', 'kind'];
}

/**
 * Lets a question, its deal or its whole kind rest, and with it every question of the same bundle
 * that it silences. The rest alone decides when it is asked again, so that ending it early counts.
 * The same `formId` twice rests once.
 */
export async function restItem(
  deps: Deps & { readonly calendars: Calendars },
  actor: Person,
  input: { readonly itemId: NudgeItemId; readonly formId: string; readonly form: RestForm },
): Promise<{ readonly item: NudgeItem; readonly untilAt: Date | undefined } | Refusal> {
  const now = deps.clock.now();
  return deps.store.transaction(async (tx) => {
    const item = await reachItem(tx, actor, input.itemId);
    if (isRefusal(item)) return item;
    const rest = readRest(input.form, item, actor, { now, calendars: deps.calendars });
    if (isRefusal(rest)) return rest;
    const { workspaceId } = actor;
    const done = { item, untilAt: rest.untilAt };
    if (!(await firstSeen(tx, workspaceId, `form:${input.formId}`, now))) return done;
    await saveRest(tx, workspaceId, { ...rest, personId: actor.id }, now);
    const bundle = await findNudge(tx, workspaceId, item.nudgeId);
    const said = { answer: 'snoozed', by: actor.id, at: now, nextCheckOn: undefined } as const;
    for (const other of bundle?.items ?? []) {
      if (canRest(other.kind) && aboutOf(other, rest.scope) === rest.about) {
        await answerItem(tx, other, said);
      }
    }
    return done;
  });
}

function aboutOf(item: NudgeItem, scope: RestScope): string {
  return { item: item.subject, deal: item.dealId, kind: item.kind }[scope];
}

function readRest(
  form: RestForm,
  item: NudgeItem,
  actor: Person,
  at: { readonly now: Date; readonly calendars: Calendars },
): Rest | Refusal {
  if (!canRest(item.kind)) {
    return refuse('cannot_rest', 'Its date has passed: say how it ended, or choose a new date.');
  }
  const scope = scopesOf(item.kind).find((known) => known === form.scope);
  if (!scope) return refuse('no_scope', 'Choose what should rest.', 'scope');
  const untilAt = readUntil(form, actor, at);
  if (isRefusal(untilAt)) return untilAt;
  return { scope, about: aboutOf(item, scope), untilAt };
}

function readUntil(
  { length, until }: RestForm,
  actor: Person,
  { now, calendars }: { readonly now: Date; readonly calendars: Calendars },
): Date | undefined | Refusal {
  const { zone } = actor;
  if (length === 'mute') return undefined;
  if (length === 'day') {
    const day = parseDay(until ?? '');
    if (!day) return refuse('no_day', 'Pick the day you want to be asked again.', 'until');
    if (day > dayIn(now, zone)) return instantAt(day, '00:00', zone);
    return refuse('past_day', 'Pick tomorrow or a later day.', 'until');
  }
  const hours = restHours.find((known) => String(known) === length);
  if (!hours) return refuse('no_length', 'Choose for how long.', 'length');
  return afterBusinessHours(now, hours, zone, workCalendar(actor, calendars));
}
