// @module-tag web
// @module-tag browser
import { afterAll, beforeAll, expect, test } from 'vitest';
import { until } from '../../server/test/until.ts';
import { button, openBrands, row, type Brands } from './catalogue-brands.ts';
import { openCatalogueShop, titlesOf, type CatalogueShop } from './catalogue-shop.ts';
import { signedInContext } from './demo-server.ts';

let shop: CatalogueShop;
let brands: Brands;
beforeAll(async () => {
  shop = await openCatalogueShop();
  brands = openBrands(shop);
}, 120_000);
afterAll(() => shop?.close());

test('an empty shop leads to what the marketplace has; one product is published there and appears', async () => {
  const brand = await brands.make();
  const storeCode = brand.toLowerCase();
  await shop.addStore(storeCode);
  await shop.importProducts(brands.feed, storeCode);
  const page = await shop.owner.newPage();
  const products = `${shop.server.origin}/store/${storeCode}/products`;
  // Whether anything was imported is asked apart: nothing is said of it before it is known.
  await page.route('**/graphql', (route) =>
    /query CatalogueFigures\b/.test(route.request().postData() ?? '') ? route.abort() : route.continue(),
  );
  await page.goto(products);
  await page.getByText('Nothing in your shop yet').waitFor();
  expect(await page.getByText('Import a feed first').count()).toBe(0);
  await page.unroute('**/graphql');
  await page.goto(products);
  await page.getByRole('link', { name: 'Choose products' }).click();
  await page.waitForURL(/products\/marketplace/);
  await page.goto(`${products}/marketplace?brand=${brand}`);
  await button(page, 'Publish: Anchor').click();
  await row(page, 'Anchor').getByText('Published', { exact: true }).waitFor();
  await page.getByRole('link', { name: /In your shop/ }).click();
  await page.getByRole('table', { name: 'In your shop' }).getByRole('link', { name: 'Anchor' }).waitFor();
  expect(await titlesOf(page)).toEqual(['Anchor']);
  await page.close();
});

test('what an import brings to a shop that takes it by itself is on the pages that are open', async () => {
  const storeCode = 'by-itself';
  await shop.addStore(storeCode);
  const set = `mutation ($input: UpdateStoreSettingsInput!) { updateStoreSettings(input: $input) { __typename } }`;
  await shop.ask(set, { input: { storeCode, autoPublish: true } });
  const [first, second] = ['Lantern', 'Mirror'].map((title) => ({ id: title, title }));
  await shop.importProducts(first ? [first] : [], storeCode);
  const open = async (path: string) => {
    const page = await shop.owner.newPage();
    await page.goto(`${shop.server.origin}/store/${storeCode}${path}`);
    return page;
  };
  const [list, inventory, dashboard] = await Promise.all(['/products', '/inventory', ''].map(open));
  const show = async (title: string, published: number) => {
    await list?.getByRole('table', { name: 'In your shop' }).getByText(title).first().waitFor();
    await inventory?.getByRole('table').getByText(title).first().waitFor();
    const text = async () => (await dashboard?.locator('main').innerText()) ?? '';
    await until(async () => (await text()).includes(`Published in your shop\n${published}\n`));
  };
  await show('Lantern', 1);
  await shop.importProducts(first && second ? [first, second] : [], storeCode);
  await show('Mirror', 2);
  for (const page of [list, inventory, dashboard]) await page?.close();
});

test('filters, order and view of the shop live in its address, and lead back', async () => {
  const brand = await brands.makeInShop('Anchor', 'Bucket', 'Drum');
  const page = await shop.open(`products?brand=${brand}`);
  await row(page, 'Drum').waitFor();
  await page.getByRole('searchbox').fill('bucket');
  await page.waitForURL(/q=bucket/);
  await row(page, 'Drum').waitFor({ state: 'detached' });
  await page.getByLabel('Order').selectOption('Newest first');
  await page.waitForURL(/sort=newest/);
  await page.getByRole('radio', { name: 'Cards' }).click();
  await page.waitForURL(/view=cards/);
  await page.reload();
  await page.getByRole('listitem').filter({ hasText: 'Bucket' }).first().waitFor();
  expect(await page.getByRole('searchbox').inputValue()).toBe('bucket');
  expect(await page.getByLabel('Order').inputValue()).toBe('NEWEST');
  await page.getByRole('radio', { name: 'Table' }).click();
  await page.waitForURL((address) => address.searchParams.get('view') !== 'cards');
  await button(page, 'Clear filters').click();
  await row(page, 'Drum').first().waitFor();
  await button(page, 'Feed has moved').click();
  await page.waitForURL(/drifted=1/);
  await page.getByText('No product matches').waitFor();
  await page.goBack();
  await row(page, 'Drum').first().waitFor();
  await page.close();
});

test('a page that has become empty leads to the first one of the same list', async () => {
  const brand = await brands.makeInShop('Anchor', 'Bucket');
  const endOf = async (list: 'products' | 'marketplaceProducts', filter: object) => {
    const type = list === 'products' ? 'ProductFilter' : 'MarketplaceProductFilter';
    const found = await shop.ask<Record<string, { pageInfo: { endCursor: string } }>>(
      `query ($filter: ${type}!) { ${list}(filter: $filter) { pageInfo { endCursor } } }`,
      { filter: { storeCode: shop.storeCode, ...filter } },
    );
    return encodeURIComponent(found[list]?.pageInfo.endCursor ?? '');
  };
  for (const [path, query, after] of [
    ['products', `?brand=${brand}`, await endOf('products', { brand: [brand] })],
    ['products/marketplace', `?brand=${brand}`, await endOf('marketplaceProducts', { brand: [brand] })],
    ['inventory', `?q=${brand}`, await endOf('products', { search: brand })],
  ] as const) {
    const page = await shop.open(`${path}${query}&after=${after}&page=2`);
    await page.waitForURL((url) => url.search === query);
    await row(page, 'Anchor').waitFor();
    await page.getByText(/^1–\d of/).waitFor();
    await page.close();
  }
});

test('rows that cannot be read again stay, and it is said; those of another filter do not', async () => {
  const brand = await brands.makeInShop('Anchor', 'Bucket');
  const page = await shop.open(`products?brand=${brand}`);
  await row(page, 'Anchor').waitFor();
  await page.route('**/graphql', (route) =>
    /query CatalogueList\b/.test(route.request().postData() ?? '') ? route.abort() : route.continue(),
  );
  await button(page, 'Feature: Anchor').click();
  const list = page.getByRole('region', { name: 'In your shop' });
  await list.getByText('Check your connection and try again.').waitFor();
  await row(page, 'Anchor').waitFor();
  await button(page, 'Featured').click();
  await list.getByText('The server cannot be reached').waitFor();
  expect(await row(page, 'Anchor').count()).toBe(0);
  expect(await page.getByRole('checkbox', { name: 'Choose this page' }).count()).toBe(0);
  await page.unroute('**/graphql');
  await button(page, 'Load again').click();
  await row(page, 'Anchor').waitFor();
  await page.close();
});

test('the price of a sale is shown within its dates alone', async () => {
  const sale = { price: '20.00 EUR', salePrice: '15.00 EUR', brand: 'On-sale' };
  const over = '2024-01-01T00:00Z/2024-02-01T00:00Z';
  brands.feed.push(
    { id: 'Fan', title: 'Fan', ...sale },
    { id: 'Gong', title: 'Gong', ...sale, saleDates: over },
  );
  await shop.importProducts(brands.feed);
  const page = await shop.open('products/marketplace?brand=On-sale');
  await row(page, 'Fan').getByText('€15.00').waitFor();
  expect(await row(page, 'Gong').innerText()).toContain('€20.00');
  expect(await row(page, 'Gong').innerText()).not.toContain('€15.00');
  await page.close();
});

test('brands that came since are offered when they are looked at again', async () => {
  await brands.makeInShop('Anchor');
  const page = await shop.open('products');
  await button(page, 'Brand').click();
  const offered = page.getByRole('dialog', { name: 'Brand' });
  await offered.getByRole('checkbox').first().waitFor();
  await page.keyboard.press('Escape');
  const brand = await brands.make();
  await button(page, 'Brand').click();
  await offered.getByRole('checkbox', { name: brand, exact: true }).waitFor();
  await page.close();
});

test('words that find nothing are deleted, and the search keeps the cursor', async () => {
  await brands.makeInShop('Anchor');
  const page = await shop.open('products');
  await row(page, 'Anchor').first().waitFor();
  const search = page.getByRole('searchbox');
  await search.fill('nothing of the kind');
  await page.getByText('No product matches').waitFor();
  await search.press('Control+a');
  await search.press('Delete');
  await row(page, 'Anchor').first().waitFor();
  expect(await search.evaluate((one) => one === document.activeElement)).toBe(true);
  await page.close();
});

test('products are put in order by keyboard, told to a screen reader, and stay so; Escape puts one back', async () => {
  const brand = await brands.makeInShop('Anchor', 'Bucket', 'Candle');
  const page = await shop.open(`products?published=1&brand=${brand}`);
  await row(page, 'Candle').waitFor();
  expect(await titlesOf(page)).toEqual(['Anchor', 'Bucket', 'Candle']);
  const said = page.locator('[aria-live="polite"][aria-atomic="true"]');
  await button(page, /^Move Candle/).focus();
  await page.keyboard.press('Enter');
  await said.filter({ hasText: 'Candle is picked up at place 3' }).waitFor();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  await said.filter({ hasText: 'Place 1' }).waitFor();
  await page.keyboard.press('Escape');
  await said.filter({ hasText: 'Candle is back at place 3' }).waitFor();
  expect(await titlesOf(page)).toEqual(['Anchor', 'Bucket', 'Candle']);
  await page.keyboard.press('Space');
  await page.keyboard.press('Home');
  await page.keyboard.press('Space');
  await said.filter({ hasText: 'Candle stands at place 1' }).waitFor();
  await orderIs(brand, ['Candle', 'Anchor', 'Bucket']);
  expect(await button(page, /^Move Candle/).evaluate((one) => one === document.activeElement)).toBe(true);
  await page.reload();
  await row(page, 'Candle').waitFor();
  expect(await titlesOf(page)).toEqual(['Candle', 'Anchor', 'Bucket']);
  await page.close();
});

test('a product is dragged to another place', async () => {
  const brand = await brands.makeInShop('Candle', 'Anchor', 'Bucket');
  const page = await shop.open(`products?published=1&brand=${brand}`);
  await row(page, 'Candle').waitFor();
  const handle = await button(page, /^Move Candle/).boundingBox();
  const last = await row(page, 'Bucket').boundingBox();
  if (!handle || !last) throw new Error('The rows are not on the page.');
  await page.mouse.move(handle.x + 5, handle.y + 5);
  await page.mouse.down();
  await page.mouse.move(handle.x + 5, last.y + last.height / 2, { steps: 5 });
  await page.mouse.move(handle.x + 5, last.y + last.height - 2, { steps: 3 });
  await page.mouse.up();
  await orderIs(brand, ['Anchor', 'Bucket', 'Candle']);
  expect(await titlesOf(page)).toEqual(['Anchor', 'Bucket', 'Candle']);
  await page.close();
});

/** Until the server has the published products of the brand in this order. */
const orderIs = (brand: string, titles: readonly string[]) =>
  until(async () => {
    const { products } = await shop.ask<{ products: { edges: { node: { title: string } }[] } }>(
      'query ($filter: ProductFilter!) { products(filter: $filter) { edges { node { title } } } }',
      { filter: { storeCode: shop.storeCode, brand: [brand], published: true } },
    );
    return products.edges.map(({ node }) => node.title).join() === titles.join();
  });

test('products are featured and switched off, one by its star and switch, several together', async () => {
  const brand = await brands.makeInShop('Anchor', 'Bucket', 'Candle');
  const page = await shop.open(`products?published=1&brand=${brand}`);
  await button(page, 'Feature: Anchor').click();
  await page.getByRole('switch', { name: 'Active: Bucket' }).click();
  await row(page, 'Bucket').getByText('Switched off').waitFor();
  await page.getByRole('checkbox', { name: 'Choose Candle' }).check();
  const chosen = page.getByRole('region', { name: 'What is chosen' });
  await chosen.getByRole('button', { name: 'Feature', exact: true }).click();
  await chosen.waitFor({ state: 'detached' });
  await button(page, 'Featured').click();
  await page.waitForURL(/featured=1/);
  await row(page, 'Bucket').waitFor({ state: 'detached' });
  expect(await titlesOf(page)).toEqual(['Anchor', 'Candle']);
  await page.close();
});

test('staff look at products and can change none; another merchant finds no such store', async () => {
  const staff = await signedInContext(shop.browser, shop.server, 'staff');
  const page = await staff.newPage();
  for (const path of ['products', 'products/marketplace']) {
    await page.goto(`${shop.server.origin}/store/weber-livres/${path}`);
    await page.getByRole('heading', { level: 1, name: 'Products' }).waitFor();
    await page.getByText(/Nothing in your shop yet|^1–50 of/).waitFor();
    expect(await page.getByRole('checkbox').count()).toBe(0);
    expect(await button(page, /^(Publish|Unpublish|Feature): |^Move /).count()).toBe(0);
  }
  await page.locator('tbody .row-link').first().click();
  await page.getByRole('heading', { name: 'Price and sale in your shop' }).waitFor();
  expect(await button(page, /^(Publish|Unpublish|Change|Use feed|Keep)/).count()).toBe(0);
  expect(await page.getByRole('switch').count()).toBe(0);
  const product = page.url();
  await staff.close();

  const other = await shop.owner.newPage();
  for (const address of [`${shop.server.origin}/store/weber-livres/products`, product]) {
    await other.goto(address);
    await other.getByRole('heading', { level: 1 }).waitFor();
    expect(await other.getByRole('heading', { name: 'Products', exact: true }).count()).toBe(0);
    expect(await other.locator('.row-link').count()).toBe(0);
  }
  // The same product below a store of their own is none of theirs either.
  await other.goto(product.replace('weber-livres', shop.storeCode));
  await other.getByText('There is no such product').waitFor();
  await other.close();
});
