// @module-tag log
// @module-tag db
import { expect, onTestFinished, test, vi } from 'vitest';
import type { LogEntry } from '../../generated/prisma/client.ts';
import type { Db } from '../../platform/database.ts';
import type { LogRecord } from '../../platform/log.ts';
import { withDatabase } from '../../../test/database.ts';
import { createLogWriter } from './log.writer.ts';

const record = (values: Partial<LogRecord> = {}): LogRecord => ({
  at: new Date('2030-01-31T12:00:00.123Z'),
  level: 30,
  message: 'said',
  ...{ requestId: null, jobId: null, storeId: null, fields: null },
  ...values,
});

function openWriter(db: Db, capacity?: number) {
  const writer = createLogWriter({ node: 'one:1', ...(capacity === undefined ? {} : { capacity }) });
  onTestFinished(() => writer.close());
  const errors: unknown[] = [];
  const stored: LogEntry[] = [];
  const target = {
    db,
    onError: (error: unknown) => errors.push(error),
    onStored: (entries: readonly LogEntry[]) => stored.push(...entries),
  };
  return { writer, start: () => writer.start(target), errors, stored };
}

const messages = async (db: Db) =>
  (await db.logEntry.findMany({ orderBy: { id: 'asc' } })).map(({ message }) => message);

test('what is written before and after the start is stored in order, and told as it is stored', () =>
  withDatabase(async ({ db }) => {
    const { writer, start, stored } = openWriter(db);
    const id = '0198a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b';
    writer.write(record({ requestId: 'r', jobId: id, storeId: id, fields: { err: { stack: 'x\ny' } } }));
    start();
    for (let number = 0; number < 450; number++) writer.write(record({ message: `number ${number}` }));
    await vi.waitFor(() => expect(stored).toHaveLength(451), { timeout: 5_000 });
    expect(await db.logEntry.findMany({ orderBy: { id: 'asc' } })).toEqual(stored);
    expect(stored.map(({ message }) => message).slice(0, 3)).toEqual(['said', 'number 0', 'number 1']);
    expect(stored[0]).toMatchObject({
      ...record(),
      node: 'one:1',
      requestId: 'r',
      jobId: id,
      storeId: id,
      fields: { err: { stack: 'x\ny' } },
    });
  }));

test('what is written at the very end is stored when the writer is closed', () =>
  withDatabase(async ({ db }) => {
    const { writer, start } = openWriter(db);
    start();
    writer.write(record({ message: 'last' }));
    await writer.close();
    writer.write(record({ message: 'too late' }));
    expect(await messages(db)).toEqual(['last']);
    expect(writer.droppedCount()).toBe(1);
  }));

test('texts that PostgreSQL has no room for are stored without what it cannot hold', () =>
  withDatabase(async ({ db }) => {
    const { writer, start, errors } = openWriter(db);
    start();
    const text = 'a\0b\ud800c😀\\u0000\\\\ud800';
    writer.write(record({ message: text, requestId: text, fields: { [text]: [text] } }));
    await writer.close();
    const [entry] = await db.logEntry.findMany();
    const kept = 'a\ufffdb\ufffdc😀\\u0000\\\\ud800';
    expect(errors).toEqual([]);
    expect(entry).toMatchObject({ message: kept, requestId: kept, fields: { [kept]: [kept] } });
  }));

test('what the database refuses for good does not stand in the way of the rest', () =>
  withDatabase(async ({ db }) => {
    const { writer, start, errors } = openWriter(db);
    start();
    writer.write(record({ level: 1e6 }));
    await vi.waitFor(() => expect(writer.droppedCount()).toBe(1));
    writer.write(record({ message: 'the next' }));
    await writer.close();
    expect(errors).toHaveLength(1);
    expect(await messages(db)).toEqual([
      'the next',
      '1 entries of the log were dropped before this one: they could not be stored in time',
    ]);
  }));

test('an outage is sat out: the newest are kept up to the capacity, and the rest is counted', () =>
  withDatabase(async ({ db }) => {
    const { writer, start, errors } = openWriter(db, 300);
    await db.$executeRaw`ALTER TABLE log_entries RENAME TO away`;
    start();
    for (let number = 0; number < 500; number++) writer.write(record({ message: `number ${number}` }));
    await vi.waitFor(() => expect(errors).toHaveLength(1));
    await db.$executeRaw`ALTER TABLE away RENAME TO log_entries`;
    await vi.waitFor(async () => expect(await db.logEntry.count()).toBe(301), { timeout: 10_000 });
    expect(writer.droppedCount()).toBe(200);
    const all = await messages(db);
    expect(all.filter((message) => message.startsWith('number'))[0]).toBe('number 200');
    expect(all).toContainEqual(expect.stringContaining('200 entries of the log were dropped'));
    expect(errors).toHaveLength(1);
  }));
