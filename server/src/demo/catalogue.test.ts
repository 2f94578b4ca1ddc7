// @module-tag demo
import { expect, test } from 'vitest';
import { catalogues, productAt } from './catalogue.ts';
import type { DemoStoreCode } from './shops.ts';

const codes = Object.keys(catalogues) as DemoStoreCode[];

test.each(
  codes.flatMap((code) => ['2027-01-07', '2030-06-15', '2035-12-31'].map((day) => [code, day] as const)),
)('%s has a hundred products on sale on %s', (code, day) => {
  const products = Array.from({ length: catalogues[code].productCount }, (_, at) => productAt(code, at));
  const onSale = products.filter(({ salePeriod: [first, last] = ['', ''] }) => first <= day && day <= last);
  expect(onSale.length).toBeGreaterThan(100);
});
