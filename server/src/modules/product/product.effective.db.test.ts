// @module-tag product
// @module-tag db
// @module-tag property
import { expect, test } from 'vitest';
import { buildImportJob, buildStore } from '../../../test/builders.ts';
import { buildProduct } from '../../../test/catalogue.ts';
import { withRollback } from '../../../test/database.ts';
import { Prisma } from '../../generated/prisma/client.ts';
import { randomOf, type Random } from '../../demo/random.ts';
import {
  driftOf,
  effectiveSql,
  effectiveValues,
  offerOf,
  overrideFields,
  type FeedColumns,
} from './product.effective.ts';

const now = new Date('2026-05-05T12:00:00Z');
const earlier = new Date('2026-05-01T00:00:00Z');
const later = new Date('2026-06-01T00:00:00Z');
const amounts = [null, '5.00', '10.00', '10.01', '12.50', '0.00'];
const availabilities = [null, 'in_stock', 'out_of_stock', 'backorder'];
const conditions = [null, 'new', 'used', 'unknown'];
const times = [null, earlier, now, later];

const randomOwn = ({ pick }: Random) => ({
  ...{ price: pick(amounts), priceFeedValue: pick(amounts) },
  ...{ salePrice: pick(amounts), salePriceFeedValue: pick(amounts) },
  ...{ availability: pick(availabilities), availabilityFeedValue: pick(availabilities) },
  ...{ condition: pick(conditions), conditionFeedValue: pick(conditions) },
});

const randomFeed = ({ pick }: Random) => ({
  ...{ price: pick(amounts), currency: pick([null, 'EUR', 'EUR', 'USD']), salePrice: pick(amounts) },
  ...{ salePriceEffectiveFrom: pick(times), salePriceEffectiveUntil: pick(times) },
  ...{ availability: pick(availabilities), condition: pick(conditions), missingSince: pick([null, now]) },
  ...{ disclosureDate: pick(times), expirationDate: pick(times) },
});

const shown = (values: object) =>
  Object.fromEntries(
    Object.entries(values).map(([key, value]: [string, unknown]) => [
      key,
      value instanceof Prisma.Decimal ? value.toFixed(2) : value,
    ]),
  );

test.each(['KEEP', 'OUT_OF_STOCK', 'UNPUBLISH'] as const)(
  'the function and the SQL say the same of whatever there is, when products that are gone are dealt with by %s',
  (goneFromFeed) =>
    withRollback(async (db) => {
      const store = { ...(await buildStore(db)), goneFromFeed };
      const { id: lastImportJobId } = await buildImportJob(db, { storeId: store.id });
      const random = randomOf('effective values', goneFromFeed);
      for (let at = 0; at < 150; at++) {
        const values = {
          own: randomOwn(random),
          feed: { ...randomFeed(random), lastImportJobId },
          titles: {},
        };
        await buildProduct(db, store, `P-${at}`, values);
      }
      const sql = effectiveSql(store, { now });
      const rows = await db.$queryRaw<{ id: bigint }[]>`
        SELECT o.id, ${sql.price} AS price, ${sql.salePrice} AS "salePrice", ${sql.availability} AS availability,
          ${sql.condition} AS condition, ${sql.overridden} AS overridden, ${sql.drifted} AS drifted, ${sql.offered} AS offered,
          ${Prisma.join(overrideFields.map((field) => Prisma.sql`${sql.drift[field]} AS ${Prisma.raw(`"${field}Drift"`)}`))}
        FROM products o JOIN marketplace_products p ON p.store_id = o.store_id AND p.id = o.marketplace_product_id
        WHERE o.store_id = ${store.id}::uuid ORDER BY o.id`;
      const products = await db.product.findMany({
        where: { storeId: store.id },
        include: { marketplaceProduct: true },
        orderBy: { id: 'asc' },
      });
      const expected = products.map((product) => {
        const drift = new Set(driftOf(product, product.marketplaceProduct, store).map(({ field }) => field));
        return {
          id: product.id,
          ...effectiveValues(product, product.marketplaceProduct, store, now),
          overridden: overrideFields.some((field) => product[field] !== null),
          drifted: drift.size > 0,
          offered: offerOf(product.marketplaceProduct, now) === 'CURRENT',
          ...Object.fromEntries(overrideFields.map((field) => [`${field}Drift`, drift.has(field)])),
        };
      });
      expect(rows.map(shown)).toEqual(expected.map(shown));
    }),
);

const decimal = (text: string | null) => (text === null ? null : new Prisma.Decimal(text));
const feed = (values: Partial<FeedColumns>): FeedColumns => ({
  ...{ price: decimal('10.00'), currency: 'EUR', salePrice: null, availability: null, condition: null },
  ...{ salePriceEffectiveFrom: null, salePriceEffectiveUntil: null, missingSince: null },
  ...values,
});
const own = (values: object) => ({
  ...{ price: null, priceFeedValue: null, salePrice: null, salePriceFeedValue: null },
  ...{ availability: null, availabilityFeedValue: null, condition: null, conditionFeedValue: null },
  ...values,
});
const store = { currency: 'EUR', goneFromFeed: 'KEEP' } as const;

test.each([
  ['the feed’s price', {}, {}, { price: '10.00' }],
  ['no price in a foreign currency', {}, { currency: 'USD' }, { price: null }],
  ['an own price over none', { price: decimal('7') }, { price: null }, { price: '7.00' }],
  [
    'a sale that is on',
    {},
    { salePrice: decimal('8'), salePriceEffectiveUntil: later },
    { salePrice: '8.00' },
  ],
  [
    'no sale that is over',
    {},
    { salePrice: decimal('8'), salePriceEffectiveUntil: earlier },
    { salePrice: null },
  ],
  [
    'no sale that is yet to come',
    {},
    { salePrice: decimal('8'), salePriceEffectiveFrom: later },
    { salePrice: null },
  ],
  ['no sale at the price itself', {}, { salePrice: decimal('10') }, { salePrice: null }],
  [
    'an own sale price whatever the dates',
    { salePrice: decimal('8') },
    { salePriceEffectiveUntil: earlier },
    { salePrice: '8.00' },
  ],
  [
    'no sale of the feed above an own price',
    { price: decimal('5') },
    { salePrice: decimal('8') },
    { salePrice: null },
  ],
  ['new when nobody says', {}, {}, { condition: 'new' }],
  ['not new when nobody could read it', {}, { condition: 'unknown' }, { condition: 'unknown' }],
  ['no availability when nobody says', {}, {}, { availability: null }],
])('a product has %s', (_what, ownValues, feedValues, expected) => {
  expect(shown(effectiveValues(own(ownValues), feed(feedValues), store, now))).toMatchObject(expected);
});

test.each([
  ['without dates', null, null, 'CURRENT'],
  ['from the moment of its disclosure', now, later, 'CURRENT'],
  ['before its disclosure', later, null, 'UPCOMING'],
  ['from the moment of its expiration', null, now, 'ENDED'],
  ['that ends before it begins', later, earlier, 'ENDED'],
] as const)('an offer %s', (_when, disclosureDate, expirationDate, expected) => {
  expect(offerOf({ disclosureDate, expirationDate }, now)).toBe(expected);
});

test.each([
  ['KEEP', null, 'in_stock'],
  ['UNPUBLISH', null, 'in_stock'],
  ['OUT_OF_STOCK', null, 'out_of_stock'],
  ['OUT_OF_STOCK', 'backorder', 'backorder'],
] as const)(
  'gone from the feed, with %s and the own availability %s, it is %s',
  (goneFromFeed, availability, effective) => {
    const gone = feed({ availability: 'in_stock', missingSince: earlier });
    const values = effectiveValues(own({ availability }), gone, { currency: 'EUR', goneFromFeed }, now);
    expect(values.availability).toBe(effective);
  },
);

test('drift names each own value of which the feed has moved, with the feed’s then and now', () => {
  const set = own({
    ...{ price: decimal('9'), priceFeedValue: decimal('10'), condition: 'used', conditionFeedValue: 'new' },
    ...{ availability: 'backorder', availabilityFeedValue: 'in_stock' },
  });
  expect(driftOf(set, feed({ price: null, condition: 'new', availability: 'out_of_stock' }), store)).toEqual([
    { field: 'price', own: '9.00', feedThen: '10.00', feedNow: null },
    { field: 'availability', own: 'backorder', feedThen: 'in_stock', feedNow: 'out_of_stock' },
  ]);
});
