import type { SlackUserId } from './ids.ts';

/** What Slack says about one of its users. */
export interface SlackUserFact {
  readonly id: SlackUserId;
  readonly name: string;
  readonly email: string | undefined;
  /** IANA name; Slack leaves it out for some users. */
  readonly zone: string | undefined;
  readonly deleted: boolean;
  readonly isBot: boolean;
  /** A guest of the workspace, or somebody of another company in a shared channel. */
  readonly isGuest: boolean;
  readonly isAdmin: boolean;
}
