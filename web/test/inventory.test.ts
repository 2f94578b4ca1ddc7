// @module-tag web
// @module-tag browser
import type { Browser, BrowserContext, Locator, Page, Route } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { serveFeeds } from '../../server/test/feed-server.ts';
import { until } from '../../server/test/until.ts';
import { openBrowser } from './browser.ts';
import { askApi, signedInContext, startDemoServer, type DemoServer } from './demo-server.ts';

let browser: Browser;
let server: DemoServer;
let owner: BrowserContext;
beforeAll(async () => {
  server = await startDemoServer({ FEED_ALLOWED_ADDRESSES: '127.0.0.1:*' });
  browser = await openBrowser();
  owner = await signedInContext(browser, server, 'owner');
  await publish('weber-livres');
}, 120_000);
afterAll(() => browser?.close());

/** Puts everything that the store has imported into its shop. */
async function publish(storeCode: string): Promise<void> {
  const mutation = `mutation ($input: PublishProductsInput!) {
    publishProducts(input: $input) { __typename ... on UserError { message } }
  }`;
  const { publishProducts } = await askApi<{ publishProducts: { __typename: string } }>(
    owner,
    server,
    mutation,
    { input: { storeCode, filter: { storeCode } } },
  );
  expect(publishProducts.__typename).toBe('PublishProductsPayload');
}

/** Imports the feed, and waits for the end. */
async function importInto(storeCode: string, feed: Buffer): Promise<void> {
  const origin = await serveFeeds({ '/feed.csv': feed });
  const start = `mutation ($input: StartImportInput!) {
    startImport(input: $input) { __typename ... on StartImportPayload { importJob { id } } }
  }`;
  const input = { storeCode, sourceUrl: `${origin}/feed.csv`, language: 'EN' };
  const { startImport } = await askApi<{ startImport: { importJob: { id: string } } }>(owner, server, start, {
    input,
  });
  const read = 'query ($id: ID!) { importJob(id: $id) { status } }';
  await until(async () => {
    const { importJob } = await askApi<{ importJob: { status: string } }>(
      owner,
      server,
      read,
      startImport.importJob,
    );
    return importJob.status.startsWith('COMPLETED');
  });
}

/** The inventory with its rows on it: each test takes rows of its own, from another search. */
async function open(query = '', context = owner): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`${server.origin}/store/weber-livres/inventory${query}`);
  await page.locator('tbody a').first().waitFor();
  return page;
}
const row = (page: Page, index: number) => page.locator('tbody tr').nth(index);
const cell = (page: Page, index: number, name: 'Availability' | 'Least per order' | 'Most per order') =>
  row(page, index).getByLabel(name, { exact: false }).and(page.locator('input, select'));
const isFocused = (locator: Locator) => locator.evaluate((element) => element === document.activeElement);
const status = (page: Page) => page.getByRole('region', { name: 'Inventory' }).getByRole('status');
const numberOf = (page: Page, index: number) => row(page, index).locator('.raw').innerText();

/** What is stored of a product, as the API has it. */
async function stored(number: string) {
  const query = `query ($filter: ProductFilter!) {
    products(filter: $filter, first: 1) {
      edges { node { minQuantity maxQuantity availability overrides { availability } } }
    }
  }`;
  interface Stored {
    readonly minQuantity: number;
    readonly maxQuantity: number | null;
    readonly availability: string;
    readonly overrides: { readonly availability: string | null };
  }
  const { products } = await askApi<{ products: { edges: { node: Stored }[] } }>(owner, server, query, {
    filter: { storeCode: 'weber-livres', search: number },
  });
  return products.edges[0]?.node;
}

test('cells are edited by keyboard alone as in a spreadsheet, and saved together', async () => {
  const page = await open('?q=garden');
  const [first, second] = [await numberOf(page, 0), await numberOf(page, 1)];
  await cell(page, 0, 'Availability').focus();
  await page.keyboard.type('Pre');
  await page.keyboard.press('Tab');
  expect(await isFocused(cell(page, 0, 'Least per order'))).toBe(true);
  await page.keyboard.type('2');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.type('12');
  await page.keyboard.press('Enter');
  expect(await isFocused(cell(page, 1, 'Most per order'))).toBe(true);
  await page.keyboard.type('9');
  await status(page).getByText('4 changes on 2 products, not saved yet').waitFor();
  await page.keyboard.press('Escape');
  expect(await cell(page, 1, 'Most per order').inputValue()).toBe('');
  await page.keyboard.press('ArrowLeft');
  expect(await isFocused(cell(page, 1, 'Least per order'))).toBe(true);
  await page.keyboard.press('ArrowUp');
  expect(await isFocused(cell(page, 0, 'Least per order'))).toBe(true);
  await page.keyboard.press('Control+s');
  await status(page).getByText('1 product saved').waitFor();
  expect(await stored(first)).toMatchObject({
    ...{ minQuantity: 2, maxQuantity: 12, availability: 'PREORDER' },
    overrides: { availability: 'PREORDER' },
  });
  expect(await stored(second)).toMatchObject({ minQuantity: 1, maxQuantity: null });
  await page.reload();
  await row(page, 0).getByText('Own value').first().waitFor({ state: 'attached' });
  expect(await cell(page, 0, 'Availability').inputValue()).toBe('PREORDER');
  await page.close();
});

test('all is saved or nothing: the cell that does not fit is marked with the reason, and everything typed stays', async () => {
  const page = await open('?q=history');
  const [first, second] = [await numberOf(page, 0), await numberOf(page, 1)];
  await cell(page, 0, 'Availability').selectOption('Backorder');
  await cell(page, 1, 'Least per order').fill('5');
  await cell(page, 1, 'Most per order').fill('3');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Nothing was saved. What you typed is still here.').waitFor();
  const wrong = page.locator('tbody [aria-invalid="true"]');
  expect(await wrong.count()).toBe(1);
  expect(await isFocused(wrong)).toBe(true);
  expect(await wrong.inputValue()).toBe('3');
  const reason = await wrong.getAttribute('aria-describedby');
  expect(await page.locator(`[id="${reason}"]`).innerText()).toContain('no smaller');
  expect(await cell(page, 0, 'Availability').inputValue()).toBe('BACKORDER');
  expect(await stored(first)).toMatchObject({ overrides: { availability: null } });

  await wrong.fill('many');
  await page.getByRole('button', { name: 'Save' }).click();
  await row(page, 1).getByText('Write a whole number from 1.').waitFor();
  await wrong.fill('1,000');
  await page.keyboard.press('Control+s');
  await status(page).getByText('2 products saved').waitFor();
  expect(await stored(first)).toMatchObject({ overrides: { availability: 'BACKORDER' } });
  expect(await stored(second)).toMatchObject({ minQuantity: 5, maxQuantity: 1000 });
  await page.close();
});

test('several products are set at once, and given back to the feed', async () => {
  const page = await open('?q=atlas');
  const numbers = [await numberOf(page, 0), await numberOf(page, 1)];
  for (const index of [0, 1]) await row(page, index).getByRole('checkbox').check();
  const many = page.getByRole('form', { name: 'Set the same for all chosen products' });
  await many.getByText('2 chosen').waitFor();
  await many.getByLabel('Availability').selectOption('Out of stock');
  await many.getByLabel('Most per order').fill('4');
  await many.getByRole('button', { name: 'Set' }).click();
  await page.getByText('4 changes on 2 products, not saved yet').waitFor();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('2 products saved').waitFor();
  for (const number of numbers)
    expect(await stored(number)).toMatchObject({ availability: 'OUT_OF_STOCK', maxQuantity: 4 });
  await many.getByLabel('Availability').selectOption('As in the feed');
  await many.getByLabel('no limit').check();
  await many.getByRole('button', { name: 'Set' }).click();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('2 products saved').waitFor();
  for (const number of numbers)
    expect(await stored(number)).toMatchObject({ maxQuantity: null, overrides: { availability: null } });
  await page.close();
});

test('what is no quantity for several products is said at its field, which gets the focus', async () => {
  const page = await open('?q=atlas');
  for (const index of [0, 1]) await row(page, index).getByRole('checkbox').check();
  const many = page.getByRole('form', { name: 'Set the same for all chosen products' });
  const least = many.getByLabel('Least per order');
  const set = many.getByRole('button', { name: 'Set' });
  for (const typed of ['0', '1,5']) {
    await least.fill(typed);
    await set.click();
    const reason = await least.getAttribute('aria-describedby');
    expect(reason).not.toBeNull();
    expect(await page.locator(`[id="${reason}"]`).innerText()).toBe('Write a whole number from 1.');
    expect(await isFocused(least)).toBe(true);
    expect(await least.inputValue()).toBe(typed);
  }
  await least.fill('3');
  expect(await least.getAttribute('aria-describedby')).toBeNull();
  await set.click();
  await status(page).getByText('2 changes on 2 products, not saved yet').waitFor();
  await page.close();
});

test('what is listed stands in the address, which survives a reload and leads back; changes survive both pages', async () => {
  const page = await open();
  await page.getByText(/^1–50 of/).waitFor();
  await cell(page, 0, 'Least per order').fill('7');
  await page.getByRole('link', { name: 'Next' }).click();
  await page.getByText(/^51–100 of/).waitFor();
  await status(page).getByText('1 change on 1 product, not saved yet').waitFor();
  await page.goBack();
  await page.getByText(/^1–50 of/).waitFor();
  expect(await cell(page, 0, 'Least per order').inputValue()).toBe('7');
  await cell(page, 0, 'Least per order').press('Escape');
  await status(page).getByText('Everything is saved').waitFor();

  await page.getByRole('button', { name: 'Availability', exact: true }).click();
  const choices = page.getByRole('listbox', { name: 'Availability' });
  await choices.getByRole('option', { name: 'In stock', exact: true }).click();
  await page.getByRole('button', { name: 'Own values' }).click();
  await page.waitForURL(/availability=IN_STOCK&own=1/);
  await page.getByRole('button', { name: 'Own values' }).click();
  await page.getByRole('searchbox').fill('luxembourg');
  await page.waitForURL(/q=luxembourg&availability=IN_STOCK$/);
  await page.reload();
  await page.locator('tbody a').first().waitFor();
  expect(await page.getByRole('searchbox').inputValue()).toBe('luxembourg');
  for (const text of await page.locator('tbody select option:checked').allTextContents())
    expect(text).toMatch(/^In stock/);
  await page.close();
});

test('while another page is read this one leads nowhere; what cannot be read is said in place of the rows of before', async () => {
  const page = await open();
  await page.getByText(/^1–50 of/).waitFor();
  const held = Promise.withResolvers<void>();
  const isList = (route: Route) => /query Inventory\b/.test(route.request().postData() ?? '');
  await page.route('**/graphql', async (route) => {
    if (isList(route)) await held.promise;
    await route.continue();
  });
  const next = page.getByRole('link', { name: 'Next' });
  const press = () => next.evaluate((link: HTMLElement) => link.click());
  await press();
  await page.waitForURL(/page=2/);
  expect(await next.getAttribute('aria-disabled')).toBe('true');
  expect(await page.getByRole('checkbox', { name: 'Choose this page' }).isDisabled()).toBe(true);
  expect(await page.getByText(/^1–50 of/).count()).toBe(1);
  await press();
  held.resolve();
  await page.getByText(/^51–100 of/).waitFor();
  expect(page.url()).toContain('page=2');

  await page.unroute('**/graphql');
  await page.route('**/graphql', (route) => (isList(route) ? route.abort() : route.continue()));
  await page.getByRole('button', { name: 'Own values' }).click();
  const list = page.getByRole('region', { name: 'Inventory' });
  await list.getByText('The server cannot be reached').waitFor();
  expect(await list.locator('tbody, nav').count()).toBe(0);
  await page.unroute('**/graphql');
  await list.getByRole('button', { name: 'Load again' }).click();
  await list.locator('tbody a').first().waitFor();
  await page.close();
});

test('the dashboard counts published products that are out of stock, and leads to those alone', async () => {
  const page = await owner.newPage();
  await page.goto(`${server.origin}/store/weber-livres`);
  const look = page.getByRole('listitem').filter({ hasText: 'published products are out of stock' });
  const count = /^[\d,]+/.exec(await look.innerText())?.[0];
  await look.getByRole('link', { name: /^See/ }).click();
  await page.getByText(new RegExp(`^1–\\d+ of ${count}$`)).waitFor();
  expect(await page.getByRole('button', { name: 'In the shop: Published' }).count()).toBe(1);
  await page.close();
});

test('who leaves with changes is asked, and can stay', async () => {
  const page = await open('?q=river');
  await cell(page, 0, 'Most per order').fill('8');
  await page.getByRole('link', { name: 'Overview' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'Leave without saving?' });
  await dialog.waitFor();
  expect(await isFocused(dialog.getByRole('button', { name: 'Keep editing' }))).toBe(true);
  await page.keyboard.press('Enter');
  await dialog.waitFor({ state: 'detached' });
  expect(await cell(page, 0, 'Most per order').inputValue()).toBe('8');
  await page.getByRole('link', { name: 'Overview' }).first().click();
  await dialog.getByRole('button', { name: 'Leave' }).click();
  await page.waitForURL(/\/store\/weber-livres$/);
  await page.close();
});

test('an import that is over in a moment changes what the open page says of the feed', async () => {
  const edition = (availability: string) =>
    Buffer.from(`id,title,price,availability\nQUICK-1,Quick lamp,9.90 EUR,${availability}\n`);
  await importInto('weber-deco', edition('in_stock'));
  await publish('weber-deco');
  const page = await owner.newPage();
  const heard = page
    .waitForEvent('websocket')
    .then((socket) =>
      socket.waitForEvent('framereceived', ({ payload }) => String(payload).includes('statsChanged')),
    );
  await page.goto(`${server.origin}/store/weber-deco/inventory?q=quick`);
  await row(page, 0).getByText('In stock, as in the feed').waitFor({ state: 'attached' });
  await heard;
  await importInto('weber-deco', edition('out_of_stock'));
  await row(page, 0).getByText('Out of stock, as in the feed').waitFor({ state: 'attached' });
  await page.close();
});

test('staff look only, and another merchant finds nothing', async () => {
  const staff = await signedInContext(browser, server, 'staff');
  const page = await open('', staff);
  expect(await page.locator('table').locator('input, select').count()).toBe(0);
  expect(await page.getByRole('button', { name: 'Save' }).count()).toBe(0);
  expect(await page.getByRole('checkbox').count()).toBe(0);
  expect(await row(page, 0).innerText()).toMatch(/no limit/);
  await staff.close();
  const other = await signedInContext(browser, server, 'other');
  const elsewhere = await other.newPage();
  await elsewhere.goto(`${server.origin}/store/weber-livres/inventory`);
  await elsewhere.getByRole('heading', { name: 'There is no such page' }).waitFor();
  await other.close();
});
