import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { ImportJobStatus } from '../generated/prisma/enums.ts';
import type { MarketplaceImportJob } from '../generated/prisma/client.ts';
import type { Db } from './database.ts';
import { keepSession, type KeptSession } from './kept-session.ts';

const channel = 'import_jobs';
/** PostgreSQL refuses a payload of 8000 bytes or more. */
const maxPayloadBytes = 7_900;
/** So long a message fits whatever its letters are: JSON takes up to six bytes for one. */
const maxMessageLength = 1_000;

const count = z.int().nonnegative();

const noticeSchema = z.object({
  id: z.uuid(),
  storeId: z.uuid(),
  /** Grows with each change of the job: drop what is not newer than what you have. */
  revision: count,
  attempt: count,
  status: z.enum(ImportJobStatus),
  phase: z.string().nullable(),
  bytesRead: count.nullable(),
  bytesTotal: count.nullable(),
  importedCount: count,
  updatedCount: count,
  unchangedCount: count,
  errorCount: count,
  warningCount: count,
  totalProcessed: count,
  totalRows: count.nullable(),
  failureCode: z.string().nullable(),
  /** Cut when it is very long; the job's record has all of it. */
  failureMessage: z.string().nullable(),
});

/** The state of a job after a change, as all nodes hear of it. */
export type JobNotice = z.infer<typeof noticeSchema>;

const numberOf = (bytes: bigint | null) => (bytes === null ? null : Number(bytes));

/** The part of a job that changes. */
export function noticeOf(job: MarketplaceImportJob): JobNotice {
  const { id, storeId, revision, attempt, status, phase, totalRows, failureCode } = job;
  const { importedCount, updatedCount, unchangedCount, errorCount, warningCount, totalProcessed } = job;
  return {
    ...{ id, storeId, revision, attempt, status, phase },
    bytesRead: numberOf(job.bytesRead),
    bytesTotal: numberOf(job.bytesTotal),
    ...{ importedCount, updatedCount, unchangedCount, errorCount, warningCount, totalProcessed },
    totalRows,
    failureCode,
    failureMessage: job.failureMessage?.slice(0, maxMessageLength) ?? null,
  };
}

export interface JobPublisher {
  /** Tells all nodes, soon and in order; of several changes of one job in a row only the newest may be told. */
  publish(job: MarketplaceImportJob): void;
  /** Resolves when everything has been told, or was dropped because the database stays away. */
  settled(): Promise<void>;
}

const retryMs = 1_000;
/** Then notices are dropped: whoever listens has lost the database as well, and reads again what is known. */
const mostFailures = 5;

/**
 * Tells all nodes of changes of jobs, through the database. What cannot be sent is said, and sent a moment later,
 * unless the database stays away.
 */
export function createJobPublisher(db: Db, onError: (error: unknown) => void): JobPublisher {
  const waiting = new Map<string, JobNotice>();
  let sending: Promise<void> | null = null;

  // What is told of a job may come from several that do not know of each other.
  const keep = (notice: JobNotice) => {
    if ((waiting.get(notice.id)?.revision ?? -1) < notice.revision) waiting.set(notice.id, notice);
  };
  const send = async (): Promise<void> => {
    for (const [id, notice] of waiting) {
      waiting.delete(id);
      const payload = JSON.stringify(notice);
      if (Buffer.byteLength(payload) > maxPayloadBytes) {
        onError(new RangeError('A notice is too large.'));
        continue;
      }
      try {
        await db.$queryRaw`SELECT pg_notify(${channel}, ${payload})::text`;
      } catch (error) {
        keep(notice);
        throw error;
      }
    }
  };
  const sendAll = async (): Promise<void> => {
    for (let failures = 0; waiting.size > 0;) {
      try {
        await send();
      } catch (error) {
        onError(error);
        failures += 1;
        if (failures === mostFailures) waiting.clear();
        else await wait(retryMs, undefined, { ref: false });
      }
    }
    sending = null;
  };

  return {
    publish(job) {
      keep(noticeOf(job));
      sending ??= sendAll();
    },
    settled: async () => {
      await sending;
    },
  };
}

interface Listener {
  readonly onNotice: (notice: JobNotice) => void;
  /** At the start, and whenever notices may have been missed: what is known has to be read again. */
  readonly onConnect: () => void;
  readonly onError: (error: Error) => void;
}

/** Passes on the changes of all jobs, from every node, until it is closed. */
export function listenToJobs(databaseUrl: string, listener: Listener): Promise<KeptSession> {
  return keepSession({
    databaseUrl,
    name: 'job notices',
    onError: listener.onError,
    prepare: async (client) => {
      client.on('notification', ({ payload }) => {
        const notice = readNotice(payload);
        if (notice) listener.onNotice(notice);
      });
      await client.query(`LISTEN ${channel}`);
      listener.onConnect();
    },
  });
}

/** Null for what is not ours, or of another version that says it otherwise. */
export function readNotice(payload = ''): JobNotice | null {
  try {
    return noticeSchema.parse(JSON.parse(payload));
  } catch {
    return null;
  }
}
