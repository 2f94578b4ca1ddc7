import type { MarketplaceImportJob, Prisma } from '../../generated/prisma/client.ts';
import type { ImportPhase, ImportProgress } from '../../pipeline/progress.ts';
import type { TimedStep } from '../../pipeline/types.ts';
import type { Db } from '../../platform/database.ts';

/** One attempt at a job. All that is written about it is written only while it is the current one. */
export interface Attempt {
  readonly id: string;
  readonly attempt: number;
}

interface PhaseTime {
  readonly phase: ImportPhase;
  /** ISO 8601. */
  readonly startedAt: string;
  readonly endedAt: string | null;
  /** Of what the phase counts: bytes of a download, rows. */
  readonly count: number;
  /** Where the time went, in milliseconds a step; only of a whole import. */
  readonly stepMs?: Partial<Record<TimedStep, number>>;
}

/** When each phase began and ended, as the job's record keeps it. */
export class PhaseTimes {
  #phases: PhaseTime[] = [];

  note({ phase, bytesRead, report }: ImportProgress, now: Date): void {
    const startedAt = now.toISOString();
    const last = this.#phases.at(-1);
    const count = phase === 'download' || phase === 'read' ? bytesRead : report.totalProcessed;
    if (last?.phase === phase) this.#phases[this.#phases.length - 1] = { ...last, count };
    else {
      this.end(now);
      this.#phases.push({ phase, startedAt, endedAt: null, count });
    }
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

  toJson(): Prisma.InputJsonValue {
    return this.#phases.map((phase) => ({ ...phase }));
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

/** Writes how far the job is; the job as it is now, or null when it belongs to another attempt. */
export async function noteProgress(
  db: Db,
  { id, attempt }: Attempt,
  progress: ImportProgress,
  phases: PhaseTimes,
): Promise<MarketplaceImportJob | null> {
  const file = progress.file;
  const { count } = await db.marketplaceImportJob.updateMany({
    where: { id, attempt, status: 'PROCESSING' },
    data: {
      ...(await sumBatches(db, id)),
      phase: progress.phase,
      phases: phases.toJson(),
      bytesRead: progress.bytesRead,
      bytesTotal: progress.bytesTotal,
      ...(file ? { headerWarnings: file.warnings.map((warning) => ({ ...warning })) } : {}),
      lastSignAt: new Date(),
      revision: { increment: 1 },
    },
  });
  return count === 0 ? null : db.marketplaceImportJob.findUnique({ where: { id } });
}
