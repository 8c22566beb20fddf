import type { KnownBlock, RichTextBlockElement } from '@slack/types';
import type { Homework } from '../../domain/homework.ts';
import { count } from '../../domain/text.ts';
import { bold, bullets, type Leaf, quiet, richText } from '../../slack/blocks.ts';
import { stepActions } from '../../slack/step-actions.ts';
import type { PlanGroups } from './plan-groups.ts';
import { doneLeaves, stepLeaves } from './plan-lines.ts';
import { type PlanView, sayLeaves } from './plan-view.ts';

/** Lines of steps, so that the longest plans stay within what a message may hold. */
const limits = { open: 40, done: 6 };
const manySteps = 20;
const titles = { few: 150, many: 70 };

/** A heading with its lines, and the steps above them that have buttons. */
export interface Section {
  readonly name: string;
  readonly pressable: readonly Homework[];
  readonly lines: readonly Leaf[][];
}

/** The groups of a plan that have something in them. */
export function sectionsOf(
  groups: PlanGroups,
  view: PlanView,
  pressable: readonly Homework[],
): Section[] {
  const longest = view.steps.length > manySteps ? titles.many : titles.few;
  let left = limits.open - pressable.length;
  const open = (name: string, steps: readonly Homework[]) => {
    const shown = steps.slice(0, left);
    left -= shown.length;
    const lines = shown.map((step) => stepLeaves(step, view, longest));
    return { name, pressable: [], lines: [...lines, ...hidden(steps, shown, 'more')] };
  };
  const { now, next, later } = groups;
  const openSections =
    view.deal.status === 'open'
      ? [
          { ...open('Now', now.slice(pressable.length)), pressable },
          open('Next', next),
          open('Later', later),
        ]
      : [open('Left open', [...now, ...next, ...later])];
  const shown = groups.done.slice(-limits.done);
  const done = shown.map((step) => doneLeaves(step, view.today, longest));
  return [
    ...openSections,
    {
      name: `Done (${groups.done.length})`,
      pressable: [],
      lines: [...done, ...hidden(groups.done, shown, 'done before')],
    },
  ].filter((section) => section.pressable.length + section.lines.length > 0);
}

function hidden(all: readonly Homework[], shown: readonly Homework[], what: string): Leaf[][] {
  const left = all.length - shown.length;
  return left > 0 ? [[quiet(`and ${count(left, 'step')} ${what}`)]] : [];
}

/** One block, or two for each step with buttons. */
export function sectionBlocks({ name, pressable, lines }: Section, view: PlanView): KnownBlock[] {
  const heading = section(bold(name));
  const list = lines.length > 0 ? [bullets(...lines)] : [];
  if (pressable.length === 0) return [richText(heading, ...list)];
  const place = { kind: 'plan', id: view.deal.id } as const;
  const steps = pressable.flatMap((step, at) => {
    const own = section(...stepLeaves(step, view, titles.few));
    return [at === 0 ? richText(heading, own) : richText(own), stepActions(step, place)];
  });
  return list.length > 0 ? [...steps, richText(...list)] : steps;
}

function section(...elements: Leaf[]): RichTextBlockElement {
  return { type: 'rich_text_section', elements };
}

/** The same in lines. */
export function sectionText({ name, pressable, lines }: Section, view: PlanView): string[] {
  const own = pressable.map((step) => stepLeaves(step, view, titles.many));
  return [name, ...[...own, ...lines].map((line) => `• ${sayLeaves(line)}`)];
}
