import type { Live } from '../live/use-live-state.ts';

/** Says when what is on screen may be old. */
export function LinkBanner({ live: { isOnline, failure } }: { live: Live }) {
  if (isOnline && failure === null) return null;
  return (
    <p className="link-banner" role="status">
      {failure ?? 'The sandbox does not answer. Reconnecting…'}
    </p>
  );
}
