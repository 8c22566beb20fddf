import { useLiveState } from './live/use-live-state.ts';
import { usePlace } from './live/use-place.ts';
import { useToasts } from './live/use-toasts.ts';
import { LoadingScreen } from './shell/loading-screen.tsx';
import { Shell } from './shell/shell.tsx';
import { Toasts } from './shell/toasts.tsx';

/** The page: waits for the first state, then hands it to the shell. */
export function App() {
  const [place, go] = usePlace();
  const live = useLiveState(place.as);
  const { toasts, toast, dismiss } = useToasts();
  if (live.shown === null) return <LoadingScreen failure={live.failure} />;
  return (
    <>
      <Shell shown={live.shown} live={live} place={place} go={go} toast={toast} />
      <Toasts toasts={toasts} dismiss={dismiss} go={go} />
    </>
  );
}
