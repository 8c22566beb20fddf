import { z } from 'zod';
import type { DealId } from '../domain/ids.ts';
import { readMeta, type View } from './payloads.ts';

const meta = z.object({ dealId: z.string(), formId: z.string() });

/** The deal a form is about, and the form's own id: saved once, however often Slack delivers it. */
export interface DealForm {
  readonly dealId: DealId;
  readonly formId: string;
}

/** What a form about a deal remembers (`meta: { dealId, formId }`); throws on any other view. */
export function readDealForm(view: View): DealForm {
  const { dealId, formId } = readMeta(view, meta);
  return { dealId: dealId as DealId, formId };
}
