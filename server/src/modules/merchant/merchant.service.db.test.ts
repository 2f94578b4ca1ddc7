// @module-tag merchant
// @module-tag db
import { expect, test } from 'vitest';
import { buildMerchant, buildUser } from '../../../test/builders.ts';
import { withRollback } from '../../../test/database.ts';
import { createMerchant, updateMerchant } from './merchant.service.ts';

const hearing = () => {
  const heard: string[] = [];
  return { heard, news: { announce: (ids: readonly string[]) => void heard.push(...ids) } };
};
const named = { name: ' Maison ', contactEmail: 'Office@Maison.example' };

test('a merchant has what it was given, in the form in which it is kept', () =>
  withRollback(async (db) => {
    const { heard, news } = hearing();
    const owner = await buildUser(db, { email: 'owner@maison.example' });
    const input = { ...named, vatNumber: 'lu 1234 5678', ownerEmail: ' Owner@Maison.example' };
    expect(await createMerchant(db, news, input)).toMatchObject({
      name: 'Maison',
      contactEmail: 'office@maison.example',
      vatNumber: 'LU12345678',
      active: true,
      ownerId: owner.id,
    });
    expect(heard).toEqual([owner.id]);
  }));

test.each([
  [
    'an owner without an account',
    { ownerEmail: 'no@maison.example' },
    'MERCHANT_OWNER_NOT_FOUND',
    'ownerEmail',
  ],
  [
    'an owner by an id that nobody has',
    { ownerId: '0192f3a4-0000-7000-8000-000000000001' },
    'MERCHANT_OWNER_NOT_FOUND',
    'ownerId',
  ],
  ['no VAT number', { vatNumber: 'LU1' }, 'VAT_NUMBER_MALFORMED', 'vatNumber'],
  ['no email address', { contactEmail: 'office' }, 'CONTACT_EMAIL_MALFORMED', 'contactEmail'],
])('%s is refused, when it is made and when it is changed', (_what, part, code, field) =>
  withRollback(async (db) => {
    const { heard, news } = hearing();
    const merchant = await buildMerchant(db);
    const owner = 'ownerEmail' in part || 'ownerId' in part ? {} : { ownerId: merchant.ownerId };
    const refused = { code, path: [field] };
    await expect(createMerchant(db, news, { ...named, ...owner, ...part })).rejects.toMatchObject(refused);
    await expect(updateMerchant(db, news, merchant.id, part)).rejects.toMatchObject(refused);
    expect(await db.merchant.findMany()).toEqual([merchant]);
    expect(heard).toEqual([]);
  }),
);

test('what is not given stays, and a VAT number can be taken away', () =>
  withRollback(async (db) => {
    const { news } = hearing();
    const merchant = await buildMerchant(db, { vatNumber: 'LU12345678', name: 'Before' });
    expect(await updateMerchant(db, news, merchant.id, { name: null, active: false })).toMatchObject({
      name: 'Before',
      active: false,
      vatNumber: 'LU12345678',
    });
    expect(await updateMerchant(db, news, merchant.id, { vatNumber: null })).toMatchObject({
      vatNumber: null,
    });
  }));

test('a new owner and the one before hear of it, once', () =>
  withRollback(async (db) => {
    const { heard, news } = hearing();
    const merchant = await buildMerchant(db);
    const next = await buildUser(db);
    const change = { ownerId: next.id };
    expect(await updateMerchant(db, news, merchant.id, change)).toMatchObject(change);
    expect(await updateMerchant(db, news, merchant.id, change)).toMatchObject(change);
    expect(heard).toEqual([merchant.ownerId, next.id]);
  }));
