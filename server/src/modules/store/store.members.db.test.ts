// @module-tag store
// @module-tag db
import { expect, test } from 'vitest';
import { buildMerchant, buildStore, buildUser } from '../../../test/builders.ts';
import { withDatabase, withRollback } from '../../../test/database.ts';
import { addStoreMember, maxStoreMembers, removeStoreMember, updateStoreMember } from './store.members.ts';

const hearing = () => {
  const heard: string[] = [];
  return { heard, news: { announce: (ids: readonly string[]) => void heard.push(...ids) } };
};

test('every change of a membership is heard by the one it is about', () =>
  withRollback(async (db) => {
    const { heard, news } = hearing();
    const { id: storeId } = await buildStore(db);
    const user = await buildUser(db, { email: 'new@shop.example' });
    const member = await addStoreMember(db, news, { storeId, email: ' New@Shop.example ', role: 'STAFF' });
    expect(member).toMatchObject({ storeId, userId: user.id, role: 'STAFF' });
    expect(await updateStoreMember(db, news, { id: member.id, role: 'MANAGER' })).toMatchObject({
      role: 'MANAGER',
    });
    await removeStoreMember(db, news, member);
    expect(await db.storeMember.count({ where: { storeId } })).toBe(0);
    expect(heard).toEqual([user.id, user.id, user.id]);
  }));

test('somebody becomes a member once, however many ask at once', () =>
  withDatabase(async ({ db }) => {
    const { heard, news } = hearing();
    const { id: storeId } = await buildStore(db);
    const { email } = await buildUser(db);
    const results = await Promise.allSettled(
      [1, 2, 3].map(() => addStoreMember(db, news, { storeId, email, role: 'STAFF' })),
    );
    const reasons = results.flatMap((result) =>
      result.status === 'rejected' ? [result.reason as unknown] : [],
    );
    const already = expect.objectContaining({ code: 'ALREADY_MEMBER', path: ['email'] }) as unknown;
    expect(reasons).toEqual([already, already]);
    expect(heard).toHaveLength(1);
  }));

test('the owner of the merchant needs no membership', () =>
  withRollback(async (db) => {
    const owner = await buildUser(db);
    const merchant = await buildMerchant(db, { ownerId: owner.id });
    const { id: storeId } = await buildStore(db, { merchantId: merchant.id });
    const adding = addStoreMember(db, hearing().news, { storeId, email: owner.email, role: 'MANAGER' });
    await expect(adding).rejects.toMatchObject({ code: 'ALREADY_MEMBER' });
  }));

test('nobody becomes a member without an account', () =>
  withRollback(async (db) => {
    const { id: storeId } = await buildStore(db);
    const adding = addStoreMember(db, hearing().news, { storeId, email: 'no@shop.example', role: 'STAFF' });
    await expect(adding).rejects.toMatchObject({ code: 'ACCOUNT_NOT_FOUND', path: ['email'] });
  }));

test('a member who is gone is not found, and nobody hears of it', () =>
  withRollback(async (db) => {
    const { heard, news } = hearing();
    const { id: storeId } = await buildStore(db);
    const { email } = await buildUser(db);
    const member = await addStoreMember(db, hearing().news, { storeId, email, role: 'STAFF' });
    await removeStoreMember(db, hearing().news, member);
    const gone = { code: 'STORE_MEMBER_NOT_FOUND' };
    await expect(removeStoreMember(db, news, member)).rejects.toMatchObject(gone);
    await expect(updateStoreMember(db, news, { id: member.id, role: 'STAFF' })).rejects.toMatchObject(gone);
    expect(heard).toEqual([]);
  }));

test('a store has a limited number of members', () =>
  withRollback(async (db) => {
    const { id: storeId } = await buildStore(db);
    const names = Array.from({ length: maxStoreMembers }, (_, n) => `member-${n}`);
    const users = await db.user.createManyAndReturn({
      data: names.map((name) => ({ name, email: `${name}@shop.example`, passwordHash: '!' })),
    });
    await db.storeMember.createMany({
      data: users.map(({ id }) => ({ storeId, userId: id, role: 'STAFF' })),
    });
    const { email } = await buildUser(db);
    const adding = addStoreMember(db, hearing().news, { storeId, email, role: 'STAFF' });
    await expect(adding).rejects.toMatchObject({ code: 'STORE_MEMBERS_LIMIT' });
  }));
