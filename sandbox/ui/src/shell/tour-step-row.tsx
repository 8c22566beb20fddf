import type { SandboxChannel } from '../../../server/contract.ts';
import type { TourAction, TourStep } from '../lib/tour.ts';
import { useWorkspace } from '../live/workspace.ts';
import { CheckIcon } from './icons.tsx';

interface Props {
  readonly step: TourStep;
  readonly number: number;
  readonly isNext: boolean;
  /** Where a command would be typed. */
  readonly channel: SandboxChannel | null;
}

export function TourStepRow(props: Props) {
  const { title, detail, isDone } = props.step;
  return (
    <li data-done={isDone} data-next={props.isNext}>
      <span className="tour-mark">{isDone && <CheckIcon />}</span>
      <span className="tour-text">
        <strong>
          {title}
          {isDone && <span className="visually-hidden"> (done)</span>}
        </strong>
        <span>{detail}</span>
      </span>
      {!isDone && <TourButton {...props} />}
    </li>
  );
}

/** Does the step's part that can be done for the person: types the command, moves the clock. */
export function TourButton({ step, number, isNext, channel }: Props) {
  const { isMoving } = useWorkspace();
  const run = useTourAction(channel);
  const { action } = step;
  if (action === null) return null;
  return (
    <button
      type="button"
      className={isNext ? 'button primary small' : 'button small'}
      aria-label={`Tour step ${number}: ${action.label}`}
      disabled={action.do === 'clock' && isMoving}
      onClick={() => run(action)}
    >
      {action.label}
    </button>
  );
}

function useTourAction(channel: SandboxChannel | null): (action: TourAction) => void {
  const { fill, go, moveClock } = useWorkspace();
  return (action) => {
    if (action.do === 'open') return go({ channel: action.channel, thread: null, tab: 'messages' });
    if (action.do === 'clock') return void moveClock(action.preset);
    go({ tab: 'messages', thread: null });
    if (channel !== null) fill(channel.id, action.text);
  };
}
