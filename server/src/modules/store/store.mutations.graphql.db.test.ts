// @module-tag store
// @module-tag db
import { expect, test } from 'vitest';
import { buildMerchant, buildStore, buildUser } from '../../../test/builders.ts';
import { withRollback } from '../../../test/database.ts';
import { execute, signedIn, signedInAdmin } from '../../../test/execute.ts';
import { globalIdOf } from '../../../test/global-id.ts';
import { mutate } from '../../../test/mutating.ts';
import { FeedRefusal } from '../../product-data/feed-refusal.ts';
import type { Db } from '../../platform/database.ts';
import { createLog } from '../../platform/log.ts';
import { addStoreDomain } from './store.domains.ts';

async function ownerOf(db: Db, merchantId: string) {
  const { owner } = await db.merchant.findUniqueOrThrow({
    where: { id: merchantId },
    include: { owner: true },
  });
  return signedIn(db, owner);
}

const createSource = `mutation ($input: CreateStoreInput!) { createStore(input: $input) {
  ... on UserError { code path }
  ... on CreateStorePayload { store { code viewerRole merchant { name } domains { id } members { id } } } } }`;

test('a store that somebody has made is theirs at once, in the rest of the operation too', () =>
  withRollback(async (db) => {
    const merchant = await buildMerchant(db, { name: 'Maison' });
    const viewer = await ownerOf(db, merchant.id);
    const input = { merchantId: globalIdOf('Merchant', merchant.id), code: 'new', name: 'New' };
    expect(await execute({ db }, viewer, createSource, { input })).toEqual({
      data: {
        createStore: {
          store: { code: 'new', viewerRole: 'OWNER', merchant: { name: 'Maison' }, domains: [], members: [] },
        },
      },
    });
    const again = await execute({ db }, viewer, createSource, { input });
    expect(again.data).toEqual({ createStore: { code: 'STORE_CODE_TAKEN', path: ['code'] } });
  }));

test.each([
  ['a name of blanks', { name: '  ' }, ['name']],
  ['a name with a control character', { name: 'a\u0000b' }, ['name']],
  ['a very long name', { name: 'x'.repeat(201) }, ['name']],
  ['a very long code', { code: 'x'.repeat(1000) }, ['code']],
])('%s is refused with its field', (_what, part, path) =>
  withRollback(async (db) => {
    const merchant = await buildMerchant(db);
    const input = { merchantId: globalIdOf('Merchant', merchant.id), code: 'new', name: 'New', ...part };
    const { data } = await execute({ db }, await ownerOf(db, merchant.id), createSource, { input });
    expect(data).toEqual({ createStore: { code: 'INVALID_INPUT', path } });
  }),
);

test('a store of a merchant that is not there is refused, to an admin as well', () =>
  withRollback(async (db) => {
    const viewer = await signedInAdmin(db);
    const merchantId = globalIdOf('Merchant', '0192f3a4-0000-7000-8000-000000000001');
    const input = { merchantId, code: 'new', name: 'New' };
    const { data } = await execute({ db }, viewer, createSource, { input });
    expect(data).toEqual({ createStore: { code: 'MERCHANT_NOT_FOUND', path: ['merchantId'] } });
  }));

test('the log tells of stores made, switched and of another currency, of domains removed, and who did it', () =>
  withRollback(async (db) => {
    const viewer = await signedInAdmin(db);
    const merchant = await buildMerchant(db);
    const lines: string[] = [];
    const services = { db, log: createLog('info', { write: (line) => lines.push(line) }) };
    const made = { merchantId: globalIdOf('Merchant', merchant.id), code: 'new', name: 'New' };
    await mutate(services, viewer, 'createStore', made, '__typename');
    const { id: storeId } = await db.store.findUniqueOrThrow({ where: { code: 'new' } });
    for (const change of [{ name: 'Newer' }, { currency: 'CHF' }, { active: false }])
      await mutate(services, viewer, 'updateStore', { storeCode: 'new', ...change }, '__typename');
    const { id } = await addStoreDomain(db, { storeId, hostname: 'shop.example' });
    await mutate(services, viewer, 'removeStoreDomain', { id: globalIdOf('StoreDomain', id) }, '__typename');
    const said = { level: 30, storeId, byUserId: viewer?.id };
    expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([
      { ...said, msg: 'store created', currency: 'EUR', active: true },
      { ...said, msg: 'currency or state of a store changed', currency: 'CHF', active: true },
      { ...said, msg: 'currency or state of a store changed', currency: 'CHF', active: false },
      { ...said, msg: 'domain removed', hostname: 'shop.example' },
    ]);
  }));

const settingsSource = `mutation ($input: UpdateStoreSettingsInput!) { updateStoreSettings(input: $input) {
  ... on UserError { code path message }
  ... on UpdateStoreSettingsPayload { store { name autoPublish letzshopCsvUrlFr letzshopCsvUrlEn } } } }`;

test('secrets in the address of a feed are never shown, and giving it back as it was shown keeps them', () =>
  withRollback(async (db) => {
    const secret = 'https://user:secret@feeds.example/fr.csv?token=abc';
    const masked = 'https://***@feeds.example/fr.csv?token=***';
    const store = await buildStore(db, { name: 'Before' });
    const viewer = await ownerOf(db, store.merchantId);
    const services = { db, checkFeedAddress: () => Promise.resolve() };
    for (const letzshopCsvUrlFr of [secret, masked]) {
      const input = { storeCode: store.code, name: 'After', autoPublish: true, letzshopCsvUrlFr };
      const { data } = await execute(services, viewer, settingsSource, { input });
      const shown = { name: 'After', autoPublish: true, letzshopCsvUrlFr: masked, letzshopCsvUrlEn: null };
      expect(data).toEqual({ updateStoreSettings: { store: shown } });
      expect(await db.store.findUnique({ where: { id: store.id } })).toMatchObject({
        letzshopCsvUrlFr: secret,
      });
    }
  }));

test('an address that is given back as it was shown leaves what somebody else saves meanwhile', () =>
  withRollback(async (db) => {
    const letzshopCsvUrlFr = 'https://feeds.example/fr.csv?token=old';
    const store = await buildStore(db, { letzshopCsvUrlFr });
    const others = { letzshopCsvUrlFr: 'https://feeds.example/fr.csv?token=new' };
    const checkFeedAddress = async () =>
      void (await db.store.update({ where: { id: store.id }, data: others }));
    const urls = {
      letzshopCsvUrlFr: 'https://feeds.example/fr.csv?token=***',
      letzshopCsvUrlEn: 'https://feeds.example/en.csv',
    };
    const viewer = await ownerOf(db, store.merchantId);
    const input = { storeCode: store.code, ...urls };
    await execute({ db, checkFeedAddress }, viewer, settingsSource, { input });
    const saved = await db.store.findUnique({ where: { id: store.id } });
    expect(saved).toMatchObject({ ...urls, ...others });
  }));

test('an address that no import would fetch is refused with its field, and nothing is saved', () =>
  withRollback(async (db) => {
    const store = await buildStore(db);
    const viewer = await ownerOf(db, store.merchantId);
    const checkFeedAddress = () => Promise.reject(new FeedRefusal('ADDRESS_FORBIDDEN'));
    const input = { storeCode: store.code, name: 'After', letzshopCsvUrlEn: 'http://10.0.0.1/' };
    const { data } = await execute({ db, checkFeedAddress }, viewer, settingsSource, { input });
    expect(data).toMatchObject({
      updateStoreSettings: { code: 'ADDRESS_FORBIDDEN', path: ['letzshopCsvUrlEn'] },
    });
    expect(await db.store.findUnique({ where: { id: store.id } })).toEqual(store);
  }));

test('a member who is added, changed and removed shows in what the mutations answer', () =>
  withRollback(async (db) => {
    const store = await buildStore(db);
    const viewer = await ownerOf(db, store.merchantId);
    const user = await buildUser(db, { name: 'New' });
    const input = `storeCode: "${store.code}", email: "${user.email}"`;
    const added = await execute<{ addStoreMember: { storeMember: { id: string } } }>(
      { db },
      viewer,
      `mutation { addStoreMember(input: { ${input}, role: STAFF }) {
         ... on AddStoreMemberPayload { storeMember { id role email user { name } store { code } } } } }`,
    );
    const member = { role: 'STAFF', email: user.email, user: { name: 'New' }, store: { code: store.code } };
    expect(added.data?.addStoreMember.storeMember).toMatchObject(member);
    const id = added.data?.addStoreMember.storeMember.id ?? '';
    const { data } = await execute(
      { db },
      viewer,
      `mutation {
         updateStoreMember(input: { id: "${id}", role: MANAGER }) {
           ... on UpdateStoreMemberPayload { storeMember { role } } }
         removeStoreMember(input: { id: "${id}" }) {
           ... on RemoveStoreMemberPayload { store { members { id } } } }
         again: removeStoreMember(input: { id: "${id}" }) { ... on UserError { code } } }`,
    );
    expect(data).toEqual({
      updateStoreMember: { storeMember: { role: 'MANAGER' } },
      removeStoreMember: { store: { members: [] } },
      again: { code: 'STORE_MEMBER_NOT_FOUND' },
    });
  }));
