import type { MarketplaceImportJob } from '../../generated/prisma/client.ts';
import type { ImportProgress } from '../../pipeline/progress.ts';
import type { PhaseTimes } from './import-job.progress.ts';
import type { WatchedJob } from './import-job.record.ts';

/**
 * How far everybody else keeps away from the revisions of a runner: whoever changes a job from outside adds so much
 * to the revision on record, and a runner announces fewer states than that between two of its own writes.
 */
export const revisionLead = 100;

/**
 * A job as its runner knows it. The rule of revisions lives here:
 *
 * A reader drops every state whose revision is not larger than what it has. So each state that anybody announces
 * needs a revision of its own, and newer ones need larger ones. While a job runs its runner announces each committed
 * batch at once, with revisions that are not on record yet; a few times a second it writes the record, with a
 * revision that it announces for nothing else. Others change the job only in the record: a claim or a cancellation
 * adds `revisionLead`. That makes its revision larger than anything the runner may have announced, and smaller than
 * anything it announces after its next write, which takes over what the record has. A runner that cannot write stops
 * announcing before it could get there. So a worker that was stopped, lost its job and wakes up is not believed.
 *
 * Counts are sums of committed batches, and never go back while an attempt lasts: the larger of what the record says
 * and what the thread reports. An attempt after the first may find the feed changed and forget the batches before;
 * when its rows begin, the record has to be written and read before anything is said.
 */
export class LiveJob {
  #job: WatchedJob;
  /** The largest that was announced or is being written. */
  #revision: number;
  #countsKnown = true;
  #rowsBegun = false;

  constructor(job: WatchedJob) {
    this.#job = job;
    this.#revision = job.revision;
  }

  /** No state is announced with a larger one. */
  get revision(): number {
    return this.#revision;
  }

  note({ phase }: ImportProgress): void {
    if (phase !== 'rows' || this.#rowsBegun) return;
    this.#rowsBegun = true;
    this.#countsKnown = this.#job.attempt === 1;
  }

  /** The state to announce, with a new revision; null when the record has to be written first. */
  next(progress: ImportProgress, phases: PhaseTimes): WatchedJob | null {
    // The last of them is for the write.
    if (!this.#countsKnown || this.#revision >= this.#lastRevision - 1) return null;
    this.#revision += 1;
    const { phase, bytesRead, bytesTotal, report, file } = progress;
    return {
      ...this.#job,
      ...(report.totalProcessed > this.#job.totalProcessed ? report : {}),
      ...(file ? { encoding: file.encoding, delimiter: file.delimiter, format: file.format } : {}),
      phase,
      phases: phases.toJson(),
      bytesRead: BigInt(bytesRead),
      bytesTotal: bytesTotal === null ? null : BigInt(bytesTotal),
      revision: this.#revision,
      updatedAt: new Date(),
    };
  }

  /** The revision to write the record with. A write that failed may have come through all the same. */
  reserve(): number {
    return (this.#revision = Math.min(this.#revision + 1, this.#lastRevision));
  }

  /** Takes over the record after a write of that progress; true when somebody else has changed the job as well. */
  written(record: MarketplaceImportJob, { phase }: ImportProgress, reserved: number): boolean {
    const { store, createdBy } = this.#job;
    this.#job = { ...record, store, createdBy };
    this.#revision = Math.max(this.#revision, record.revision);
    if (phase === 'rows' || phase === 'report') this.#countsKnown = true;
    return record.revision > reserved;
  }

  get #lastRevision(): number {
    return this.#job.revision + revisionLead - 1;
  }
}
