// @module-tag import-job
// @module-tag db
import { truncate, writeFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { v7 as uuidv7 } from 'uuid';
import { expect, test } from 'vitest';
import { buildImportJob, buildStore } from '../../../test/builders.ts';
import { withDatabase } from '../../../test/database.ts';
import { until } from '../../../test/until.ts';
import { serveFeeds } from '../../../test/feed-server.ts';
import { withImportNode, type ImportNode } from '../../../test/import-node.ts';
import { startLoopbackServer } from '../../../test/loopback-server.ts';
import { noteSpooled, spoolEntry } from '../../pipeline/spool.ts';
import { createDb } from '../../platform/database.ts';
import { openTurnQueue } from '../../platform/queue.ts';
import { finishImport } from './import-job.finish.ts';
import type { WatchedJob } from './import-job.record.ts';
import { cancelImport, createImportJob } from './import-job.service.ts';
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
        await until(() => announced.some(({ id }) => id === job.id), 'the end');
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

test('what an import says last is on record, however busy the node is when it ends', () =>
  withDatabase(async (database) => {
    const { db } = database;
    const origin = await serveFeeds({ '/feed.csv': Buffer.from('id,title,price\n1,Lamp,5.00\n') });
    const store = await buildStore(db);
    let isBusy = false;
    const beBusy = ({ phase }: WatchedJob) => {
      if (!isBusy || phase === null) return;
      isBusy = false;
      // The thread, which goes on meanwhile, has ended by then.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1_000);
    };
    const importFeed = async ({ queue, ended }: ImportNode) => {
      const sourceUrl = `${origin}/feed.csv?${uuidv7()}`;
      const input = { storeCode: store.code, language: 'EN', createdById: null, sourceUrl } as const;
      return ended((await createImportJob(db, queue, uuidv7(), input)).id);
    };
    await withImportNode(
      database,
      async (node) => {
        // The thread's own way is the older one of the two from now on, and is looked at first.
        await importFeed(node);
        isBusy = true;
        const { phases } = await importFeed(node);
        expect(phases).toMatchObject(['download', 'read', 'rows', 'report'].map((phase) => ({ phase })));
      },
      beBusy,
    );
  }));

test('an import is cancelled while the feed that lies here is looked through, before it has anything to tell', () =>
  withDatabase(async (database) => {
    const { db } = database;
    const store = await buildStore(db);
    await withImportNode(database, async ({ queue, spoolFolder, seen, ended }) => {
      const id = uuidv7();
      const entry = spoolEntry(spoolFolder, id);
      const bytes = 64 * 2 ** 30;
      await writeFile(entry.feedPath, '');
      // Takes no room, and minutes to read.
      await truncate(entry.feedPath, bytes);
      await noteSpooled(entry, { path: entry.feedPath, bytes, sha256: '', etag: null, charset: null });
      const input = { storeCode: store.code, language: 'EN', createdById: null } as const;
      await createImportJob(db, queue, id, { ...input, sourceUrl: 'file:///feed.csv' });
      await seen(id, ({ status }) => status === 'PROCESSING');
      await cancelImport(db, id);
      expect(await ended(id)).toMatchObject({ status: 'CANCELLED', phase: null });
    });
  }));

test('the end is told with the store as it is by then', () =>
  withDatabase(async ({ db }) => {
    const job = await buildImportJob(db, { status: 'PROCESSING', attempt: 1, startedAt: new Date() });
    await db.store.update({ where: { id: job.storeId }, data: { name: 'Renamed' } });
    const ended = await finishImport(db, job, { kind: 'cancelled' }, untouched);
    expect(ended?.job).toMatchObject({ store: { name: 'Renamed' }, createdBy: null });
  }));
