import type { Playbook } from './playbook.ts';
import { entPlaybook } from './playbook-ent.ts';
import { midPlaybook } from './playbook-mid.ts';
import { renPlaybook } from './playbook-ren.ts';
import { smbPlaybook } from './playbook-smb.ts';
import { svcPlaybook } from './playbook-svc.ts';

/** What a team starts with (METHOD §4.1). */
export const defaultPlaybooks: readonly Playbook[] = [
  smbPlaybook,
  midPlaybook,
  entPlaybook,
  svcPlaybook,
  renPlaybook,
];
