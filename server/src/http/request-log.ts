import type { Log } from '../platform/log.ts';

export interface AnsweredRequest {
  readonly requestId: string;
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly status: number;
  readonly durationMs: number;
  /** A stream of events is open for as long as its reader likes. */
  readonly stream?: boolean;
}

const slowMs = 1_000;

/** Writes a request to the log once it is answered: a slow one as something to be looked at. */
export function logRequest(
  log: Log,
  { requestId, durationMs, stream = false, ...rest }: AnsweredRequest,
): void {
  const slow = durationMs > slowMs && !stream;
  const said = { requestId, ...rest, durationMs: Math.round(durationMs) };
  if (slow) log.warn(said, 'slow request');
  else log.debug(said, 'request');
}
