import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { WebSocketServer } from 'ws';
import { openApiServer } from '../test/api-server.ts';
import { signedIn, testKeys } from '../test/execute.ts';
import { createJobAnnouncer } from '../src/modules/import-job/import-job.announcer.ts';
import { claimImportJob, type ClaimedJob } from '../src/modules/import-job/import-job.claim.ts';
import { finishImport } from '../src/modules/import-job/import-job.finish.ts';
import { LiveJob } from '../src/modules/import-job/import-job.live.ts';
import { PhaseTimes } from '../src/modules/import-job/import-job.progress.ts';
import { ImportWatch } from '../src/modules/import-job/import-job.watch.ts';
import { signAccessToken } from '../src/modules/user/access-token.ts';
import { emptyReport } from '../src/pipeline/report.ts';
import { openBus } from '../src/platform/bus.ts';
import { createDb } from '../src/platform/database.ts';
import { createJobPublisher } from '../src/platform/job-notices.ts';
import type { Kind } from './push.ts';

/**
 * A node that serves subscriptions of imports, and sockets without any GraphQL beside them. Told by its parent: where
 * the import runs, the database, and the Redis server if any. It says its addresses, then does what it is told and
 * answers.
 */
export interface NodeAddresses {
  readonly graphql: string;
  readonly bare: string;
}

export type ToNode =
  /** Access tokens of so many accounts that may see the store. */
  | { readonly kind: 'tokens'; readonly count: number; readonly storeId: string }
  /**
   * Claims the job and commits batches of it, in turn one that is told of and one that a bare broadcast follows, and
   * ends it; answers when each was committed.
   */
  | {
      readonly kind: 'batches';
      readonly jobId: string;
      /** How many of either. */
      readonly count: number;
      readonly everyMs: number;
      /** The text to send to every bare socket: `{rows}` is replaced. */
      readonly bareText: string;
    }
  | { readonly kind: 'end' };

/** When a batch was committed, in nanoseconds of the machine's own clock, by the rows that were done with it. */
export type Commits = readonly (readonly [rows: number, at: string])[];

export interface BothCommits {
  readonly told: Commits;
  readonly bare: Commits;
}

export const batchRows = 1000;

const [kind, databaseUrl = '', redisServer = ''] = process.argv.slice(2) as [Kind, string, string];
const redisUrl = kind === 'in process' ? null : redisServer;
const complain = (error: unknown) => console.error(error);

const { db, close } = createDb(databaseUrl);
const bus = openBus({ redisUrl, onError: complain });
// Another node's bus is another connection, whichever process it is in.
const runnerBus = kind === 'another node, over Redis' ? openBus({ redisUrl, onError: complain }) : bus;
const watch = new ImportWatch({ db, bus, onError: complain });
const jobs = createJobAnnouncer(runnerBus, createJobPublisher(db, complain));
const api = await openApiServer({
  db,
  services: { importWatch: watch, jobs },
  settings: { limits: { socketsPerAddress: 10_000 } },
});
const sockets = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false });
await once(sockets, 'listening');

async function makeTokens(count: number, storeId: string): Promise<string[]> {
  const tokens: string[] = [];
  for (let at = 0; at < count; at++) {
    const user = await db.user.create({
      data: {
        ...{ email: `${crypto.randomUUID()}@example.test`, passwordHash: '!', name: 'Bench' },
        memberships: { create: { storeId, role: 'STAFF' } },
      },
    });
    const viewer = await signedIn(db, user);
    if (!viewer) throw new Error('nobody has signed in');
    const { accessToken } = await signAccessToken(testKeys, { userId: user.id, sessionId: viewer.sessionId });
    tokens.push(accessToken);
  }
  return tokens;
}

/** As the writer does: a batch's record is written in a transaction of its own. */
async function commitBatch({ id, attempt }: ClaimedJob, batchNumber: number, rows: number): Promise<string> {
  await db.marketplaceImportBatch.create({
    data: { jobId: id, batchNumber, attempt, importedCount: rows, codeCounts: {} },
  });
  return String(process.hrtime.bigint());
}

const reportOf = (rows: number) => ({ ...emptyReport, importedCount: rows, totalProcessed: rows });

type Batches = Extract<ToNode, { kind: 'batches' }>;

async function runBatches({ jobId, count, everyMs, bareText }: Batches): Promise<BothCommits> {
  const { storeId } = await db.marketplaceImportJob.findUniqueOrThrow({ where: { id: jobId } });
  const job = await claimImportJob(db, storeId);
  if (job?.id !== jobId) throw new Error('another job waits');
  const live = new LiveJob(job);
  const phases = new PhaseTimes();
  const told: [number, string][] = [];
  const bare: [number, string][] = [];
  for (let number = 1; number <= count; number++) {
    const rows = number * batchRows;
    await wait(everyMs);
    told.push([rows, await commitBatch(job, number, batchRows)]);
    tell(live, phases, { rows, of: count * batchRows });
    await wait(everyMs);
    // Of no rows: at the end the job has as many as it told of.
    bare.push([rows, await commitBatch(job, count + number, 0)]);
    const text = bareText.replace('{rows}', String(rows));
    for (const socket of sockets.clients) socket.send(text);
  }
  const comparison = {
    ...{ presentBefore: 0, added: 0 },
    ...{ absent: new BigInt64Array(), returned: new BigInt64Array() },
  };
  const finished = { kind: 'finished', report: reportOf(count * batchRows), comparison, stepMs: {} } as const;
  const result = { phases, previousId: null, revision: live.revision };
  const ended = await finishImport(db, job, finished, result);
  if (ended) jobs.publish(ended.job);
  return { told, bare };
}

function tell(live: LiveJob, phases: PhaseTimes, { rows, of }: { rows: number; of: number }): void {
  const report = reportOf(rows);
  const progress = { phase: 'rows', bytesRead: rows, bytesTotal: of, report, file: null } as const;
  phases.note(progress, new Date());
  const state = live.next(progress, phases);
  if (!state) throw new Error('the job has no revision left');
  jobs.publish(state);
}

async function end(): Promise<void> {
  await api.close();
  sockets.close();
  await watch.close();
  await jobs.settled();
  await runnerBus.close();
  await bus.close();
  await close();
  process.disconnect();
}

async function obey(message: ToNode): Promise<void> {
  if (message.kind === 'tokens') process.send?.(await makeTokens(message.count, message.storeId));
  else if (message.kind === 'batches') process.send?.(await runBatches(message));
  else await end();
}

process.on('message', (message: ToNode) => {
  obey(message).catch((error: unknown) => {
    complain(error);
    process.exit(1);
  });
});
// Also when the bench has ended without a word.
process.on('disconnect', () => process.exit());
process.send?.({
  graphql: `${api.origin.replace('http', 'ws')}/graphql`,
  bare: `ws://127.0.0.1:${(sockets.address() as AddressInfo).port}`,
} satisfies NodeAddresses);
