import type { JsonObject } from './json.ts';

/** Somebody who listens on the line between Slack and the app, and may break in. */
export interface Listener {
  /** A call has come in and nothing is done yet. @returns whether it gets lost here. */
  arriving?(method: string, args: JsonObject): Promise<boolean>;
  /** A call is done, its answer not sent yet. */
  answering?(method: string, args: JsonObject): Promise<void>;
}

/** The line on which calls arrive and answers leave: each waits until the listener has heard. */
export class Line {
  #listener: Listener = {};

  /** Puts a listener on the line in place of the one before. */
  listen(listener: Listener): void {
    this.#listener = listener;
  }

  async arriving(method: string, args: JsonObject): Promise<boolean> {
    return (await this.#listener.arriving?.(method, args)) ?? false;
  }

  async answering(method: string, args: JsonObject): Promise<void> {
    await this.#listener.answering?.(method, args);
  }
}
