import type { Side } from './homework.ts';
import type { Money } from './money.ts';
import { type DealKind, type Segment, segmentOf } from './segment.ts';

/** A step as a playbook words it. */
export interface TemplateStep {
  readonly key: string;
  readonly title: string;
  readonly side: Side;
  /** Business days before the decision it is due; negative is after. */
  readonly leadBd: number;
  /** Business days of work. */
  readonly durationBd: number;
  /** Kept however short the time is. */
  readonly gate: boolean;
  /** Why it matters, to the buyer too. */
  readonly why: string;
  readonly doneWhen: string;
}

/** A way to a decision, one version of it; a running plan keeps the version it began with. */
export interface Playbook {
  readonly key: string;
  readonly version: number;
  readonly name: string;
  /** The business days it usually takes. */
  readonly spanBd: number;
  readonly steps: readonly TemplateStep[];
}

/** The playbook a deal most likely wants, by what it is and how large. */
export function suggestPlaybook(kind: DealKind, amount: Money | undefined): string {
  return kind === 'new' ? segmentOf(amount) : 'ren';
}

/** Renewals and plans without a playbook are judged by their size (METHOD §3.6). */
export function segmentFor(playbookKey: string | undefined, amount: Money | undefined): Segment {
  const own = ['smb', 'mid', 'ent', 'svc'] as const;
  return own.find((key) => key === playbookKey) ?? segmentOf(amount);
}
