// @module-tag demo
// @module-tag db
import { expect, test } from 'vitest';
import { buildUser } from '../../test/builders.ts';
import { withDatabase } from '../../test/database.ts';
import { hashPassword } from '../modules/user/password.ts';
import { moveDemoFeeds, openDemoAccounts, otherDemoOrigins, seedDemo } from './seed.ts';

const origin = 'http://127.0.0.1:4000';

test('the demo is put into an empty database once, however many try at the same time', () =>
  withDatabase(async ({ db }) => {
    const seeded = await Promise.all([seedDemo(db, origin), seedDemo(db, origin), seedDemo(db, origin)]);
    expect(seeded.filter(Boolean)).toHaveLength(1);
    expect(await seedDemo(db, origin)).toBe(false);
    const users = await db.user.findMany({
      orderBy: { email: 'asc' },
      include: { merchants: true, memberships: true },
    });
    expect(users.map(({ email, platformAdmin }) => [email, platformAdmin])).toEqual([
      ['admin@example.test', true],
      ['other@example.test', false],
      ['owner@example.test', false],
      ['staff@example.test', false],
    ]);
    const stores = await db.store.findMany({
      orderBy: { code: 'asc' },
      include: {
        merchant: { include: { owner: true } },
        members: { include: { user: true } },
        domains: true,
      },
    });
    expect(stores.map((store) => [store.code, store.merchant.owner.email, store.letzshopCsvUrlFr])).toEqual([
      ['kirchberg-velo', 'other@example.test', `${origin}/demo/feeds/kirchberg-velo-fr.csv`],
      ['weber-deco', 'owner@example.test', `${origin}/demo/feeds/weber-deco-fr.csv`],
      ['weber-livres', 'owner@example.test', `${origin}/demo/feeds/weber-livres-fr.csv`],
    ]);
    expect(
      stores.flatMap(({ code, members }) => members.map(({ user, role }) => [code, user.email, role])),
    ).toEqual([['weber-livres', 'staff@example.test', 'STAFF']]);
    expect(stores.every(({ domains }) => domains.length === 1 && domains[0]?.primary)).toBe(true);
  }));

test('a database with an account in it is left as it is', () =>
  withDatabase(async ({ db }) => {
    await buildUser(db);
    expect(await seedDemo(db, origin)).toBe(false);
    expect(await db.store.count()).toBe(0);
  }));

test('demo stores are led to their feeds at another port, but what a user has set stays', () =>
  withDatabase(async ({ db }) => {
    await seedDemo(db, origin);
    const set = {
      letzshopCsvUrlFr: 'https://shop.example/demo/feeds/weber-deco-fr.csv',
      letzshopCsvUrlEn: null,
    };
    await db.store.update({ where: { code: 'weber-deco' }, data: set });
    expect(await otherDemoOrigins(db, origin)).toEqual([]);
    expect(await otherDemoOrigins(db, 'http://127.0.0.1:5000')).toEqual([origin]);
    await moveDemoFeeds(db, 'http://127.0.0.1:5000');
    expect(await db.store.findUnique({ where: { code: 'weber-deco' } })).toMatchObject({
      ...set,
      letzshopCsvUrlDe: 'http://127.0.0.1:5000/demo/feeds/weber-deco-de.csv',
    });
  }));

test('an account counts as open while its demo password works and it is active', () =>
  withDatabase(async ({ db }) => {
    expect(await openDemoAccounts(db)).toEqual([]);
    await seedDemo(db, origin);
    await db.user.update({
      where: { email: 'admin@example.test' },
      data: { passwordHash: await hashPassword('changed since') },
    });
    await db.user.update({ where: { email: 'owner@example.test' }, data: { active: false } });
    await db.user.delete({ where: { email: 'staff@example.test' } });
    expect(await openDemoAccounts(db)).toEqual(['other@example.test']);
  }));
