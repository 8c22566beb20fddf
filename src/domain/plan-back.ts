import {
  type BusinessCalendar,
  businessDaysBefore,
  businessDaysBetween,
  type Day,
} from './calendar.ts';
import type { TemplateStep } from './playbook.ts';

/** A step of a playbook with the day it is due. */
export interface BackPlannedStep {
  readonly template: TemplateStep;
  /** Business days before the decision, after any squeeze. */
  readonly leadBd: number;
  readonly dueOn: Day;
}

/** A plan computed back from the decision. */
export interface BackPlan {
  /** In due order. */
  readonly steps: readonly BackPlannedStep[];
  /** Optional steps there was no time for. */
  readonly dropped: readonly TemplateStep[];
  /** By how much the leads shrank: 1 when everything fits, never above (METHOD §3.5, squeeze factor). */
  readonly factor: number;
}

/** How far what is planned lies apart from what can be done, in business days; negative is too late. */
export function slackOf(
  step: { readonly dueOn: Day; readonly leftBd: number },
  today: Day,
  calendar: BusinessCalendar,
): number {
  return businessDaysBetween(today, step.dueOn, calendar) - step.leftBd;
}

/**
 * f = bd(today, D) ÷ max(lead + days) over what is still to do; 1 and above fits (METHOD §3.5).
 * Nothing before the decision fits always.
 */
export function squeezeFactor(
  steps: readonly { readonly leadBd: number; readonly durationBd: number }[],
  decisionOn: Day,
  today: Day,
  calendar: BusinessCalendar,
): number {
  const needed = Math.max(0, ...steps.map((step) => step.leadBd + step.durationBd));
  if (needed === 0) return 1;
  return Math.max(0, businessDaysBetween(today, decisionOn, calendar)) / needed;
}

/**
 * The plan of a playbook counted back from the decision. Where the time is too short, optional steps
 * that would not fit go first; if the gates do not fit either, all leads shrink by one factor. No
 * step is ever due before today (METHOD §4.1).
 */
export function planBack(
  templates: readonly TemplateStep[],
  decisionOn: Day,
  today: Day,
  calendar: BusinessCalendar,
): BackPlan {
  const availableBd = Math.max(0, businessDaysBetween(today, decisionOn, calendar));
  const isKept = ({ gate, leadBd, durationBd }: TemplateStep) =>
    gate || leadBd < 0 || leadBd + durationBd <= availableBd;
  const kept = templates.filter(isKept);
  const before = kept.filter(({ leadBd }) => leadBd >= 0);
  const factor = Math.min(1, squeezeFactor(before, decisionOn, today, calendar));
  const steps = kept.map((template) => {
    const leadBd = template.leadBd < 0 ? template.leadBd : squeeze(template.leadBd, factor);
    const dueOn = businessDaysBefore(decisionOn, leadBd, calendar);
    return { template, leadBd, dueOn: dueOn < today ? today : dueOn };
  });
  const dropped = templates.filter((template) => !isKept(template));
  return { steps: inOrder(steps), dropped, factor };
}

/** ⌊lead × f⌋; 23 × (26 ÷ 46) is 13 and comes out as 12.99… in binary. */
function squeeze(leadBd: number, factor: number): number {
  return Math.floor(leadBd * factor + 1e-9);
}

/** By due day; on one day in the order of the playbook. */
function inOrder(steps: readonly BackPlannedStep[]): BackPlannedStep[] {
  return [...steps].sort((a, b) => (a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : 0));
}
