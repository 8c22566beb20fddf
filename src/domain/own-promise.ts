/** What somebody set themselves after a loss. */
export interface OwnPromise {
  readonly behaviour: string;
  /** When and where. */
  readonly occasion: string | undefined;
}

/** Quoted back to whoever made it, and to nobody else (FIELD §4, 9). */
export function promiseLine({ behaviour, occasion }: OwnPromise): string {
  return `What you set yourself then: ${behaviour}${occasion ? ` (${occasion})` : ''}`;
}
