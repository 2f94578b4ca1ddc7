// @module-tag platform
// @module-tag db
import pg from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { buildImportJob } from '../../test/builders.ts';
import { withDatabase } from '../../test/database.ts';
import { until } from '../../test/until.ts';
import { createDb } from './database.ts';
import { createJobPublisher, listenToJobs, noticeOf, readNotice, type JobNotice } from './job-notices.ts';
import { announceWorker, countWorkers } from './worker-presence.ts';

const fail = (error: unknown) => {
  throw error;
};

async function listen(url: string) {
  const heard: JobNotice[] = [];
  let connections = 0;
  const session = await listenToJobs(url, {
    onNotice: (notice) => heard.push(notice),
    onConnect: () => connections++,
    onError: () => undefined,
  });
  onTestFinished(() => session.close());
  return { heard, session, connections: () => connections };
}

/** Ends sessions of that name, as a restart of the server does. */
async function endSessions(url: string, name: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = $1', [
    name,
  ]);
  await client.end();
}

/** From now on, for all; those that are there stay. */
async function allowConnections(url: string, allowed: boolean): Promise<void> {
  const client = new pg.Client({ connectionString: new URL('/postgres', url).href });
  await client.connect();
  const name = new URL(url).pathname.slice(1);
  await client.query(`ALTER DATABASE ${name} ALLOW_CONNECTIONS ${String(allowed)}`);
  await client.end();
}

test('whoever listens hears the newest state of every job that changes', () =>
  withDatabase(async ({ db, url }) => {
    const job = await buildImportJob(db);
    const other = await buildImportJob(db);
    const { heard, session } = await listen(url);
    const publisher = createJobPublisher(db, fail);
    for (let revision = 1; revision <= 50; revision++)
      publisher.publish({ ...job, revision, bytesRead: BigInt(revision) });
    publisher.publish(other);
    await publisher.settled();
    await until(() => heard.some(({ id }) => id === other.id));
    const revisions = heard.filter(({ id }) => id === job.id).map(({ revision }) => revision);
    expect(revisions.at(-1)).toBe(50);
    expect(revisions).toEqual(revisions.toSorted((a, b) => a - b));
    expect(heard.find(({ id }) => id === other.id)).toEqual(noticeOf(other));
    await session.close();
  }));

test('the longest message fits, and a notice of somebody else is not ours', () =>
  withDatabase(async ({ db, url }) => {
    const job = await buildImportJob(db, {
      status: 'FAILED',
      failureCode: 'NO_ID_COLUMN',
      failureMessage: '\u0001'.repeat(5_000),
    });
    const { heard, session } = await listen(url);
    const publisher = createJobPublisher(db, fail);
    await db.$queryRaw`SELECT pg_notify('import_jobs', 'no notice')::text`;
    publisher.publish(job);
    await until(() => heard.length > 0);
    expect(heard[0]).toMatchObject({ id: job.id, status: 'FAILED', failureCode: 'NO_ID_COLUMN' });
    expect([readNotice('{"id":1}'), readNotice('x'), readNotice()]).toEqual([null, null, null]);
    await session.close();
  }));

test('after a lost connection it listens again, and says that something may be missed', () =>
  withDatabase(async ({ db, url }) => {
    const job = await buildImportJob(db);
    const { heard, connections, session } = await listen(url);
    await endSessions(url, 'job notices');
    await until(() => connections() === 2);
    createJobPublisher(db, fail).publish(job);
    await until(() => heard.length === 1);
    await session.close();
  }));

test('a notice that cannot be sent at the moment is sent a moment later, unless a newer one is', () =>
  withDatabase(async ({ db, url }) => {
    const [job, other] = [await buildImportJob(db), await buildImportJob(db)];
    const { heard, session } = await listen(url);
    const late = createDb(url);
    await allowConnections(url, false);
    const errors: unknown[] = [];
    const publisher = createJobPublisher(late.db, (error) => errors.push(error));
    for (const one of [job, other]) publisher.publish({ ...one, revision: 1 });
    await until(() => errors.length > 0);
    publisher.publish({ ...job, revision: 2 });
    await allowConnections(url, true);
    await until(() => heard.length === 2);
    await publisher.settled();
    expect(heard.map(({ id, revision }) => [id, revision])).toEqual(
      expect.arrayContaining([
        [job.id, 2],
        [other.id, 1],
      ]),
    );
    await session.close();
    await late.close();
  }));

test('workers are counted while they are there, also after their session was lost', () =>
  withDatabase(async ({ db, url }) => {
    expect(await countWorkers(db)).toBe(0);
    const [first, second] = await Promise.all([
      announceWorker(url, () => undefined),
      announceWorker(url, () => undefined),
    ]);
    expect(await countWorkers(db)).toBe(2);
    await second.close();
    await second.close();
    expect(await countWorkers(db)).toBe(1);
    await endSessions(url, 'worker');
    await until(async () => (await countWorkers(db)) === 1);
    await first.close();
    expect(await countWorkers(db)).toBe(0);
  }));
