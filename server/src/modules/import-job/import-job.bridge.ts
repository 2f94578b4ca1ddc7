import { setTimeout as wait } from 'node:timers/promises';
import type { Database } from '../../platform/database.ts';
import type { EventBus } from '../../platform/bus.ts';
import type { JobNotice } from '../../platform/job-notices.ts';
import { watchedJobParts } from './import-job.record.ts';
import { SeenRevisions } from './import-job.seen.ts';

/** How long after a job could not be read it is read again. */
const retryMs = 1_000;

interface Options {
  readonly db: Database['db'];
  readonly bus: EventBus;
  readonly onError: (error: unknown) => void;
}

/**
 * Brings to a bus within this process what other processes do to jobs in the same database: command lines, and nodes
 * that only work. To be given to `listenToJobs`. What this process does itself its bus has seen before the notice
 * comes, so that nothing is told twice. Not for a bus that the others are on too.
 */
export async function bridgeJobs({ db, bus, onError }: Options) {
  const seen = new SeenRevisions();
  /** Jobs that are being read, with the newest notice that waits for it. */
  const reading = new Map<string, JobNotice | null>();
  const closing = new AbortController();
  let heardAt: Date | null = null;
  const unsubscribe = await bus.subscribe('importJob', (job) => void seen.add(job));

  const bring = async (notice: JobNotice): Promise<void> => {
    const { id } = notice;
    const job = await db.marketplaceImportJob.findUnique({ where: { id }, include: watchedJobParts });
    // The record may be a moment behind: see LiveJob.
    const state = job && job.revision < notice.revision ? { ...job, ...changesOf(notice) } : job;
    if (state && !seen.has(state)) await bus.publish('importJob', state);
  };
  const read = async (notice: JobNotice): Promise<void> => {
    const { id } = notice;
    for (let next: JobNotice | null = notice; next && !seen.has(next); next = reading.get(id) ?? null) {
      reading.set(id, null);
      try {
        await bring(next);
      } catch (error) {
        onError(error);
        // It may be the last that is ever told of the job.
        await wait(retryMs, undefined, { signal: closing.signal, ref: false }).catch(() => undefined); // closed
        if (!closing.signal.aborted) reading.set(id, reading.get(id) ?? next);
      }
    }
    reading.delete(id);
  };

  return {
    onNotice(notice: JobNotice): void {
      heardAt = new Date();
      if (seen.has(notice)) return;
      const waiting = reading.get(notice.id);
      if (waiting === undefined) void read(notice);
      else if (waiting === null || waiting.revision < notice.revision) reading.set(notice.id, notice);
    },
    /** The first time there is nothing to miss yet. */
    onConnect(): void {
      if (heardAt) bus.reconnected(heardAt);
      heardAt ??= new Date();
    },
    close(): Promise<void> {
      closing.abort();
      return unsubscribe();
    },
  };
}

const bigintOf = (bytes: number | null) => (bytes === null ? null : BigInt(bytes));

function changesOf({ bytesRead, bytesTotal, ...changes }: JobNotice) {
  return { ...changes, bytesRead: bigintOf(bytesRead), bytesTotal: bigintOf(bytesTotal) };
}
