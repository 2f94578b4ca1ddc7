import { LRUCache } from 'lru-cache';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { ImportJobStatus } from '../generated/prisma/enums.ts';
import type { Db } from './database.ts';
import { createJobSampler, type JobSample } from './job-sample.ts';

/** How an operation of the API ended: as asked, with an error for the caller, or with a fault of ours. */
export type OperationOutcome = 'ok' | 'refused' | 'fault';

export interface Metrics {
  /** All figures, as Prometheus reads them. Comes within two seconds, without those of jobs when the database is away. */
  answer(): Promise<{ readonly contentType: string; readonly body: string }>;
  /** `name` as the client gave it; null for an operation without one. */
  observeOperation(name: string | null, seconds: number, outcome: OperationOutcome): void;
  /** Counts a subscription; what is returned is called when it ends, and counts once. */
  subscriptionOpened(name: string | null): () => void;
  /** Hears of every change of a job that this node runs, and counts the rows that it brought. */
  importChanged(job: ChangedImport): void;
}

interface ChangedImport {
  readonly id: string;
  readonly totalProcessed: number;
  /** Null until it has ended. */
  readonly completedAt: Date | null;
}

interface Options {
  /** Null while there is none yet. */
  readonly db: () => Db | null;
  /** Entries of the log that this node has given up so far. */
  readonly droppedLogEntries?: () => number;
}

const prefix = 'marketplace_';
const buckets = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** The figures of this process, and those of the jobs, which every node tells alike. */
export function createMetrics({ db, droppedLogEntries = () => 0 }: Options): Metrics {
  const registers = [new Registry()];
  const [registry] = registers as [Registry];
  collectDefaultMetrics({ register: registry, prefix });
  const operationLabel = createLabels();
  const operations = new Histogram({
    name: `${prefix}graphql_operation_seconds`,
    help: 'How long operations took, by name and outcome.',
    labelNames: ['operation', 'outcome'],
    buckets,
    registers,
  });
  const subscriptions = new Gauge({
    name: `${prefix}graphql_subscriptions_open`,
    help: 'Subscriptions that are open on this node, by name of the operation.',
    labelNames: ['operation'],
    registers,
  });
  const rows = new Counter({
    name: `${prefix}import_rows_total`,
    help: 'Rows that imports of this node have brought to their outcome.',
    registers,
  });
  new Counter({
    name: `${prefix}log_entries_dropped_total`,
    help: 'Entries of the log that this node could not store.',
    registers,
    collect() {
      this.reset();
      this.inc(droppedLogEntries());
    },
  });
  const setJobs = createJobGauges(registers);
  const sampleJobs = createJobSampler(db);
  return {
    async answer() {
      setJobs(await sampleJobs());
      return { contentType: registry.contentType, body: await registry.metrics() };
    },
    observeOperation: (name, seconds, outcome) =>
      operations.observe({ operation: operationLabel(name), outcome }, seconds),
    subscriptionOpened(name) {
      const labels = { operation: operationLabel(name) };
      subscriptions.inc(labels);
      let open = true;
      return () => {
        if (open) subscriptions.dec(labels);
        open = false;
      };
    },
    importChanged: countRows((count) => rows.inc(count)),
  };
}

/** Jobs that are remembered: of those that another node has taken over nothing is heard any more. */
const rememberedJobs = 1_000;

/** Passes on how many rows each change of a job brought. What it brought before it was first heard of is not ours. */
function countRows(add: (count: number) => void): (job: ChangedImport) => void {
  const totals = new LRUCache<string, number>({ max: rememberedJobs });
  return ({ id, totalProcessed, completedAt }) => {
    // An import that starts over counts from 0.
    add(Math.max(totalProcessed - (totals.peek(id) ?? totalProcessed), 0));
    if (completedAt) totals.delete(id);
    else totals.set(id, totalProcessed);
  };
}

/** Gauges of all nodes' jobs; without a sample there are none, rather than old ones. */
function createJobGauges(registers: Registry[]): (sample: JobSample | null) => void {
  const gauge = <Label extends string>(name: string, help: string, labelNames: readonly Label[] = []) =>
    new Gauge({ name: prefix + name, help, labelNames, registers });
  const up = gauge('database_up', 'Whether the database answered in time: 1 or 0.');
  const jobs = gauge('import_jobs', 'Import jobs of all nodes, by state.', ['status']);
  const depth = gauge('import_queue_depth', 'Import jobs that wait.');
  const oldest = gauge(
    'import_queue_oldest_seconds',
    'How long the oldest waiting import job waits; 0 for none.',
  );
  const running = gauge('imports_running', 'Imports under way on all nodes.');
  const speed = gauge(
    'import_rows_per_second',
    'Rows a second of the imports under way, since the last sample.',
  );
  return (sample) => {
    up.set(sample ? 1 : 0);
    for (const one of [depth, oldest, running, speed]) one.remove();
    jobs.reset();
    if (!sample) return;
    const { counts } = sample;
    for (const status of Object.values(ImportJobStatus)) jobs.set({ status }, counts[status] ?? 0);
    depth.set(counts.PENDING ?? 0);
    running.set(counts.PROCESSING ?? 0);
    oldest.set(sample.oldestWaitingSeconds);
    speed.set(sample.rowsPerSecond);
  };
}

const mostNames = 200;
const readableName = /^[_a-zA-Z]\w{0,63}$/;

/** Names as labels, of which there must not be as many as a client can think of. */
function createLabels(): (name: string | null) => string {
  const known = new Set<string>();
  return (name) => {
    if (name === null || name === '') return 'anonymous';
    if (known.has(name)) return name;
    if (known.size >= mostNames || !readableName.test(name)) return 'other';
    known.add(name);
    return name;
  };
}
