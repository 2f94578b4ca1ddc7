// @module-tag import-job
// @module-tag db
import { setTimeout as wait } from 'node:timers/promises';
import { v7 as uuidv7 } from 'uuid';
import { expect, test } from 'vitest';
import { buildImportJob, buildStore } from '../../../test/builders.ts';
import { withDatabase } from '../../../test/database.ts';
import { eventually } from '../../../test/eventually.ts';
import { withImportNode } from '../../../test/import-node.ts';
import { startLoopbackServer } from '../../../test/loopback-server.ts';
import { createDb } from '../../platform/database.ts';
import { openTurnQueue } from '../../platform/queue.ts';
import { finishImport } from './import-job.finish.ts';
import type { WatchedJob } from './import-job.record.ts';
import { createImportJob } from './import-job.service.ts';
import { hasEnded } from './import-job.state.ts';

const untouched = { phases: null, previousId: null, revision: 0 };

test('an end that its worker could not tell is told by whoever has the store’s turn next', () =>
  withDatabase(async (database) => {
    const { db } = database;
    const job = await buildImportJob(db, { status: 'PROCESSING', attempt: 1, startedAt: new Date() });
    await finishImport(db, job, { kind: 'cancelled' }, untouched);
    const announced: WatchedJob[] = [];
    await withImportNode(
      database,
      async (node) => {
        await node.queue.enqueue(db, job.storeId);
        await eventually('the end', () => announced.some(({ id }) => id === job.id));
      },
      (one) => void announced.push(one),
    );
    expect(announced).toMatchObject([{ id: job.id, status: 'CANCELLED', store: { id: job.storeId } }]);
  }));

test('an end that its worker could not tell is told although the store has another job', () =>
  withDatabase(async (database) => {
    const { db } = database;
    const job = await buildImportJob(db, { status: 'PROCESSING', attempt: 1, startedAt: new Date() });
    await finishImport(db, job, { kind: 'cancelled' }, untouched);
    const waiting = { storeId: job.storeId, status: 'PENDING', cancelRequestedAt: new Date() } as const;
    const next = await buildImportJob(db, waiting);
    const queue = await openTurnQueue(database.url, () => undefined);
    await queue.enqueue(db, job.storeId);
    await queue.stop();
    // The turn of a worker that is gone.
    await db.$executeRaw`
      UPDATE pgboss.job SET state = 'retry', started_on = now() WHERE name = 'import-turns'`;
    const ended: string[] = [];
    await withImportNode(
      database,
      (node) => node.ended(next.id),
      ({ id, status }) => void (hasEnded(status) && ended.push(id)),
    );
    expect(ended).toEqual([job.id, next.id]);
  }));

test('an import that was to be cancelled is cancelled, also when its worker was lost for the last time', () =>
  withDatabase(async (database) => {
    const asked = {
      status: 'PROCESSING',
      attempt: 3,
      interruptions: 2,
      cancelRequestedAt: new Date(),
    } as const;
    const { id, storeId } = await buildImportJob(database.db, asked);
    await withImportNode(database, async ({ queue, ended }) => {
      await queue.enqueue(database.db, storeId);
      expect(await ended(id)).toMatchObject({ status: 'CANCELLED', failureCode: null });
    });
  }));

test('an end waits for a connection for longer than those who ask are given', () =>
  withDatabase(async ({ db, url }) => {
    const job = await buildImportJob(db, { status: 'PROCESSING', attempt: 1, startedAt: new Date() });
    const { db: narrow, close } = createDb(url, { maxConnections: 1 });
    // Prisma waits for two seconds when it is told nothing.
    const [, ended] = await Promise.all([
      narrow.$queryRaw`SELECT pg_sleep(2.5)::text`,
      finishImport(narrow, job, { kind: 'cancelled' }, untouched),
    ]);
    await close();
    expect(ended?.job.status).toBe('CANCELLED');
  }));

/** Every note of the progress takes longer than the time between two; the sequence counts those that were begun. */
const slowNotes = [
  'CREATE SEQUENCE notes',
  `CREATE FUNCTION slow_note() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN PERFORM nextval('notes'), pg_sleep(0.8); RETURN NEW; END $$`,
  `CREATE TRIGGER slow_note BEFORE UPDATE ON marketplace_import_jobs FOR EACH ROW
    WHEN (NEW.status = 'PROCESSING' AND NEW.phase IS NOT NULL) EXECUTE FUNCTION slow_note()`,
];

test('where notes of the progress take long, those that come meanwhile are one', () =>
  withDatabase(async (database) => {
    const { db } = database;
    for (const statement of slowNotes) await db.$executeRawUnsafe(statement);
    const notes = async () => {
      const [row] = await db.$queryRaw<{ count: bigint }[]>`
        SELECT CASE WHEN is_called THEN last_value ELSE 0 END AS count FROM notes`;
      return Number(row?.count);
    };
    const send = async (socket: NodeJS.WritableStream) => {
      socket.write('HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nid,title,price\n');
      for (let row = 0; (await notes()) < 5; row++) {
        socket.write(`P${row},Title ${row},5.00\n`);
        await wait(50);
      }
      socket.end();
    };
    const web = await startLoopbackServer((socket) => void send(socket));
    const store = await buildStore(db);
    await withImportNode(database, async ({ queue, ended }) => {
      const input = { storeCode: store.code, language: 'EN', createdById: null } as const;
      const { id } = await createImportJob(db, queue, uuidv7(), {
        ...input,
        sourceUrl: `${web.origin}/feed.csv`,
      });
      expect(await ended(id)).toMatchObject({ status: 'COMPLETED' });
    });
    // Of the feed that is whole by then there are a few; each of the others would have waited for all before it.
    expect(await notes()).toBeLessThanOrEqual(9);
  }));
