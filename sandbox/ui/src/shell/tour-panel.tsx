import { useState } from 'react';
import type { SandboxChannel } from '../../../server/contract.ts';
import { tourSteps } from '../lib/tour.ts';
import { readList, writeList } from '../live/use-journal.ts';
import { useWorkspace } from '../live/workspace.ts';
import { ChevronIcon, CloseIcon } from './icons.tsx';
import { TourButton, TourStepRow } from './tour-step-row.tsx';
import { useMedia } from './use-media.ts';

interface Props {
  readonly channel: SandboxChannel | null;
  /** An open thread takes the room that the tour would have. */
  readonly hasThread: boolean;
}

/**
 * The loop of the product in six steps. It never covers the conversation: a column where there is
 * room, a bar with the next step where there is not. Dismissed, it stays away.
 */
export function TourPanel({ channel, hasThread }: Props) {
  const { state, me, journal } = useWorkspace();
  const [isGone, setGone] = useState(() => readList('tour').includes('gone'));
  const [wish, setWish] = useState<'open' | 'folded' | null>(null);
  const isWide = useMedia(hasThread ? '(min-width: 1560px)' : '(min-width: 1200px)');
  if (isGone) return null;
  const isFolded = isWide ? wish === 'folded' : wish !== 'open';
  const steps = tourSteps(state, me.id, journal);
  const done = steps.filter(({ isDone }) => isDone).length;
  const next = steps.find(({ isDone }) => !isDone);
  const dismiss = () => {
    writeList('tour', ['gone']);
    setGone(true);
  };
  return (
    <section
      className="tour"
      aria-label="Three-minute tour"
      data-folded={isFolded}
      data-docked={isWide && !isFolded}
    >
      <div className="tour-head">
        <button
          type="button"
          className="tour-title"
          aria-expanded={!isFolded}
          onClick={() => setWish(isFolded ? 'open' : 'folded')}
        >
          <ChevronIcon />
          <span>Three-minute tour</span>
          <span className="tour-count">
            {done} of {steps.length}
          </span>
        </button>
        {isFolded && next && (
          <div className="tour-next">
            <span>{next.title}</span>
            <TourButton step={next} number={steps.indexOf(next) + 1} isNext channel={channel} />
          </div>
        )}
        <button type="button" className="plain" aria-label="Dismiss the tour" onClick={dismiss}>
          <CloseIcon />
        </button>
      </div>
      {!isFolded && (
        <ol className="tour-steps">
          {steps.map((step, index) => (
            <TourStepRow
              key={step.id}
              step={step}
              number={index + 1}
              isNext={step === next}
              channel={channel}
            />
          ))}
        </ol>
      )}
    </section>
  );
}
