import { randomUUID } from 'node:crypto';
import type { Prisma, Merchant, Store, User } from '../src/generated/prisma/client.ts';
import type { Db } from '../src/platform/database.ts';

/** Records with everything that the database asks for; a test states what matters to it. */

const unique = () => randomUUID().slice(0, 8);

export function buildUser(db: Db, values: Partial<Prisma.UserUncheckedCreateInput> = {}): Promise<User> {
  const name = `user-${unique()}`;
  // No hash of any password: nobody signs in as this one.
  return db.user.create({ data: { email: `${name}@example.test`, passwordHash: '!', name, ...values } });
}

export async function buildMerchant(
  db: Db,
  values: Partial<Prisma.MerchantUncheckedCreateInput> = {},
): Promise<Merchant> {
  const ownerId = values.ownerId ?? (await buildUser(db)).id;
  const name = `Merchant ${unique()}`;
  return db.merchant.create({ data: { contactEmail: 'office@example.test', name, ...values, ownerId } });
}

type StoreValues = Partial<Prisma.StoreUncheckedCreateInput> & { readonly hostname?: string };

/** `hostname` gives the store a domain. */
export async function buildStore(db: Db, { hostname, ...values }: StoreValues = {}): Promise<Store> {
  const merchantId = values.merchantId ?? (await buildMerchant(db)).id;
  const code = `store-${unique()}`;
  const domains = hostname === undefined ? {} : { domains: { create: { hostname } } };
  return db.store.create({ data: { code, name: code, ...values, ...domains, merchantId } });
}

type ImportJob = Prisma.MarketplaceImportJobGetPayload<object>;

export async function buildImportJob(
  db: Db,
  values: Partial<Prisma.MarketplaceImportJobUncheckedCreateInput> = {},
): Promise<ImportJob> {
  const storeId = values.storeId ?? (await buildStore(db)).id;
  const sourceUrl = 'https://feeds.example.test/products.csv';
  return db.marketplaceImportJob.create({
    data: { sourceUrl, language: 'EN', normaliserVersion: 1, ...values, storeId },
  });
}
