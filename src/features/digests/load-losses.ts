import type { Clock } from '../../clock.ts';
import type { TeamSettings } from '../../deps.ts';
import { dayIn } from '../../domain/calendar.ts';
import type { WorkspaceId } from '../../domain/ids.ts';
import { type LossQuestion, spanStart } from '../../domain/loss-span.ts';
import { listLeaders } from '../../store/digest-readers.ts';
import { listCompetitors, listEnded, listEndedByManager } from '../../store/loss-figures.ts';
import type { Tx } from '../../store/store.ts';
import type { LossesView } from './losses-message.ts';

const shownCompetitors = 20;

/** Where the losses are, and what day it is. */
export interface LossesPlace {
  readonly workspaceId: WorkspaceId;
  readonly team: Pick<TeamSettings, 'zone'>;
  readonly clock: Clock;
}

/** What a span of losses comes to, by the day they ended; a few queries whatever its size. */
export async function loadLosses(
  tx: Tx,
  { workspaceId, team, clock }: LossesPlace,
  question: LossQuestion,
): Promise<LossesView> {
  const until = dayIn(clock.now(), team.zone);
  const after = spanStart(until, question.days);
  const stretch = { by: 'closed', bounds: [after, until] } as const;
  const byManager =
    question.by === 'manager' ? await listEndedByManager(tx, workspaceId, stretch) : undefined;
  const ended = byManager ? [...byManager.values()] : await listEnded(tx, workspaceId, stretch);
  const view = {
    question,
    after,
    until,
    groups: ended.flatMap(({ groups }) => groups),
    privateLosses: ended.reduce((sum, { privateLosses }) => sum + privateLosses, 0),
  };
  if (question.by === 'competitor') {
    const competitors = await listCompetitors(tx, workspaceId, stretch, shownCompetitors);
    return { ...view, competitors };
  }
  if (!byManager) return view;
  const names = new Map((await listLeaders(tx, workspaceId)).map(({ id, name }) => [id, name]));
  return {
    ...view,
    managers: [...byManager].map(([id, own]) => ({
      manager: (id && names.get(id)) ?? 'Nobody’s team yet',
      groups: own.groups,
    })),
  };
}
