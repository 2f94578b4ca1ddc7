import type { JobNotice } from '../platform/job-notices.ts';

interface Sample {
  readonly at: number;
  readonly rows: number;
  readonly bytes: number;
}

/** How fast an import is now. */
export interface Pace {
  /** 0 to 1 of the phase; null while the size is unknown. */
  readonly fraction: number | null;
  /** Null until there is something to measure. */
  readonly rowsPerSecond: number | null;
  readonly secondsLeft: number | null;
}

/** Measured over the last seconds, since a feed's rows are not all alike. */
const windowMs = 5_000;
const shortestMs = 300;

/** Measures an import by its notices. */
export class PaceMeter {
  #samples: Sample[] = [];
  #phase: string | null = null;
  #attempt = 0;

  /** The pace with this notice, which came at `now` (milliseconds of any clock that only goes forward). */
  measure({ phase, attempt, bytesRead, bytesTotal, totalProcessed }: JobNotice, now: number): Pace {
    if (phase !== this.#phase || attempt !== this.#attempt) this.#samples = [];
    this.#phase = phase;
    this.#attempt = attempt;
    const bytes = bytesRead ?? 0;
    this.#samples = this.#samples.filter(({ at }) => now - at <= windowMs);
    this.#samples.push({ at: now, rows: totalProcessed, bytes });
    const fraction = bytesTotal ? Math.min(bytes / bytesTotal, 1) : null;
    const [first] = this.#samples;
    const seconds = first ? (now - first.at) / 1000 : 0;
    if (!first || seconds * 1000 < shortestMs) return { fraction, rowsPerSecond: null, secondsLeft: null };
    const bytesPerSecond = (bytes - first.bytes) / seconds;
    return {
      fraction,
      rowsPerSecond: phase === 'rows' ? (totalProcessed - first.rows) / seconds : null,
      secondsLeft: bytesTotal && bytesPerSecond > 0 ? Math.max(bytesTotal - bytes, 0) / bytesPerSecond : null,
    };
  }
}
