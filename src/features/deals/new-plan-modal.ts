import type { InputBlock } from '@slack/types';
import { z } from 'zod';
import { type Day, sayDay } from '../../domain/calendar.ts';
import { dealTitle } from '../../domain/deal.ts';
import type { ChannelId, DealId } from '../../domain/ids.ts';
import type { BackPlan } from '../../domain/plan-back.ts';
import type { Playbook } from '../../domain/playbook.ts';
import type { DealKind } from '../../domain/segment.ts';
import { count } from '../../domain/text.ts';
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
import type { NewDeal, NewDealForm } from './new-form.ts';
import { blankPlan, type NewPlanForm, readKind } from './new-plan.ts';
import { buildPlanPreview } from './new-preview.ts';

/** Ids of the second page; an input's id is the field a refusal may name. */
export const newPlanModalIds = {
  view: 'deals_new_plan',
  kind: 'kind',
  /** Followed by the kind: another kind is another question, which Slack fills in anew. */
  playbook: 'playbook_',
  costOfMissing: 'cost_of_missing',
  liveOn: 'live_on',
  region: 'region',
  rival: 'rival',
} as const;

const text = z.string().optional();
const meta = z.object({
  dealId: z.string(),
  account: text,
  name: text,
  amount: text,
  decisionOn: text,
  dateDriver: text,
  channelId: text,
});

/** Page two of `/deal new`: what kind of deal it is, by which playbook, and how the plan would look. */
export function buildNewPlanModal(given: {
  form: NewDealForm;
  deal: NewDeal;
  kind: DealKind;
  playbook: Playbook | undefined;
  playbooks: readonly Playbook[];
  plan: BackPlan;
  today: Day;
}): Modal {
  const { form, deal, kind, today } = given;
  const decides = ` · they decide ${sayDay(deal.decisionOn, today)}`;
  return modal({
    id: newPlanModalIds.view,
    title: 'The way to the date',
    submit: 'Start the plan',
    meta: remember(form, deal),
    blocks: [
      paragraph(bold(dealTitle(deal)), leaf(decides)),
      kindInput(kind),
      playbookInput(kind, given.playbook, given.playbooks),
      ...buildPlanPreview(given.plan, today),
      input({
        field: newPlanModalIds.costOfMissing,
        label: 'What does missing the date cost them?',
        element: {
          type: 'plain_text_input',
          placeholder: plain('Another year of the old licence, €40,000'),
          max_length: 300,
        },
        hint: 'In their words. Empty means nobody asked yet.',
        optional: true,
      }),
      input({
        field: newPlanModalIds.liveOn,
        label: 'When do they want to be live?',
        element: { type: 'datepicker' },
        optional: true,
      }),
      input({
        field: newPlanModalIds.region,
        label: 'Where are they?',
        element: {
          type: 'external_select',
          placeholder: plain('Country, or state'),
          min_query_length: 0,
        },
        hint: 'The plan leaves out their holidays as well as ours.',
        optional: true,
        dispatch: true,
      }),
      input({
        field: newPlanModalIds.rival,
        label: 'Who else are they looking at?',
        element: { type: 'plain_text_input', placeholder: plain('Globex'), max_length: 100 },
        optional: true,
      }),
    ],
  });
}

/** The first page, without what nobody can see: at most some 1,200 of the 3,000 characters. */
function remember(form: NewDealForm, { account, name, dateDriver }: NewDeal): NewDealForm {
  return { ...form, account, name, dateDriver };
}

function kindInput(kind: DealKind): InputBlock {
  const options = [
    option('New business', 'new'),
    option('Expansion', 'expansion'),
    option('Renewal', 'renewal'),
  ];
  const initial = options.find(({ value }) => value === kind);
  return input({
    field: newPlanModalIds.kind,
    label: 'What kind of deal is it?',
    element: {
      type: 'radio_buttons',
      options,
      ...(initial ? { initial_option: initial } : {}),
    },
    dispatch: true,
  });
}

function playbookInput(
  kind: DealKind,
  chosen: Playbook | undefined,
  playbooks: readonly Playbook[],
): InputBlock {
  const blank = option('Blank plan', blankPlan);
  const options = playbooks.map(({ key, name, steps }) =>
    option(`${name} · ${count(steps.length, 'step')}`, key),
  );
  return input({
    field: `${newPlanModalIds.playbook}${kind}`,
    label: 'Playbook',
    element: {
      type: 'static_select',
      options: [...options, blank],
      initial_option: options.find(({ value }) => value === chosen?.key) ?? blank,
    },
    dispatch: true,
  });
}

/** Both pages as they were typed. */
export function readNewPlanModal(shown: { form: FormValues; view: View | undefined }): {
  start: NewDealForm;
  plan: NewPlanForm;
} {
  const { form } = shown;
  const { dealId, channelId, ...typed } = readMeta(shown.view, meta);
  const kind = readKind(form.choice(newPlanModalIds.kind));
  return {
    start: {
      dealId: dealId as DealId,
      channelId: channelId as ChannelId | undefined,
      account: typed.account,
      name: typed.name,
      amount: typed.amount,
      decisionOn: typed.decisionOn,
      dateDriver: typed.dateDriver,
    },
    plan: {
      kind,
      playbook: form.choice(`${newPlanModalIds.playbook}${kind}`),
      costOfMissing: form.text(newPlanModalIds.costOfMissing),
      liveOn: form.date(newPlanModalIds.liveOn),
      region: form.choice(newPlanModalIds.region),
      rival: form.text(newPlanModalIds.rival),
    },
  };
}
