// @module-tag web
// @module-tag browser
import { afterAll, beforeAll, expect, test } from 'vitest';
import { button, note, openBrands, row, type Brands } from './catalogue-brands.ts';
import { openCatalogueShop, type CatalogueShop } from './catalogue-shop.ts';
import { watchOperations } from './operations.ts';

let shop: CatalogueShop;
let brands: Brands;
beforeAll(async () => {
  shop = await openCatalogueShop();
  brands = openBrands(shop);
}, 120_000);
afterAll(() => shop?.close());

test('a page of products is chosen and published; those without a price are named, with why', async () => {
  const brand = await brands.makeInShop('Anchor');
  const page = await shop.open(`products/marketplace?brand=${brand}`);
  await row(page, 'Drum').waitFor();
  await page.getByRole('checkbox', { name: 'Choose this page' }).check();
  const chosen = page.getByRole('region', { name: 'What is chosen' });
  await chosen.getByText('5 chosen').waitFor();
  await chosen.getByRole('button', { name: 'Publish', exact: true }).click();
  await note(page, /3 products are published\. 1 was published already\. 1 has no price/).waitFor();
  await chosen.waitFor({ state: 'detached' });
  await page.getByText('Which ones, and why').click();
  await page.getByText('The feed gives no price for this product').waitFor();
  await page.getByRole('listitem').getByRole('link', { name: 'Eel without a price' }).click();
  await page.getByRole('heading', { level: 1, name: 'Eel without a price' }).waitFor();
  await page.close();
});

test('that something could not be published is said until it is dismissed', async () => {
  const brand = await brands.make();
  const page = await shop.open(`products/marketplace?brand=${brand}`);
  await page.getByRole('checkbox', { name: 'Choose this page' }).check();
  await page.route('**/graphql', (route) =>
    route.request().postData()?.includes('mutation PublishProducts(') ? route.abort() : route.continue(),
  );
  const chosen = page.getByRole('region', { name: 'What is chosen' });
  await chosen.getByRole('button', { name: 'Publish', exact: true }).click();
  await note(page, /could not be sent/)
    .getByRole('button', { name: 'Dismiss' })
    .click();
  await note(page, /could not be sent/).waitFor({ state: 'detached' });
  await chosen.getByText('5 chosen').waitFor();
  await page.close();
});

test('what is published already can be left out, and taken back; the filters survive a reload', async () => {
  const brand = await brands.makeInShop('Anchor', 'Drum');
  const page = await shop.open(`products/marketplace?brand=${brand}`);
  await row(page, 'Eel').waitFor();
  await button(page, 'In the shop').click();
  await page.getByRole('option', { name: 'Published', exact: true }).click();
  await page.waitForURL(/published=1/);
  await row(page, 'Eel').waitFor({ state: 'detached' });
  await page.reload();
  await row(page, 'Drum').waitFor();
  expect(await button(page, 'In the shop: Published').count()).toBe(1);
  expect(await row(page, 'Eel').count()).toBe(0);
  await button(page, 'Unpublish: Drum').click();
  await row(page, 'Drum').waitFor({ state: 'detached' });
  await page.close();
});

test('everything that matches is published as a job, whose progress is seen on every page without asking', async () => {
  const many = Array.from({ length: 12_000 }, (_, index) => ({
    ...{ id: `M-${index}`, title: `Many ${index}`, brand: 'Many' },
    price: index % 4_000 === 7 ? '' : '9.90 EUR',
  }));
  await shop.importProducts(many);
  const page = await shop.open('products/marketplace?brand=Many');
  await row(page, 'Many').first().waitFor();
  await page.getByRole('checkbox', { name: 'Choose this page' }).check();
  await button(page, /Choose all .*that match/).click();
  const operations = watchOperations(page);
  await page
    .getByRole('region', { name: 'What is chosen' })
    .getByRole('button', { name: 'Publish', exact: true })
    .click();
  // On a fast machine it may be over before it is looked at.
  const result = note(page, /11,997 products are published\. 3 have no price/);
  await page.getByRole('progressbar', { name: 'Publishing products' }).or(result).first().waitFor();
  await page.getByRole('link', { name: /In your shop/ }).click();
  await result.waitFor();
  await page.getByText('Which ones, and why').click();
  expect(await page.getByRole('listitem').filter({ hasText: 'The feed gives no price' }).count()).toBe(3);
  const asked = operations().filter((name) => name === 'PublishProducts');
  expect(asked).toHaveLength(1);
  expect(Math.max(...counts(operations()))).toBeLessThanOrEqual(3);
  await page.reload();
  await note(page, /11,997 products are published/).waitFor();
  await button(page, 'Dismiss').click();
  await page.reload();
  await page.locator('tbody .row-link').first().waitFor();
  expect(await note(page, /11,997 products are published/).count()).toBe(0);
  await page.close();
});

/** How often each operation was asked for. */
const counts = (names: readonly string[]) => [
  ...names
    .reduce((sums, name) => sums.set(name, (sums.get(name) ?? 0) + 1), new Map<string, number>())
    .values(),
];

test('all of the shop that match a filter are taken back together', async () => {
  const brand = await brands.make();
  const more = Array.from({ length: 60 }, (_, index) => ({
    id: `${brand}-${index}`,
    title: `More ${index}`,
    brand,
  }));
  brands.feed.push(...more);
  await shop.importProducts(brands.feed);
  await shop.ask(
    'mutation ($input: PublishProductsInput!) { publishProducts(input: $input) { __typename } }',
    { input: { storeCode: shop.storeCode, filter: { storeCode: shop.storeCode, brand: [brand] } } },
  );
  const page = await shop.open(`products?brand=${brand}&published=1`);
  await row(page, 'More').first().waitFor();
  await page.getByRole('checkbox', { name: 'Choose this page' }).check();
  await button(page, /Choose all .*that match/).click();
  await page
    .getByRole('region', { name: 'What is chosen' })
    .getByRole('button', { name: 'Unpublish', exact: true })
    .click();
  await note(page, /64 products are no longer published/).waitFor();
  await page.close();
});
