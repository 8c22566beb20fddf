/** Where the command line reads its environment and writes its answers. */
export interface Terminal {
  readonly env: Record<string, string | undefined>;
  print(line: string): void;
  /** Resolves when the process shall end. */
  stopped(): Promise<void>;
}

/** A command that could not do its work; the message is for the person who typed it. */
export class CommandFailed extends Error {}
