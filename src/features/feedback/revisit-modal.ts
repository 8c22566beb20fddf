import { z } from 'zod';
import { type Day, sayDay } from '../../domain/calendar.ts';
import { dealTitle } from '../../domain/deal.ts';
import type { DealId } from '../../domain/ids.ts';
import {
  bold,
  input,
  leaf,
  type Modal,
  modal,
  option,
  paragraph,
  plain,
} from '../../slack/blocks.ts';
import { type FormValues, readMeta, type View } from '../../slack/payloads.ts';
import { buildResultModal } from '../../slack/result-modal.ts';
import type { KnownRevisit, RevisitForm } from './set-revisit.ts';

/** Ids of the modal; an input's id is the field a refusal may name. */
export const revisitModalIds = {
  view: 'feedback_revisit',
  on: 'on',
  trigger: 'trigger',
  never: 'never',
} as const;

const meta = z.object({ dealId: z.string() });

/** When to look again, and what to look for; both filled in with what is usual. */
export function buildRevisitModal(known: KnownRevisit): Modal {
  const { deal, revisit, usual } = known;
  const never = option('Never: nobody comes back to this one', 'never');
  const isNever = revisit ? revisit.state === 'dropped' : usual === undefined;
  return modal({
    id: revisitModalIds.view,
    title: 'Come back',
    submit: 'Save',
    meta: { dealId: deal.id },
    blocks: [
      paragraph(
        bold(dealTitle(deal)),
        leaf('\nA morning question comes on that day, nothing before.'),
      ),
      input({
        field: revisitModalIds.on,
        label: 'When?',
        element: { type: 'datepicker', initial_date: dayFor(known) },
      }),
      input({
        field: revisitModalIds.trigger,
        label: 'What to look for',
        element: {
          type: 'plain_text_input',
          max_length: 200,
          placeholder: plain('Their sponsor changes'),
          initial_value: revisit?.trigger ?? usual?.trigger ?? 'Any reply',
        },
      }),
      input({
        field: revisitModalIds.never,
        label: 'Or',
        element: {
          type: 'checkboxes',
          options: [never],
          ...(isNever ? { initial_options: [never] } : {}),
        },
        optional: true,
      }),
    ],
  });
}

/** Of a day that has come a later one: whoever opens this then wants to wait on. */
function dayFor({ revisit, next, today }: KnownRevisit): Day {
  return revisit && revisit.on > today ? revisit.on : next;
}

export function readRevisitModal({ view, form }: { view: View; form: FormValues }): {
  dealId: DealId;
  form: RevisitForm;
} {
  return {
    dealId: readMeta(view, meta).dealId as DealId,
    form: {
      on: form.date(revisitModalIds.on),
      trigger: form.text(revisitModalIds.trigger),
      never: form.ticked(revisitModalIds.never),
    },
  };
}

export function buildRevisitSavedModal({ deal, revisit, today }: KnownRevisit): Modal {
  const isKept = revisit && revisit.state !== 'dropped';
  const words = isKept
    ? ` comes back on ${sayDay(revisit.on, today)}. Look for: ${revisit.trigger}`
    : ' rests. /deal reopen begins it again if that ever changes.';
  return buildResultModal({ title: 'Saved', lines: [[bold(dealTitle(deal)), leaf(words)]] });
}
