import { fork } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import type { MarketplaceImportJob } from '../src/generated/prisma/client.ts';
import { createImportJob } from '../src/modules/import-job/import-job.service.ts';
import { hasEnded } from '../src/modules/import-job/import-job.state.ts';
import { openTurnQueue, type TurnQueue } from '../src/platform/queue.ts';
import type { TestDatabase } from './database.ts';
import { until } from './until.ts';
import type { FromProcess, Memory, ToProcess, WorkerSettings } from './worker-process.ts';

/** Something that a worker process announced of a job. */
export interface Announcement {
  readonly id: string;
  readonly attempt: number;
  readonly status: string;
  readonly by: WorkerProcess;
  /** By the clock of `performance.now()`. */
  readonly at: number;
}

export interface WorkerProcess {
  /** Of imports and of the queue, in order; also what it printed, which is nothing when all is well. */
  readonly faults: readonly string[];
  /** Faults of imports only: the queue may complain of a database that is away. */
  readonly importFaults: readonly string[];
  tell(message: ToProcess): void;
  memory(): Promise<Memory>;
  signal(name: NodeJS.Signals): void;
  /** The exit status, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals>;
}

export interface Workers {
  readonly database: TestDatabase;
  readonly queue: TurnQueue;
  readonly announcements: readonly Announcement[];
  /** Another worker process, once it takes turns. */
  start(settings?: Partial<WorkerSettings>): Promise<WorkerProcess>;
  /** A job for the store, and its id. */
  enqueue(storeCode: string, sourceUrl: string, batchSize?: number): Promise<string>;
  /** The announcement that a worker claimed the job for this attempt. */
  claimed(jobId: string, attempt: number): Promise<Announcement>;
  /** The job once it has ended. */
  ended(jobId: string): Promise<MarketplaceImportJob>;
  /** Resolves when so many batches of the job are on record. */
  batchesWritten(jobId: string, count: number): Promise<void>;
  job(jobId: string): Promise<MarketplaceImportJob>;
}

/** What `use` gives, while it may run worker processes on the database; all that are left are ended afterwards. */
export async function withWorkers<T>(
  database: TestDatabase,
  use: (workers: Workers) => Promise<T>,
): Promise<T> {
  const { db, url } = database;
  await using opened = new AsyncDisposableStack();
  const spoolFolder = await mkdtemp(join(tmpdir(), 'marketplace-import-spool-'));
  opened.defer(() => rm(spoolFolder, { recursive: true }));
  const queue = await openTurnQueue(url, () => undefined);
  opened.defer(() => queue.stop());
  const running = new Set<WorkerProcess>();
  opened.defer(async () => {
    for (const worker of running) worker.signal('SIGKILL');
    await Promise.all([...running].map(({ ended }) => ended));
  });
  const announcements: Announcement[] = [];
  const all: WorkerProcess[] = [];
  const job = (id: string) => db.marketplaceImportJob.findUniqueOrThrow({ where: { id } });
  const workers: Workers = {
    ...{ database, queue, announcements, job },
    async start(settings = {}) {
      const usual = { databaseUrl: url, spoolFolder, concurrency: 1, connections: 2, hangMs: 60_000 };
      const worker = await startWorkerProcess({ ...usual, ...settings }, (said) => announcements.push(said));
      running.add(worker);
      all.push(worker);
      void worker.ended.then(() => running.delete(worker));
      return worker;
    },
    async enqueue(storeCode, sourceUrl, batchSize = 1000) {
      const input = { storeCode, sourceUrl, batchSize, language: 'EN', createdById: null } as const;
      return (await createImportJob(db, queue, uuidv7(), input)).id;
    },
    async claimed(jobId, attempt) {
      const find = () => announcements.find((said) => said.id === jobId && said.attempt === attempt);
      await until(() => find() !== undefined, `attempt ${attempt}`);
      return find() as Announcement;
    },
    async ended(jobId) {
      await until(async () => hasEnded((await job(jobId)).status), 'the end of a job');
      return job(jobId);
    },
    batchesWritten: (jobId, count) =>
      until(
        async () => (await db.marketplaceImportBatch.count({ where: { jobId } })) >= count,
        `batch ${count}`,
      ),
  };
  try {
    return await use(workers);
  } catch (error) {
    all.forEach(({ faults }, at) => console.error(`worker ${at + 1}: ${faults.join('\n')}`));
    throw error;
  }
}

async function startWorkerProcess(
  settings: WorkerSettings,
  announce: (announcement: Announcement) => void,
): Promise<WorkerProcess> {
  const child = fork(new URL('./worker-process.ts', import.meta.url), [JSON.stringify(settings)], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const faults: string[] = [];
  const importFaults: string[] = [];
  const ready = Promise.withResolvers<void>();
  const ended = new Promise<number | NodeJS.Signals>((settle) => {
    child.once('close', (status, signal) => settle(status ?? signal ?? 'SIGKILL'));
  });
  let tellMemory: (memory: Memory) => void = () => undefined;
  const worker: WorkerProcess = {
    ...{ faults, importFaults, ended },
    tell: (message) => void (child.connected && child.send(message)),
    signal: (name) => void child.kill(name),
    memory: () =>
      new Promise((settle) => {
        tellMemory = settle;
        worker.tell('memory');
      }),
  };
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => faults.push(text));
  }
  child.on('message', (message: FromProcess) => {
    if (message.kind === 'ready') ready.resolve();
    else if (message.kind === 'job') announce({ ...message, by: worker, at: performance.now() });
    else if (message.kind === 'memory') tellMemory(message.memory);
    else {
      faults.push(message.message);
      if (message.of === 'import') importFaults.push(message.message);
    }
  });
  void ended.then((how) =>
    ready.reject(new Error(`the worker process ended (${how}): ${faults.join('\n')}`)),
  );
  await ready.promise;
  return worker;
}
