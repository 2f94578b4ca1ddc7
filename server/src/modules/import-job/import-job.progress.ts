import type { MarketplaceImportJob, Prisma } from '../../generated/prisma/client.ts';
import type { ImportPhase, ImportProgress } from '../../pipeline/progress.ts';
import type { TimedStep } from '../../pipeline/types.ts';
import type { Db } from '../../platform/database.ts';
import { PaceMeter, type Pace } from './import-job.pace.ts';

/** One attempt at a job. All that is written about it is written only while it is the current one. */
export interface Attempt {
  readonly id: string;
  readonly attempt: number;
}

/** A phase as the job's record keeps it. The pace is that of the time when the count was last heard of. */
export interface PhaseTime extends Partial<Pace> {
  readonly phase: ImportPhase;
  /** ISO 8601. */
  readonly startedAt: string;
  readonly endedAt: string | null;
  /** Of what the phase counts: bytes of a download, rows. */
  readonly count: number;
  /** ISO 8601: when it was heard of last. */
  readonly countedAt?: string;
  /** Where the time went, in milliseconds a step; only of a whole import. */
  readonly stepMs?: Partial<Record<TimedStep, number>>;
}

/** When each phase began and ended, as the job's record keeps it. */
export class PhaseTimes {
  #phases: PhaseTime[] = [];
  #meter = new PaceMeter();

  note({ phase, bytesRead, report }: ImportProgress, now: Date): void {
    const countedAt = now.toISOString();
    const last = this.#phases.at(-1);
    if (last?.phase !== phase) {
      this.end(now);
      this.#meter = new PaceMeter();
    }
    const pace = this.#meter.measure({ at: now.getTime(), rows: report.totalProcessed, bytes: bytesRead });
    const count = phase === 'download' || phase === 'read' ? bytesRead : report.totalProcessed;
    const known = { ...pace, count, countedAt };
    if (last?.phase === phase) this.#phases[this.#phases.length - 1] = { ...last, ...known };
    else this.#phases.push({ phase, startedAt: countedAt, endedAt: null, ...known });
  }

  end(now: Date): void {
    const last = this.#phases.at(-1);
    if (last) this.#phases[this.#phases.length - 1] = { ...last, endedAt: now.toISOString() };
  }

  /** Keeps with the last phase where the time of all of them went. */
  noteSteps(stepMs: Partial<Record<TimedStep, number>>): void {
    const last = this.#phases.at(-1);
    if (last) this.#phases[this.#phases.length - 1] = { ...last, stepMs };
  }

  toJson(): Prisma.JsonArray {
    return this.#phases.map((phase): Prisma.JsonObject => ({ ...phase }));
  }
}

/** The job's counts: the sums of its batches. */
export async function sumBatches(db: Db, jobId: string) {
  const { _sum: sum } = await db.marketplaceImportBatch.aggregate({
    where: { jobId },
    _sum: {
      importedCount: true,
      updatedCount: true,
      unchangedCount: true,
      errorCount: true,
      warningCount: true,
    },
  });
  const counts = {
    importedCount: sum.importedCount ?? 0,
    updatedCount: sum.updatedCount ?? 0,
    unchangedCount: sum.unchangedCount ?? 0,
    errorCount: sum.errorCount ?? 0,
  };
  const totalProcessed = Object.values(counts).reduce((total, count) => total + count, 0);
  return { ...counts, warningCount: sum.warningCount ?? 0, totalProcessed };
}

/**
 * Writes how far the job is, with this revision or, when somebody else has changed it, a larger one; the job as it is
 * now, or null when it belongs to another attempt.
 */
export async function noteProgress(
  db: Db,
  { id, attempt }: Attempt,
  progress: ImportProgress,
  phases: PhaseTimes,
  revision: number,
): Promise<MarketplaceImportJob | null> {
  const ours = { id, attempt, status: 'PROCESSING' } as const;
  const data = {
    ...(await sumBatches(db, id)),
    phase: progress.phase,
    phases: phases.toJson(),
    bytesRead: progress.bytesRead,
    bytesTotal: progress.bytesTotal,
    lastSignAt: new Date(),
  };
  const jobs = db.marketplaceImportJob;
  const written =
    (
      await jobs.updateMany({
        where: { ...ours, revision: { lt: revision } },
        data: { ...data, revision },
      })
    ).count || (await jobs.updateMany({ where: ours, data: { ...data, revision: { increment: 1 } } })).count;
  return written === 0 ? null : jobs.findUnique({ where: { id } });
}
