/** What an outbox row goes through, told by what a transaction does to it. */
export type Deed = 'claim' | 'attempt' | 'ending';

/**
 * Where a process ends itself, as if by `kill -9`: before a read or a transaction begins, within a
 * transaction when its work is done, or when it is committed.
 */
export interface KillOrder {
  readonly at: 'reading' | 'beginning' | 'committing' | 'committed';
  /** The how manieth such moment after the order; the first unless given. */
  readonly nth?: number;
  /** Counts only transactions that do this to a row of the outbox; for `committing`, `committed`. */
  readonly deed?: Deed;
}

/** What a process can be told to do. */
export type Task =
  | { readonly do: 'begin'; readonly env: Record<string, string>; readonly now: number }
  | { readonly do: 'tick' }
  | { readonly do: 'deliver' }
  /** Tells how much it has asked of its store so far, and whether it still waits for something. */
  | { readonly do: 'pulse' }
  | { readonly do: 'arm'; readonly order: KillOrder | undefined }
  | { readonly do: 'end' };

/** To a process: a task, or what time it is now. */
export type ToChild =
  | { readonly is: 'task'; readonly id: number; readonly task: Task }
  | { readonly is: 'time'; readonly now: number; readonly slept?: number };

/** From a process: it is loaded, a task is done, or it wants to sleep. */
export type FromChild =
  | { readonly is: 'loaded' }
  | { readonly is: 'done'; readonly id: number; readonly value?: unknown; readonly error?: string }
  | { readonly is: 'sleep'; readonly id: number; readonly ms: number };

/** How a process is doing: see the task `pulse`. */
export interface Pulse {
  readonly asked: number;
  readonly waiting: number;
}
