/** Tells one sleeper that there is work; a ring while nobody listens is heard later. */
export interface Bell {
  ring(): void;
  /** Resolves once it rang since the last `reset`. */
  heard(): Promise<void>;
  reset(): void;
}

export function createBell(): Bell {
  let ring: () => void = () => undefined;
  let rung = Promise.resolve();
  const reset = () => {
    rung = new Promise((resolve) => {
      ring = resolve;
    });
  };
  reset();
  return { ring: () => ring(), heard: () => rung, reset };
}
