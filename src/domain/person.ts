import type { PersonId, SlackUserId, WorkspaceId } from './ids.ts';

export type Role = 'rep' | 'manager' | 'admin';

/** `guest` covers Slack guests and people from other companies in shared channels. */
export type Standing = 'member' | 'guest' | 'bot';

/** Somebody of the selling company whom we know from Slack, from the CRM, or from both. */
export interface Person {
  readonly id: PersonId;
  readonly workspaceId: WorkspaceId;
  readonly slackUserId: SlackUserId | undefined;
  readonly name: string;
  readonly email: string | undefined;
  readonly role: Role;
  readonly standing: Standing;
  readonly managerId: PersonId | undefined;
  readonly zone: string;
  /** Weekdays they work, 0 = Sunday. */
  readonly workDays: readonly number[];
  /** False when they left the company or the Slack workspace. */
  readonly active: boolean;
}
