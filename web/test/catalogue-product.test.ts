// @module-tag web
// @module-tag browser
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openCatalogueShop, type CatalogueShop } from './catalogue-shop.ts';

let shop: CatalogueShop;
const edition = (price: string, availability = 'in_stock', shadePrice = '9.90 EUR') => [
  { id: 'LAMP', title: 'Lamp', price, availability },
  { id: 'SHADE', title: 'Shade', price: shadePrice },
  { id: 'BARE', title: 'Bare', price: '' },
];

beforeAll(async () => {
  shop = await openCatalogueShop();
  await shop.importProducts(edition('24.90 EUR'));
}, 120_000);
afterAll(() => shop?.close());

const openProduct = async (number: string): Promise<Page> => {
  const page = await shop.open(`products/${encodeURIComponent(await shop.idOf(number))}`);
  await page.getByRole('heading', { name: 'Price and sale in your shop' }).waitFor();
  return page;
};
const value = (page: Page, label: string) =>
  page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: label, exact: true }) });
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

/** Nothing that asks for `operation` is answered from now on. */
const unanswer = (page: Page, operation: string) =>
  page.route('**/graphql', (route) =>
    route.request().postData()?.includes(`query ${operation}(`) ? route.abort() : route.continue(),
  );

/** Sets a value in its place, by keyboard alone once the field is open. */
async function set(page: Page, label: string, typed: string): Promise<void> {
  await button(page, `Change: ${label}`).click();
  await page.getByLabel(`Your value: ${label}`).fill(typed);
  await page.keyboard.press('Enter');
}

test('an own price is set in its place, beside that of the feed; what cannot be read is marked and stays', async () => {
  const page = await openProduct('LAMP');
  await set(page, 'Price', 'cheap');
  await page.getByText('Write an amount such as 24.90.').waitFor();
  const field = page.getByLabel('Your value: Price');
  expect(await field.getAttribute('aria-invalid')).toBe('true');
  expect(await field.inputValue()).toBe('cheap');
  await field.fill('22,5');
  await page.keyboard.press('Enter');
  await value(page, 'Price').getByText('€22.50').waitFor();
  expect(await value(page, 'Price').innerText()).toContain('€24.90');
  expect(
    await button(page, 'Change: Price').evaluate(
      (one) => one.closest('tr') === document.activeElement?.closest('tr'),
    ),
  ).toBe(true);
  await page.reload();
  await value(page, 'Price').getByText('€22.50').waitFor();
  await page.close();
});

test('what the server refuses is said at its field, which keeps what was typed', async () => {
  const page = await openProduct('LAMP');
  await set(page, 'Sale price', '30');
  await page.getByText('A sale price is above zero and lower than the price.').waitFor();
  const field = page.getByLabel('Your value: Sale price');
  expect(await field.getAttribute('aria-invalid')).toBe('true');
  expect(await field.inputValue()).toBe('30');
  await page.keyboard.press('Escape');
  await field.waitFor({ state: 'detached' });
  await set(page, 'Most per order', '5');
  await value(page, 'Most per order').getByText('own value: 5').waitFor();
  await set(page, 'Least per order', '6');
  await page.getByText('the most is no smaller than the fewest').waitFor();
  await page.keyboard.press('Escape');
  await button(page, 'Remove: Most per order').click();
  await value(page, 'Most per order').getByText('no limit').waitFor();
  await page.close();
});

test('when the feed moves the open page says so by itself; the own value is kept in one press', async () => {
  const page = await openProduct('LAMP');
  await value(page, 'Price').getByText('€22.50').waitFor();
  await shop.importProducts(edition('26.90 EUR'));
  const note = page.getByRole('region', { name: 'The feed price has changed since you set yours.' });
  await note.getByText('You set €22.50 when the feed said €24.90. The feed now says €26.90.').waitFor();
  await value(page, 'Price').getByText('€2.00').waitFor();

  const list = await shop.open('products?drifted=1');
  await list.locator('tbody tr').filter({ hasText: 'Lamp' }).getByText('Feed has moved').waitFor();
  await list.close();

  await note.getByRole('button', { name: 'Keep €22.50' }).click();
  await note.waitFor({ state: 'detached' });
  // The button is gone: the focus is not.
  await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('H1');
  await page.reload();
  await value(page, 'Price').getByText('€22.50').waitFor();
  expect(await note.count()).toBe(0);
  await page.close();
});

test('an own value of which the feed has moved is dropped in one press', async () => {
  await shop.importProducts(edition('27.90 EUR'));
  const page = await openProduct('LAMP');
  await page.getByRole('button', { name: 'Use €27.90' }).click();
  await value(page, 'Price').getByText('as in feed').waitFor();
  expect(await value(page, 'Price').innerText()).toContain('€27.90');
  await page.close();
});

test('a choice among few is set and dropped; publishing and taking back are on the page', async () => {
  const page = await openProduct('SHADE');
  await page.getByRole('button', { name: 'Publish: Shade' }).click();
  await page.getByText('Published', { exact: true }).waitFor();
  await button(page, 'Change: Availability').click();
  await page.getByLabel('Your value: Availability').selectOption('Out of stock');
  await button(page, 'Save').click();
  await value(page, 'Availability').getByText('Out of stock').waitFor();
  await button(page, 'Change: Price').click();
  const price = page.getByLabel('Your value: Price');
  await price.fill('8,50');
  await button(page, 'Use feed: Availability').click();
  await value(page, 'Availability').getByText('as in feed').waitFor();
  expect(await price.inputValue()).toBe('8,50');
  await price.press('Escape');
  await page.getByRole('switch', { name: 'Active' }).click();
  await page.getByText('Switched off', { exact: true }).waitFor();
  await page.getByRole('switch', { name: 'Active' }).click();
  await page.getByRole('button', { name: 'Unpublish: Shade' }).click();
  await page.getByText('Not published', { exact: true }).waitFor();
  await page.close();
});

test('what is saved once its field was left does not take the focus from where it is', async () => {
  const page = await openProduct('SHADE');
  const held = Promise.withResolvers<undefined>();
  await page.route('**/graphql', async (route) => {
    if (route.request().postData()?.includes('mutation ChangeCatalogueProduct(')) await held.promise;
    await route.continue();
  });
  await set(page, 'Least per order', '3');
  await page.keyboard.press('Escape');
  await button(page, 'Preview').focus();
  held.resolve(undefined);
  await value(page, 'Least per order').getByText('own value: 3').waitFor();
  expect(await button(page, 'Preview').evaluate((one) => one === document.activeElement)).toBe(true);
  await button(page, 'Remove: Least per order').click();
  await value(page, 'Least per order').getByText('own value').waitFor({ state: 'detached' });
  await page.close();
});

test('values that could not be read again are said to be so', async () => {
  const page = await openProduct('SHADE');
  await unanswer(page, 'ProductOnPage');
  await set(page, 'Most per order', '9');
  await page.getByText('Check your connection and try again.').waitFor();
  await page.unroute('**/graphql');
  await button(page, 'Load again').click();
  await value(page, 'Most per order').getByText('own value: 9').waitFor();
  expect(await page.getByText('Check your connection').count()).toBe(0);
  await page.close();
});

test('a product without a price says why it cannot be published, and can be as soon as it has an own one', async () => {
  const page = await openProduct('BARE');
  await page.getByRole('button', { name: 'Publish: Bare' }).click();
  await page.getByText('The feed gives no price for this product').waitFor();
  await set(page, 'Price', '5');
  await value(page, 'Price').getByText('€5.00').waitFor();
  await page.getByRole('button', { name: 'Publish: Bare' }).click();
  await page.getByText('Published', { exact: true }).waitFor();
  await button(page, 'Change: Most per order').click();
  const most = page.getByLabel('Your value: Most per order');
  await most.fill('7');
  await button(page, 'Use feed: Price').click();
  await page.getByRole('alert').getByText('what is published needs one').waitFor();
  expect(await most.inputValue()).toBe('7');
  await page.close();
});

test('what is typed in one value is saved when another is opened; what cannot be saved stays, and is asked about', async () => {
  const page = await openProduct('BARE');
  await button(page, 'Change: Price').click();
  await page.getByLabel('Your value: Price').fill('6,50');
  await button(page, 'Change: Least per order').click();
  await value(page, 'Price').getByText('€6.50').waitFor();
  const least = page.getByLabel('Your value: Least per order');
  await least.waitFor();
  expect(await least.evaluate((field) => field === document.activeElement)).toBe(true);
  await least.fill('few');
  await button(page, 'Change: Price').click();
  await page.getByText('Write a whole number from 1.').waitFor();
  expect(await page.getByLabel('Your value: Price').count()).toBe(0);
  expect(await least.inputValue()).toBe('few');
  expect(await least.evaluate((field) => field === document.activeElement)).toBe(true);
  await page.getByRole('link', { name: 'Overview' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'Leave without saving?' });
  await dialog.getByText('Least per order: what you typed is not saved and will be lost.').waitFor();
  await dialog.getByRole('button', { name: 'Keep editing' }).click();
  expect(await least.inputValue()).toBe('few');
  await page.getByRole('link', { name: 'Overview' }).first().click();
  await dialog.getByRole('button', { name: 'Leave' }).click();
  await page.waitForURL(/\/store\/kirchberg-velo$/);
  await page.close();
});

test('what is published and loses its price in the feed is said to be out of sight', async () => {
  await shop.publish('SHADE');
  await shop.importProducts(edition('27.90 EUR', 'in_stock', ''));
  const page = await openProduct('SHADE');
  await page.getByText('Published, without a price', { exact: true }).waitFor();
  await page.getByText('Shoppers do not see it until it has a price.').waitFor();
  await button(page, 'Preview').click();
  await page.getByText('Nobody sees this now: the product has no price.').waitFor();
  await page.close();
  for (const path of ['products?q=Shade', 'products/marketplace?q=Shade']) {
    const list = await shop.open(path);
    await list.getByRole('table').getByText('Published, without a price', { exact: true }).waitFor();
    await list.close();
  }
});

test('what is published is said to be out of sight once its offer has ended', async () => {
  await shop.importProducts([...edition('27.90 EUR'), { id: 'VASE', title: 'Vase' }]);
  await shop.publish('VASE');
  const expires = '2026-01-31T18:00+01:00';
  await shop.importProducts([...edition('27.90 EUR'), { id: 'VASE', title: 'Vase', expires }]);
  const page = await openProduct('VASE');
  await page.getByText('Published, offer ended', { exact: true }).waitFor();
  const reason = 'Nobody sees this now: by its feed, the offer ended on 31 Jan 2026, 18:00:00.';
  await page.getByText(reason).waitFor();
  await button(page, 'Preview').click();
  await page.getByRole('dialog').getByText(reason).waitFor();
  await page.close();
  for (const path of ['products?q=Vase', 'products/marketplace?q=Vase']) {
    const list = await shop.open(path);
    await list.getByRole('table').getByText('Published, offer ended', { exact: true }).waitFor();
    await list.close();
  }
});

test('the preview shows what a shopper gets, and says when a text is of another language', async () => {
  const page = await openProduct('LAMP');
  await set(page, 'Sale price', '19.90');
  await value(page, 'Sale price').getByText('€19.90').waitFor();
  await button(page, 'Preview').click();
  const preview = page.getByRole('dialog', { name: 'As a shopper sees it' });
  await preview.getByRole('heading', { level: 3, name: 'Lamp' }).waitFor();
  expect(await preview.locator('s').innerText()).toContain('€27.90');
  expect(await preview.getByText('There are no texts').count()).toBe(0);
  await preview.getByRole('radio', { name: 'Deutsch' }).click();
  await preview.getByText('There are no texts in German. Shoppers see those in English.').waitFor();
  await preview.getByText('Auf Lager').waitFor();
  expect(await preview.locator('s').innerText()).toMatch(/27,90\s€/);
  await page.setViewportSize({ width: 390, height: 844 });
  const sideways = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(sideways).toBe(0);
  await page.keyboard.press('Escape');
  await preview.waitFor({ state: 'hidden' });
  await page.close();
});

test('the former address of a product leads to its page', async () => {
  const id = encodeURIComponent(await shop.idOf('LAMP'));
  const page = await shop.open(`products/marketplace/${id}`);
  await page.getByRole('heading', { name: 'Price and sale in your shop' }).waitFor();
  expect(page.url()).toContain(`/products/${id}`);
  await page.close();
});

test('all own values of which the feed has moved are dropped together, after a question', async () => {
  const product = await openProduct('LAMP');
  await set(product, 'Price', '25');
  await value(product, 'Price').getByText('€25.00').waitFor();
  await shop.importProducts(edition('28.90 EUR'));
  const page = await shop.open('products?drifted=1');
  const note = page.getByRole('region', { name: 'Own values from which the feed has moved' });
  await note.getByText('The feed has moved on 1 product.').waitFor();
  // How many there are is asked apart: what is listed can be counted as well.
  const alone = await shop.owner.newPage();
  await unanswer(alone, 'CatalogueFigures');
  await alone.goto(page.url());
  await alone.getByText('The feed has moved on 1 product.').waitFor();
  await alone.close();
  await note.getByRole('button', { name: 'Use the feed for all' }).click();
  // What settles all of them does not stand over some of them.
  const some = await shop.open('products?drifted=1&q=Lamp');
  await some.getByRole('table').getByRole('link', { name: 'Lamp' }).waitFor();
  expect(await some.getByRole('region', { name: 'Own values from which the feed has moved' }).count()).toBe(
    0,
  );
  await some.close();
  const question = page.getByRole('dialog', { name: 'Use the feed for all of them?' });
  await question.getByText('the own values of 1 product are dropped and cannot be').waitFor();
  await question.getByRole('button', { name: 'Use the feed for all' }).click();
  await page.getByText('No product matches').waitFor();
  await product.reload();
  await value(product, 'Price').getByText('as in feed').waitFor();
  await page.close();
  await product.close();
});

test('the dashboard does not say that nothing needs a look before that is known', async () => {
  const page = await shop.owner.newPage();
  const [asked, held] = [Promise.withResolvers<undefined>(), Promise.withResolvers<undefined>()];
  await page.route('**/graphql', async (route) => {
    if (route.request().postData()?.includes('query StoreOverview')) {
      asked.resolve(undefined);
      await held.promise;
    }
    await route.continue();
  });
  await page.goto(`${shop.server.origin}/store/${shop.storeCode}`);
  await asked.promise;
  const panel = page.getByRole('region', { name: 'Needs a look' });
  await panel.locator('[aria-busy=true]').waitFor();
  expect(await panel.innerText()).toBe('Needs a look');
  held.resolve(undefined);
  await panel.locator('[aria-busy=true]').waitFor({ state: 'detached' });
  await page.close();
});

test('nor does it say so where that could not be read', async () => {
  await shop.addStore('quiet');
  await shop.importProducts([{ id: 'VASE', title: 'Vase' }], 'quiet');
  const page = await shop.owner.newPage();
  await unanswer(page, 'StoreSoldOut');
  await page.goto(`${shop.server.origin}/store/quiet`);
  const panel = page.getByRole('region', { name: 'Needs a look' });
  await panel.getByText('The server cannot be reached').waitFor();
  await page.unroute('**/graphql');
  await panel.getByRole('button', { name: 'Load again' }).click();
  await panel.getByText('Nothing: the last import').waitFor();

  // What has changed since and cannot be read again is said to be as it was.
  await unanswer(page, 'StoreOverview');
  await shop.importProducts([{ id: 'VASE', title: 'Vase', price: '12.00 EUR' }], 'quiet');
  await page.getByText('Check your connection and try again.').waitFor();
  await page.close();
});
