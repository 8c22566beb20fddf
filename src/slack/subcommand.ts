import type { Deal } from '../domain/deal.ts';
import type { ChannelId } from '../domain/ids.ts';
import type { Person } from '../domain/person.ts';
import type { Refusal } from '../domain/refusal.ts';
import type { Message } from './message.ts';

/** Somebody asked for something with `/deal …`, or with a button that stands for it. */
export interface Call {
  readonly actor: Person;
  /** What follows the word: a deal's name, or an account for a new one. */
  readonly text: string;
  readonly channelId: ChannelId;
  /** Empty where Slack gives none, as in direct messages. */
  readonly channelName: string;
  readonly triggerId: string;
  readonly responseUrl: string;
}

/** The answer: a message, in the channel when everybody there should see it. */
export type Reply = (Message & { readonly inChannel?: boolean }) | Refusal | undefined;

/**
 * One word of `/deal`. A word that `needs` a deal is called with the one that was meant; one that
 * takes a deal `if_named` is called without, when no name and no place says which.
 */
export type Subcommand = {
  readonly word: string;
  /** What it does, in the help: `give both sides a step`. */
  readonly does: string;
  readonly usage: string;
} & (
  | { readonly needs: 'nothing'; run(call: Call): Promise<Reply> }
  | { readonly needs: 'deal'; run(call: Call, deal: Deal): Promise<Reply> }
  | { readonly needs: 'deal_if_named'; run(call: Call, deal?: Deal): Promise<Reply> }
);
