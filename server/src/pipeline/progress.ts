import type { ImportReport } from './report.ts';
import type { FileReport } from './types.ts';

/** What the stepper of a job shows, in this order: download, decode to map, normalise and write, report. */
export const importPhases = ['download', 'read', 'rows', 'report'] as const;
export type ImportPhase = (typeof importPhases)[number];

/** How far an import is. Plain data: it crosses threads. */
export interface ImportProgress {
  readonly phase: ImportPhase;
  /** Of the phase, as far as there are any: bytes of the download, then bytes of the file. */
  readonly bytesRead: number;
  /** Null while unknown. */
  readonly bytesTotal: number | null;
  readonly report: ImportReport;
  readonly file: FileReport | null;
}

const intervalMs = 100;

/** Passes on the newest state, at most ten times a second, each change of phase at once, and the last one always. */
export class ProgressReporter {
  readonly #send: (progress: ImportProgress) => void;
  #progress: ImportProgress;
  #sentAt = -Infinity;
  #sent: ImportProgress | null = null;

  constructor(send: (progress: ImportProgress) => void, report: ImportReport) {
    this.#send = send;
    this.#progress = { phase: 'download', bytesRead: 0, bytesTotal: null, report, file: null };
  }

  get report(): ImportReport {
    return this.#progress.report;
  }

  update(change: Partial<ImportProgress>): void {
    const newPhase = change.phase !== undefined && change.phase !== this.#progress.phase;
    const { bytesRead } = this.#progress;
    this.#progress = { ...this.#progress, ...change };
    // Batches are committed in any order.
    if (!newPhase && this.#progress.bytesRead < bytesRead) this.#progress = { ...this.#progress, bytesRead };
    if (newPhase || performance.now() - this.#sentAt >= intervalMs) this.flush();
  }

  /** Passes on what has not been passed on yet. */
  flush(): void {
    if (this.#sent === this.#progress) return;
    this.#sent = this.#progress;
    this.#sentAt = performance.now();
    this.#send(this.#progress);
  }
}
