// @module-tag storefront
// @module-tag db
import { expect, test } from 'vitest';
import { buildMerchant, buildStore, buildUser } from '../../../test/builders.ts';
import { buildMarketplaceProduct, buildProduct, productId } from '../../../test/catalogue.ts';
import { withRollback } from '../../../test/database.ts';
import { execute, signedIn } from '../../../test/execute.ts';
import { globalIdOf } from '../../../test/global-id.ts';
import type { Db } from '../../platform/database.ts';

async function buildShop(db: Db) {
  const owner = await buildUser(db, { platformAdmin: true });
  const merchant = await buildMerchant(db, { ownerId: owner.id });
  const store = await buildStore(db, { code: 'shop', merchantId: merchant.id, hostname: 'shop.example' });
  const domain = await db.storeDomain.findFirstOrThrow({ where: { storeId: store.id } });
  const product = await buildProduct(db, store, 'A-1');
  const other = await buildProduct(db, store, 'A-2', { own: { price: '5.00', priceFeedValue: '4.00' } });
  const imported = await buildMarketplaceProduct(db, store, 'A-3');
  return {
    ...{ owner, store, merchant },
    ids: {
      product: productId('Product', product),
      other: productId('Product', other),
      imported: productId('MarketplaceProduct', imported),
      merchant: globalIdOf('Merchant', merchant.id),
      domain: globalIdOf('StoreDomain', domain.id),
    },
  };
}

type Ids = Awaited<ReturnType<typeof buildShop>>['ids'];

const changes: Readonly<Record<string, (ids: Ids) => string>> = {
  updateProduct: ({ product }) => `id: "${product}", price: "7"`,
  updateProducts: ({ product }) => `storeCode: "shop", products: [{ id: "${product}", isActive: false }]`,
  moveProduct: ({ product, other }) => `id: "${product}", after: "${other}"`,
  resolveDrift: ({ other }) => `id: "${other}", field: PRICE, keep: false`,
  resolveDrifts: () => 'storeCode: "shop", keep: false',
  publishProducts: ({ imported }) => `storeCode: "shop", marketplaceProducts: ["${imported}"]`,
  unpublishProducts: ({ product }) => `storeCode: "shop", marketplaceProducts: ["${product}"]`,
  updateStore: () => 'storeCode: "shop", active: false',
  updateStoreSettings: () => 'storeCode: "shop", goneFromFeed: OUT_OF_STOCK',
  removeStoreDomain: ({ domain }) => `id: "${domain}"`,
  updateMerchant: ({ merchant }) => `id: "${merchant}", active: false`,
};

test.each(Object.entries(changes))('%s tells that what shoppers see has changed', (mutation, inputOf) =>
  withRollback(async (db) => {
    const { owner, store, merchant, ids } = await buildShop(db);
    const told: string[] = [];
    const services = {
      db,
      catalogueNews: { announce: (id: string) => void told.push(id) },
      checkFeedAddress: () => Promise.resolve(),
    };
    const source = `mutation { ${mutation}(input: { ${inputOf(ids)} }) { __typename ... on UserError { message } } }`;
    const { data, errors } = await execute(services, await signedIn(db, owner), source);
    const payload = `${mutation.slice(0, 1).toUpperCase()}${mutation.slice(1)}Payload`;
    expect([errors, data]).toEqual([undefined, { [mutation]: { __typename: payload } }]);
    expect(told).toEqual([mutation === 'updateMerchant' ? merchant.id : store.id]);
  }),
);
