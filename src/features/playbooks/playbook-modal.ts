import type { ActionsBlock, KnownBlock } from '@slack/types';
import { z } from 'zod';
import type { Playbook, TemplateStep } from '../../domain/playbook.ts';
import { draftedSteps, mostSteps, type PlaybookDraft } from '../../domain/playbook-draft.ts';
import type { StepFate } from '../../domain/playbook-report.ts';
import {
  actions,
  bold,
  button,
  context,
  leaf,
  type Modal,
  modal,
  option,
  paragraph,
  plain,
  richText,
} from '../../slack/blocks.ts';
import { readMeta, type View } from '../../slack/payloads.ts';
import { buildResultModal } from '../../slack/result-modal.ts';
import { playbookListIds, summaryOf } from './list-message.ts';
import { stepInputs } from './step-form.ts';
import { stepList } from './step-list.ts';

export const playbookModalIds = {
  view: 'playbooks_edit',
  pick: 'playbooks_pick',
  up: 'playbooks_up',
  down: 'playbooks_down',
  remove: 'playbooks_remove',
  add: 'playbooks_add',
} as const;

/** What Slack keeps for us between two clicks, in characters. */
const mostMeta = 3_000;

const meta = z.object({
  key: z.string(),
  version: z.number(),
  order: z.array(z.string()),
  edits: z.record(
    z.string(),
    z
      .object({
        title: z.string(),
        side: z.enum(['buyer', 'seller', 'both', 'partner']),
        leadBd: z.number(),
        durationBd: z.number(),
        gate: z.boolean(),
        why: z.string(),
        doneWhen: z.string(),
      })
      .partial(),
  ),
  selected: z.string().optional(),
});

/** A draft with the step that is being worded. */
export interface OpenDraft {
  readonly draft: PlaybookDraft;
  readonly selected: string | undefined;
}

/** Whether a draft is small enough to travel with the form. */
export function fitsModal({ draft, selected }: OpenDraft): boolean {
  return JSON.stringify({ ...draft, selected }).length <= mostMeta;
}

/** A playbook with how its steps fared; without a draft it is there to read. */
export function buildPlaybookModal(given: {
  playbook: Playbook;
  fates: ReadonlyMap<string, StepFate>;
  open: OpenDraft | undefined;
}): Modal {
  const { playbook, fates, open } = given;
  const steps = open ? draftedSteps(playbook, open.draft) : playbook.steps;
  const head: KnownBlock[] = [
    paragraph(bold(playbook.name), leaf(` · ${summaryOf(playbook)}`)),
    richText(stepList(steps, fates)),
  ];
  if (!open) {
    const closing = 'A manager or an admin can change it.';
    return modal({
      id: playbookModalIds.view,
      title: 'Playbook',
      close: 'Close',
      blocks: [...head, context(closing)],
    });
  }
  const { selected } = open;
  const step = steps.find(({ key }) => key === selected);
  return modal({
    id: playbookModalIds.view,
    title: 'Playbook',
    submit: `Save version ${playbook.version + 1}`,
    meta: { ...open.draft, selected },
    blocks: [...head, pickStep(steps, step), ...(step ? stepInputs(step) : [])],
  });
}

/** Which step, and what to do with it. Another step is another block, which Slack shows anew. */
function pickStep(steps: readonly TemplateStep[], step: TemplateStep | undefined): ActionsBlock {
  const options = steps.map(({ key, title }, at) =>
    option(`${at + 1}. ${title || 'A new step'}`, key),
  );
  const initial = options.find(({ value }) => value === step?.key);
  const select = {
    type: 'static_select' as const,
    action_id: playbookModalIds.pick,
    placeholder: plain('Change a step'),
    options,
    ...(initial ? { initial_option: initial } : {}),
  };
  const about = step?.title || 'A new step';
  const moves = step
    ? [
        button({ id: playbookModalIds.up, text: 'Up', about }),
        button({ id: playbookModalIds.down, text: 'Down', about }),
        button({ id: playbookModalIds.remove, text: 'Remove', about }),
      ]
    : [];
  const add =
    steps.length < mostSteps ? [button({ id: playbookModalIds.add, text: 'Add a step' })] : [];
  const place = step ? `playbooks_step_${step.key}` : 'playbooks_step';
  return actions(place, ...(options.length > 0 ? [select] : []), ...moves, ...add);
}

export function readPlaybookModal(view: View | undefined): OpenDraft {
  const { selected, ...draft } = readMeta(view, meta);
  return { draft: draft as PlaybookDraft, selected };
}

/** After saving: which version stands, and for whom. */
export function buildPlaybookSavedModal({ key, name, version }: Playbook): Modal {
  return buildResultModal({
    title: 'The playbook is saved',
    lines: [
      [bold(name), leaf(` is at version ${version}.`)],
      [leaf('New deals start from it. Plans that run keep the version they began with.')],
    ],
    next: [button({ id: playbookListIds.open, text: 'Change more', value: key })],
  });
}
