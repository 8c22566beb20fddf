import { dealTitle } from '../../domain/deal.ts';
import { count } from '../../domain/text.ts';
import { bold, button, leaf, type Modal } from '../../slack/blocks.ts';
import { buildResultModal } from '../../slack/result-modal.ts';
import { contactValue } from './contact-modal.ts';
import type { LeftContact } from './leave-company.ts';
import type { SavedContact } from './save-contact.ts';

/** The value is a deal and a contact: opens the form for an introduction, filled in. */
export const introduceId = 'people_introduce';

export function buildSavedContactModal({ deal, name }: SavedContact): Modal {
  return buildResultModal({
    title: 'Saved',
    lines: [[bold(name), leaf(` is on ${dealTitle(deal)}. /deal people shows everybody.`)]],
  });
}

/** What they leave behind, and the way to whoever takes over. */
export function buildLeftModal({ deal, contact, steps, other }: LeftContact): Modal {
  const titles = steps.map(({ title }) => `“${title}”`).join(', ');
  const needs = steps.length === 1 ? 'needs' : 'need';
  return buildResultModal({
    title: 'They left',
    lines: [
      [bold(contact.name), leaf(` no longer counts on ${dealTitle(deal)}.`)],
      ...(steps.length > 0
        ? [[leaf(`${count(steps.length, 'open step')} ${needs} a new name: ${titles}.`)]]
        : []),
      [
        leaf(
          other
            ? `Ask ${other.name} to introduce whoever takes over.`
            : `We know nobody else there. Ask ${contact.name} who takes over while they still answer.`,
        ),
      ],
    ],
    next: [
      button({
        id: introduceId,
        text: 'Ask for an introduction',
        value: contactValue(deal.id, contact.id),
        style: 'primary',
      }),
    ],
  });
}
