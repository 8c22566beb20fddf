import { Presets, SingleBar } from 'cli-progress';

export interface Progress {
  /** Fits `onProgress` of an import. */
  update(bytesRead: number, totalBytes: number | undefined): void;
  stop(): void;
}

/** A bar on a terminal; silence where the output goes to a file, a log or another program. */
export function createProgress(output: NodeJS.WriteStream = process.stderr): Progress {
  if (!output.isTTY) return { update: () => undefined, stop: () => undefined };
  const bar = new SingleBar(
    { stream: output, format: '{bar} {percentage}%', hideCursor: true, clearOnComplete: true },
    Presets.shades_classic,
  );
  let started = false;
  return {
    update: (bytesRead, totalBytes) => {
      if (totalBytes === undefined) return;
      if (!started) bar.start(totalBytes, 0);
      started = true;
      bar.update(bytesRead);
    },
    stop: () => bar.stop(),
  };
}
