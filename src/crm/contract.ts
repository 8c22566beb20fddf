import type { Readable } from 'node:stream';
import type { Clock } from '../clock.ts';
import type { WorkspaceId } from '../domain/ids.ts';
import type { SlackUserFact } from '../domain/slack-user.ts';
import type { Store } from '../store/store.ts';
import type { DateOrder } from './dates.ts';

/** What an import works with; nothing of it is Slack's own client, so it runs without Slack. */
export interface ImportDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly workspaceId: WorkspaceId;
  /** Zone of deals and of people whose own zone nobody knows. */
  readonly defaultZone: string;
  /** ISO 4217 code of amounts that come without one. */
  readonly defaultCurrency: string;
  /** Everybody Slack knows; left out when there is no Slack to ask. */
  readonly slackUsers?: (() => Promise<readonly SlackUserFact[]>) | undefined;
}

export interface ImportOptions {
  /** A file path, or bytes from anywhere else. */
  readonly input: string | Readable;
  /** Column name → field, for columns whose names are not known here. */
  readonly map?: Readonly<Record<string, string>> | undefined;
  /** How to read dates such as 3/4/2017; found out from the file when left out. */
  readonly dateFormat?: DateOrder | undefined;
  /** Counts and warns as always, and writes nothing: no row, no rejects file. */
  readonly dryRun?: boolean | undefined;
  /** Where rejected rows go; written only when there are any. */
  readonly rejectsPath?: string | undefined;
  /** Called as the input is read; the total is unknown for a stream. */
  readonly onProgress?: ((bytesRead: number, totalBytes: number | undefined) => void) | undefined;
}

/** A row that was not imported, and the sentence that says how to mend it. */
export interface RejectedRow {
  /** Line of the file the row starts on; the header is line 1. */
  readonly line: number;
  readonly reason: string;
}

export interface ImportResult {
  readonly imported: number;
  readonly updated: number;
  /** Known already, and nothing to change. */
  readonly unchanged: number;
  readonly rejected: number;
  /** The first rejected rows, enough to show without opening the file. */
  readonly firstRejects: readonly RejectedRow[];
  /** Owners no person was found for; each got a person of that name. Most deals first. */
  readonly unmatchedOwners: readonly { readonly name: string; readonly deals: number }[];
  /** What was noticed and deliberately left alone, in sentences. */
  readonly warnings: readonly string[];
  readonly rejectsFile?: string;
}
