// @module-tag web
// @module-tag browser
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openBrowser } from './browser.ts';
import {
  askApi,
  signedInContext,
  startDemoServer,
  type DemoAccount,
  type DemoServer,
} from './demo-server.ts';

let browser: Browser;
let server: DemoServer;
beforeAll(async () => {
  [browser, server] = await Promise.all([openBrowser(), startDemoServer()]);
}, 90_000);
afterAll(() => browser?.close());

async function as(
  account: DemoAccount,
  use: (page: Page, context: BrowserContext) => Promise<void>,
  viewport = { width: 1280, height: 900 },
) {
  const context = await signedInContext(browser, server, account, { viewport });
  await use(await context.newPage(), context).finally(() => context.close());
}

/** The address of the first catalogue product of a store. */
async function productPath(context: BrowserContext): Promise<string> {
  const query = `{ products(filter: { storeCode: "weber-livres" }, first: 1) {
    edges { node { marketplaceProduct { id } } }
  } }`;
  type Found = { products: { edges: { node: { marketplaceProduct: { id: string } } }[] } };
  const { products } = await askApi<Found>(context, server, query);
  const id = products.edges[0]?.node.marketplaceProduct.id ?? '';
  return `/store/weber-livres/products/${encodeURIComponent(id)}`;
}

const isFocused = (locator: Locator) => locator.evaluate((element) => element === document.activeElement);
const question = (page: Page) => page.getByRole('dialog', { name: 'Leave without saving?' });
const signOut = async (page: Page) => {
  await page.getByRole('button', { name: 'Account, language and theme' }).click();
  await page.getByRole('button', { name: 'Sign out', exact: true }).click();
};
const signedOut = (page: Page) => page.getByRole('heading', { name: 'Hello' }).waitFor();

/** Types into a field; who signs out then is asked, can stay with all that was typed, and can leave. */
async function isAsked(page: Page, field: Locator, loss: string, leave = signOut): Promise<void> {
  await field.fill('7');
  await leave(page);
  await question(page).getByText(loss).waitFor();
  const stay = question(page).getByRole('button', { name: 'Keep editing' });
  expect(await isFocused(stay)).toBe(true);
  await stay.click();
  await question(page).waitFor({ state: 'detached' });
  expect(await field.inputValue()).toBe('7');
  await leave(page);
  await question(page).getByRole('button', { name: 'Leave' }).click();
  await signedOut(page);
  expect(new URL(page.url()).pathname).toBe('/login');
}

const typedLoss = 'What you typed and did not save will be lost.';

describe('who signs out is asked about', () => {
  test('changed cells of the inventory', () =>
    as('owner', async (page) => {
      await page.goto(`${server.origin}/store/weber-livres/inventory`);
      const field = page
        .locator('tbody')
        .getByRole('textbox', { name: /^Most per order/ })
        .first();
      await isAsked(page, field, '1 change will be lost.');
    }));

  test('a value of a product that is open', () =>
    as('owner', async (page, context) => {
      await page.goto(server.origin + (await productPath(context)));
      await page.getByRole('button', { name: 'Change: Least per order', exact: true }).click();
      const field = page.getByLabel('Your value: Least per order');
      await isAsked(page, field, 'Least per order: what you typed is not saved and will be lost.');
    }));

  test.each<[string, DemoAccount, string, string]>([
    ['settings', 'owner', '/store/weber-livres/settings', 'Name of the store'],
    ['a store', 'admin', '/admin/stores/weber-deco/edit', 'Name'],
    ['a new merchant', 'admin', '/admin/merchants/new', 'Name'],
  ])('%s', (_what, account, path, label) =>
    as(account, async (page) => {
      await page.goto(server.origin + path);
      await isAsked(page, page.getByRole('textbox', { name: label, exact: true }), typedLoss);
    }),
  );

  test('settings, on a phone', () =>
    as(
      'owner',
      async (page) => {
        await page.goto(`${server.origin}/store/weber-livres/settings`);
        const field = page.getByRole('textbox', { name: 'Name of the store' });
        await isAsked(page, field, typedLoss, async () => {
          await page.getByRole('button', { name: 'More', exact: true }).click();
          await page.getByRole('dialog', { name: 'More' }).getByRole('button', { name: 'Sign out' }).click();
        });
      },
      { width: 390, height: 780 },
    ));
});

test('who signs out everywhere is told in the same question what is not saved', () =>
  as('staff', async (page) => {
    await page.goto(`${server.origin}/store/weber-livres/settings`);
    const everywhere = page.getByRole('main').getByRole('button', { name: 'Sign out everywhere' });
    await everywhere.click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('You are signed out here too.').waitFor();
    expect(await dialog.getByText(typedLoss).count()).toBe(0);
    await page.keyboard.press('Escape');
    await page.getByLabel('Your name').fill('Somebody');
    await everywhere.click();
    await dialog.getByText(typedLoss).waitFor();
  }));

/** The text in the one live region of a page. */
const said = (page: Page) => page.locator('[aria-live="polite"][aria-atomic="true"]').innerText();

test.each(['here', 'at another tab'])(
  'nothing of what was said is left when somebody signs out %s',
  (where) =>
    as('owner', async (page, context) => {
      await page.goto(`${server.origin}/store/weber-livres/products/marketplace`);
      const publish = page.getByRole('button', { name: /^(Publish|Unpublish): / }).first();
      await publish.click();
      await expect.poll(() => said(page), { timeout: 10_000 }).toMatch(/published\.$/);
      await page.route('**/graphql', (route) =>
        /mutation (Unp|P)ublishProducts/.test(route.request().postData() ?? '')
          ? route.abort()
          : route.continue(),
      );
      await publish.click();
      const notice = page.getByText(/was not changed$/);
      await notice.waitFor();

      const other = await context.newPage();
      await other.goto(`${server.origin}/store/weber-livres`);
      await signOut(where === 'here' ? page : other);
      await signedOut(page);
      expect(await notice.count()).toBe(0);
      expect(await said(page)).toBe('');
    }),
);
