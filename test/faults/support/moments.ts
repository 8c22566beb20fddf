import type { FaultWorld } from './fault-world.ts';
import type { AppProcess } from './processes.ts';
import type { KillOrder } from './protocol.ts';

/** Where a call to Slack is when its process dies: on the way there, or its answer on the way back. */
export interface CallMoment {
  readonly at: 'arriving' | 'answering';
  /** A Web API method, `response_url`, or `*` for whatever comes. */
  readonly method: string;
  /** The how manieth call of that method; the first unless given. */
  readonly nth?: number;
}

/** A moment to be killed at: in the process itself, or on its line to Slack. */
export type Moment = KillOrder | CallMoment;

/** Sets the moment at which a process dies; in force when this resolves. */
export async function killAt(world: FaultWorld, app: AppProcess, moment: Moment): Promise<void> {
  if (!('method' in moment)) return app.arm(moment);
  let left = moment.nth ?? 1;
  const hear = async (at: CallMoment['at'], method: string): Promise<boolean> => {
    if (at !== moment.at || ![method, '*'].includes(moment.method)) return false;
    left -= 1;
    if (left !== 0) return false;
    await app.kill();
    return true;
  };
  world.sandbox.line.listen({
    arriving: (method) => hear('arriving', method),
    answering: async (method) => void (await hear('answering', method)),
  });
}
