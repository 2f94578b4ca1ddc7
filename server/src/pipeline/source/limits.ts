/** What one feed may cost. Sizes in bytes, times in milliseconds. */
export interface SourceLimits {
  /** Body as it is sent, before anything is unpacked. */
  readonly wireBytes: number;
  /** Body once it is unpacked; also holds for each layer of a feed that is packed twice. */
  readonly inflatedBytes: number;
  /** Data rows: up to 32 bytes of each, which know its id again, are kept in memory until the last one. */
  readonly rows: number;
  /** Everything together: redirects, waits and retries too. */
  readonly totalMs: number;
  /** Silence: from the connection to the end of the headers, and between two pieces of the body. */
  readonly idleMs: number;
  readonly redirects: number;
  /** How often a busy server (429, 503) is asked again. */
  readonly retries: number;
  /** A server that wants to be left alone for longer is not waited for. */
  readonly retryAfterMaxMs: number;
  /** The wait when a busy server names none, and the least there is. */
  readonly retryDelayMs: number;
}

export const defaultSourceLimits: SourceLimits = {
  wireBytes: 2e9,
  inflatedBytes: 4e9,
  rows: 20e6,
  totalMs: 15 * 60_000,
  idleMs: 30_000,
  redirects: 5,
  retries: 2,
  retryAfterMaxMs: 2 * 60_000,
  retryDelayMs: 2_000,
};

const asText = (count: number, unit: string) => `${Number(count.toFixed(1))} ${unit}`;

/** A size as a sentence names it: `2 GB`, in powers of ten. */
export function sizeText(bytes: number): string {
  if (bytes >= 1e9) return asText(bytes / 1e9, 'GB');
  if (bytes >= 1e6) return asText(bytes / 1e6, 'MB');
  return bytes >= 1e3 ? asText(bytes / 1e3, 'kB') : `${bytes} bytes`;
}

/** A time as a sentence names it: `15 minutes`, `30 s`. */
export function durationText(ms: number): string {
  return ms >= 2 * 60_000 ? asText(ms / 60_000, 'minutes') : asText(ms / 1000, 's');
}
