const cleanups: (() => void)[] = [];

process.once('exit', () => {
  for (const clean of cleanups.reverse()) clean();
});

/** Runs when this process ends: files of one process share what is dear to make. */
export function atExit(clean: () => void): void {
  cleanups.push(clean);
}
