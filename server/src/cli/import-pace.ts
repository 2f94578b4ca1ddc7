import { PaceMeter as PhaseMeter } from '../modules/import-job/import-job.pace.ts';
import type { JobNotice } from '../platform/job-notices.ts';

/** How fast an import is now. */
export interface Pace {
  /** 0 to 1 of the phase; null while the size is unknown. */
  readonly fraction: number | null;
  /** Null until there is something to measure. */
  readonly rowsPerSecond: number | null;
  readonly secondsLeft: number | null;
}

/** Measures an import by its notices, each phase of each attempt by itself. */
export class PaceMeter {
  #meter = new PhaseMeter();
  #phase: string | null = null;
  #attempt = 0;

  /** The pace with this notice, which came at `now` (milliseconds of any clock). */
  measure({ phase, attempt, bytesRead, bytesTotal, totalProcessed }: JobNotice, now: number): Pace {
    if (phase !== this.#phase || attempt !== this.#attempt) this.#meter = new PhaseMeter();
    this.#phase = phase;
    this.#attempt = attempt;
    const [done, total] = [bytesRead ?? 0, bytesTotal ?? 0];
    const { rowsPerSecond, bytesPerSecond } = this.#meter.measure({
      at: now,
      rows: totalProcessed,
      bytes: done,
    });
    const speed = bytesPerSecond ?? 0;
    return {
      fraction: total > 0 ? Math.min(done / total, 1) : null,
      rowsPerSecond: phase === 'rows' ? rowsPerSecond : null,
      secondsLeft: speed > 0 && total > 0 ? Math.max(total - done, 0) / speed : null,
    };
  }
}
