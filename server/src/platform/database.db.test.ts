// @module-tag platform
// @module-tag db
import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { buildStore, buildUser } from '../../test/builders.ts';
import { withDatabase, withRollback } from '../../test/database.ts';
import { openForgetfulWay } from '../../test/forgetful-way.ts';
import { createDb } from './database.ts';

test('a time keeps its moment on a server of another zone', () =>
  withDatabase(async ({ db, url }) => {
    const name = new URL(url).pathname.slice(1);
    await db.$executeRawUnsafe(`ALTER DATABASE ${name} SET timezone = 'Asia/Tokyo'`);
    const elsewhere = createDb(url);
    const createdAt = new Date('2026-03-29T01:30:00.125Z');
    const { id } = await buildUser(elsewhere.db, { createdAt });
    const [row] = await elsewhere.db.$queryRaw<[{ seconds: string }]>`
      SELECT extract(epoch FROM created_at)::text AS seconds FROM users WHERE id = ${id}::uuid`;
    await elsewhere.close();
    expect(Number(row.seconds) * 1000).toBe(createdAt.getTime());
  }));

test('a connection that was forgotten on the way is given up, and the next one is used', () =>
  withDatabase(async ({ url }) => {
    const way = await openForgetfulWay(url);
    const { db, close } = createDb(way.url, { maxConnections: 1, silenceMs: 300 });
    try {
      expect(await db.store.count()).toBe(0);
      way.forget();
      await expect(db.store.count()).rejects.toThrow();
      expect(await db.store.count()).toBe(0);
    } finally {
      await close();
      way.close();
    }
  }));

test('a raw statement that asks for it is planned once, and no other one', () =>
  withRollback(async (db) => {
    for (let time = 0; time < 10; time++) {
      await db.$queryRaw`/* prepared as planned_once */ SELECT id FROM stores WHERE id = ${randomUUID()}::uuid`;
      await db.$queryRaw`SELECT /* prepared as planned_always */ id FROM stores WHERE id = ${randomUUID()}::uuid`;
      await db.store.findUnique({ where: { id: randomUUID() } });
    }
    const kept = await db.$queryRaw<{ name: string; generic: boolean }[]>`
      SELECT name, generic_plans > 0 AS generic FROM pg_prepared_statements
      WHERE statement LIKE '%planned%' OR statement LIKE '%"stores"%'`;
    expect(kept).toEqual([{ name: 'planned_once', generic: true }]);
  }));

test('a test that is rolled back leaves nothing, its own transactions neither', async () => {
  const code = await withRollback(async (db) => {
    const store = await db.$transaction((inner) => buildStore(inner));
    expect(await db.store.count()).toBe(1);
    return store.code;
  });
  expect(code).toMatch(/^store-/);
  await withRollback(async (db) => expect(await db.store.count()).toBe(0));
});

test('a failure within a rolled back test is the caller’s to see', async () => {
  const failing = withRollback(async () => Promise.reject(new RangeError('inside')));
  await expect(failing).rejects.toThrow(RangeError);
});

test('an address is one user’s, however it is written', () =>
  withRollback(async (db) => {
    await expect(buildUser(db, { email: 'Someone@example.test' })).rejects.toThrow(/users_email_lower_case/);
  }));

test('a store has one primary domain', () =>
  withRollback(async (db) => {
    const { id: storeId } = await buildStore(db, { hostname: 'one.example.test' });
    await db.storeDomain.updateMany({ data: { primary: true } });
    const second = { storeId, hostname: 'two.example.test', primary: true };
    await expect(db.storeDomain.create({ data: second })).rejects.toThrow(/Unique constraint/);
  }));

test.each(['Weber', 'weber--livres', '-weber', 'weber livres', ''])('%j is no code of a store', (code) =>
  withRollback(async (db) => {
    await expect(buildStore(db, { code })).rejects.toThrow(/stores_code_form/);
  }),
);

test('titles are found by parts of words with accents', () =>
  withRollback(async (db) => {
    const [row] = await db.$queryRaw<[{ trigrams: string[] }]>`SELECT show_trgm('Écharpe') AS trigrams`;
    expect(row.trigrams).toHaveLength(8);
  }));
