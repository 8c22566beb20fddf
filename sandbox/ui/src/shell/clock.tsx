import { clockLabel } from '../lib/zoned-time.ts';
import { useWorkspace } from '../live/workspace.ts';
import { ClockIcon } from './icons.tsx';

/** The sandbox's own time, where the acting person is, and the jumps worth making. */
export function Clock() {
  const { state, me, now, isMoving, moveClock } = useWorkspace();
  return (
    <div className="clock">
      <time dateTime={state.now} title={`Sandbox time in ${me.tz}`}>
        <ClockIcon />
        {clockLabel(me.tz, now)}
      </time>
      {state.clockPresets.map(({ id, label }) => (
        <button
          key={id}
          type="button"
          className="preset"
          disabled={isMoving}
          onClick={() => void moveClock(id)}
        >
          {label}
        </button>
      ))}
      {isMoving && <progress className="moving" aria-label="Moving the clock" />}
    </div>
  );
}
