import { hostname } from 'node:os';
import { Prisma, type LogEntry } from '../../generated/prisma/client.ts';
import type { Db } from '../../platform/database.ts';
import type { LogRecord } from '../../platform/log.ts';
import { levelNumbers } from './log.levels.ts';

export interface LogTarget {
  readonly db: Db;
  /** Hears once of an outage, and of what could not be kept; must not write to the log that is stored. */
  readonly onError: (error: unknown) => void;
  /** Gets every entry once it is committed. */
  readonly onStored?: (entries: readonly LogEntry[]) => void;
}

export interface LogWriter {
  /** Takes the record and returns at once, whatever the database does. */
  write(record: LogRecord): void;
  /** Begins to store what was taken so far and all that follows. */
  start(target: LogTarget): void;
  /** Records that were given up since the start, because there were too many or the database would not have them. */
  droppedCount(): number;
  /** Stores what is left, as far as a few seconds go. What is written afterwards is dropped. Twice is once. */
  close(): Promise<void>;
}

interface Options {
  /** As entries name this process. */
  readonly node?: string;
  /** Most records that are kept while the database is away; the oldest are dropped. */
  readonly capacity?: number;
}

const batchSize = 200;
const intervalMs = 500;
const longestPauseMs = 10_000;
const closingMs = 3_000;

/** This process among all: its machine and its number there. */
export const nodeName = (): string => `${hostname()}:${process.pid}`;

/**
 * Stores records of the log in batches, every half second or when 200 have come, one statement at a time. An
 * outage of the database is sat out within the capacity. What an outage hits in the middle of a commit may be
 * stored twice, never lost.
 */
export function createLogWriter({ node = nodeName(), capacity = 10_000 }: Options = {}): LogWriter {
  return new BufferedWriter(node, capacity);
}

class BufferedWriter implements LogWriter {
  readonly #node: string;
  readonly #capacity: number;
  #buffer: LogRecord[] = [];
  #target: LogTarget | null = null;
  #timer: NodeJS.Timeout | undefined;
  #storing: Promise<void> | null = null;
  #closing: Promise<void> | null = null;
  #failures = 0;
  #pausedUntil = 0;
  #dropped = 0;
  /** Dropped, and no entry says so yet. */
  #unsaid = 0;

  constructor(node: string, capacity: number) {
    this.#node = node;
    this.#capacity = capacity;
  }

  write(record: LogRecord): void {
    if (this.#closing) return this.#drop(1);
    this.#buffer.push(record);
    this.#trim();
    if (this.#buffer.length >= batchSize && performance.now() >= this.#pausedUntil) void this.#store();
  }

  start(target: LogTarget): void {
    this.#target = target;
    this.#timer ??= setInterval(() => {
      if (performance.now() >= this.#pausedUntil) void this.#store();
    }, intervalMs).unref();
  }

  droppedCount = () => this.#dropped;

  close(): Promise<void> {
    return (this.#closing ??= this.#close());
  }

  async #close(): Promise<void> {
    clearInterval(this.#timer);
    const late = Promise.withResolvers<void>();
    const timer = setTimeout(late.resolve, closingMs);
    await Promise.race([this.#storeRest(), late.promise]);
    clearTimeout(timer);
    const left = this.#buffer.length;
    if (left > 0) this.#target?.onError(new Error(`${left} entries of the log could not be stored.`));
    this.#drop(left);
    this.#buffer = [];
  }

  async #storeRest(): Promise<void> {
    await this.#storing;
    await this.#store();
  }

  #trim(): void {
    const excess = this.#buffer.length - this.#capacity;
    if (excess <= 0) return;
    this.#buffer.splice(0, excess);
    this.#drop(excess);
  }

  #drop(count: number): void {
    this.#dropped += count;
    this.#unsaid += count;
  }

  #store(): Promise<void> {
    // Never two at once, so that a slow database does not collect connections.
    return (this.#storing ??= this.#storeAll().finally(() => (this.#storing = null)));
  }

  async #storeAll(): Promise<void> {
    const target = this.#target;
    while (target && this.#buffer.length > 0) {
      const batch = this.#buffer.splice(0, batchSize);
      if (!(await this.#storeBatch(target, batch))) return;
    }
  }

  /** False when the database is away. */
  async #storeBatch(target: LogTarget, batch: readonly LogRecord[]): Promise<boolean> {
    try {
      const entries = await insertEntries(target.db, this.#node, batch);
      this.#failures = 0;
      this.#sayDropped();
      target.onStored?.(entries);
      return true;
    } catch (error) {
      if (this.#failures++ === 0) target.onError(error);
      if (isRefused(error)) this.#drop(batch.length);
      else this.#putBack(batch);
      return false;
    }
  }

  #putBack(batch: readonly LogRecord[]): void {
    this.#buffer.unshift(...batch);
    this.#trim();
    this.#pausedUntil = performance.now() + Math.min(intervalMs * 2 ** this.#failures, longestPauseMs);
  }

  #sayDropped(): void {
    if (this.#unsaid === 0) return;
    const message = `${this.#unsaid} entries of the log were dropped before this one: they could not be stored in time`;
    this.#unsaid = 0;
    const ids = { requestId: null, jobId: null, storeId: null };
    this.#buffer.push({ at: new Date(), level: levelNumbers.WARN, message, ...ids, fields: null });
  }
}

/** The database understood, and will not have it another time either: SQLSTATE class 22, data exception. */
function isRefused(error: unknown): boolean {
  const { meta } = error instanceof Prisma.PrismaClientKnownRequestError ? error : {};
  const { driverAdapterError } = (meta ?? {}) as {
    driverAdapterError?: { cause?: { originalCode?: string } };
  };
  return driverAdapterError?.cause?.originalCode?.startsWith('22') ?? false;
}

/** Stores the records in one statement; the entries that they became. */
export async function insertEntries(
  db: Db,
  node: string,
  records: readonly LogRecord[],
): Promise<LogEntry[]> {
  const rows = await db.$queryRaw<{ id: bigint }[]>`
    INSERT INTO log_entries (at, level, message, node, request_id, job_id, store_id, fields)
    SELECT at, level, message, ${node}::text, "requestId", "jobId", "storeId", fields
    FROM jsonb_to_recordset(${storableJson(records)}::jsonb) AS record(
      at timestamptz, level smallint, message text, "requestId" text, "jobId" uuid, "storeId" uuid, fields jsonb)
    RETURNING id`;
  return rows.flatMap(({ id }, at) => {
    const record = records[at];
    return record ? [{ id, node, ...record, fields: record.fields as LogEntry['fields'] }] : [];
  });
}

/** PostgreSQL has no room for NUL, nor for one half of a surrogate pair, which JSON.stringify writes as `\ud8…`. */
const storableJson = (value: unknown) =>
  JSON.stringify(value).replaceAll(/(?<!\\)((?:\\\\)*)\\u(?:0000|d[89a-f][\da-f]{2})/g, '$1\ufffd');
