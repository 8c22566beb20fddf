import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { AppSeed } from './options.ts';

interface Manifest {
  readonly display_information: { readonly name: string };
  readonly features: {
    readonly slash_commands?: readonly {
      readonly command: string;
      readonly description: string;
      readonly usage_hint?: string;
    }[];
    readonly shortcuts?: readonly {
      readonly name: string;
      readonly callback_id: string;
      readonly type: 'global' | 'message';
    }[];
  };
  readonly oauth_config: {
    readonly scopes: { readonly bot: readonly string[]; readonly bot_optional?: readonly string[] };
  };
  readonly settings: { readonly event_subscriptions: { readonly bot_events: readonly string[] } };
}

/** The app as its own manifest describes it: no command, scope or event that is not in there. */
export function seedFromManifest(file: URL): Omit<AppSeed, 'botToken' | 'signingSecret'> {
  const manifest = parse(readFileSync(file, 'utf8')) as Manifest;
  const { features, oauth_config: oauth, settings } = manifest;
  return {
    name: manifest.display_information.name,
    commands: (features.slash_commands ?? []).map((row) => ({
      command: row.command,
      description: row.description,
      usageHint: row.usage_hint ?? '',
    })),
    shortcuts: (features.shortcuts ?? []).map((row) => ({
      name: row.name,
      callbackId: row.callback_id,
      type: row.type,
    })),
    scopes: [...oauth.scopes.bot, ...(oauth.scopes.bot_optional ?? [])],
    events: settings.event_subscriptions.bot_events,
  };
}
