import { FeedRefusal } from '../../product-data/feed-refusal.ts';
import { durationText, type SourceLimits } from './limits.ts';

/** Ends a download that takes too long or falls silent. */
export interface Watch {
  /** Aborted with the caller's reason, or with the refusal for the time limit that was passed. */
  readonly signal: AbortSignal;
  /** From here on the silence of the other side counts. */
  listen(): void;
  /** From here on it does not: we are the ones who are busy. */
  rest(): void;
  /** What is left of the total time, in milliseconds. */
  remainingMs(): number;
  stop(): void;
}

/** Node fires longer timers at once. */
const longestTimer = 2 ** 31 - 1;

/** A running watch that the caller has to stop; throws the signal's reason when that is aborted already. */
export function startWatch(limits: SourceLimits, signal: AbortSignal): Watch {
  signal.throwIfAborted();
  const expired = new AbortController();
  const endsAt = performance.now() + limits.totalMs;
  let listening = false;

  const total = setTimeout(
    () => expired.abort(new FeedRefusal('TOO_SLOW', { limit: durationText(limits.totalMs) })),
    Math.min(limits.totalMs, longestTimer),
  );
  const silence = setTimeout(
    () => {
      if (listening) expired.abort(new FeedRefusal('STALLED', { limit: durationText(limits.idleMs) }));
      else silence.refresh();
    },
    Math.min(limits.idleMs, longestTimer),
  );
  return {
    signal: AbortSignal.any([signal, expired.signal]),
    listen: () => {
      listening = true;
      silence.refresh();
    },
    rest: () => {
      listening = false;
    },
    remainingMs: () => endsAt - performance.now(),
    stop: () => {
      clearTimeout(total);
      clearTimeout(silence);
    },
  };
}
