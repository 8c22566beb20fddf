import { z } from 'zod';
import type { Day } from '../../domain/calendar.ts';
import { dealTitle, type OpenDeal } from '../../domain/deal.ts';
import { type HelpRole, helpRoles } from '../../domain/help.ts';
import type { DealId, NudgeItemId, SlackUserId } from '../../domain/ids.ts';
import { stallWords } from '../../domain/stall-words.ts';
import type { StallCode } from '../../domain/stalls.ts';
import { shorten } from '../../domain/text.ts';
import {
  bold,
  context,
  input,
  leaf,
  type Modal,
  modal,
  option,
  paragraph,
  plain,
} from '../../slack/blocks.ts';
import type { FormValues, View } from '../../slack/payloads.ts';
import { readMeta } from '../../slack/payloads.ts';
import type { HelpForm } from './ask-help.ts';

/** Ids of the modal; an input's id is the field a refusal may name. */
export const helpModalIds = {
  view: 'help_ask',
  person: 'person',
  role: 'role',
  what: 'what',
  dueOn: 'due_on',
} as const;

const codes = Object.keys(stallWords) as [StallCode, ...StallCode[]];

const meta = z.object({
  dealId: z.string(),
  formId: z.string(),
  code: z.enum(codes).optional(),
  from: z.object({ itemId: z.string(), responseUrl: z.string().optional() }).optional(),
});

const roleNames: Readonly<Record<HelpRole, string>> = {
  manager: 'A manager',
  specialist: 'A specialist',
  executive: 'An executive',
  marketing: 'Marketing',
};

/** Who, whose kind of help, what and by when. */
export function buildHelpModal(given: {
  readonly deal: OpenDeal;
  readonly formId: string;
  readonly code: StallCode | undefined;
  readonly from: z.infer<typeof meta>['from'];
  readonly role: HelpRole | undefined;
  readonly person: SlackUserId | undefined;
  readonly what: string | undefined;
  readonly dueOn: Day;
}): Modal {
  const { deal, formId, code, from } = given;
  const options = helpRoles.map((role) => option(roleNames[role], role));
  const initial = options.find(({ value }) => value === given.role);
  return modal({
    id: helpModalIds.view,
    title: 'Ask a colleague',
    submit: 'Ask them',
    meta: { dealId: deal.id, formId, code, from },
    blocks: [
      paragraph(bold(dealTitle(deal)), leaf('\nThey get it from me as your question.')),
      input({
        field: helpModalIds.person,
        label: 'Whom do you ask?',
        element: {
          type: 'users_select',
          placeholder: plain('A colleague'),
          ...(given.person ? { initial_user: given.person } : {}),
        },
        hint: 'They will be on the deal and can change its plan.',
      }),
      input({
        field: helpModalIds.role,
        label: 'In which role?',
        element: {
          type: 'static_select',
          options,
          ...(initial ? { initial_option: initial } : {}),
        },
      }),
      input({
        field: helpModalIds.what,
        label: 'What do you need from them?',
        element: {
          type: 'plain_text_input',
          max_length: 200,
          placeholder: plain('Join 15 minutes with their security team'),
          ...(given.what ? { initial_value: shorten(given.what, 200) } : {}),
        },
      }),
      input({
        field: helpModalIds.dueOn,
        label: 'By when?',
        element: { type: 'datepicker', initial_date: given.dueOn },
      }),
      ...(deal.privacy === 'restricted'
        ? [context('This deal is private. Whoever you ask will be able to see it from then on.')]
        : []),
    ],
  });
}

export function readHelpModal({ view, form }: { view: View; form: FormValues }): {
  dealId: DealId;
  formId: string;
  code: StallCode | undefined;
  itemId: NudgeItemId | undefined;
  responseUrl: string | undefined;
  userId: string | undefined;
  form: Omit<HelpForm, 'person'>;
} {
  const { dealId, formId, code, from } = readMeta(view, meta);
  return {
    dealId: dealId as DealId,
    formId,
    code,
    itemId: from?.itemId as NudgeItemId | undefined,
    responseUrl: from?.responseUrl,
    userId: form.user(helpModalIds.person),
    form: {
      role: form.choice(helpModalIds.role),
      what: form.text(helpModalIds.what),
      dueOn: form.date(helpModalIds.dueOn),
    },
  };
}
