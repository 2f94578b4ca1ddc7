// @module-tag web
// @module-tag browser
import type { BrowserContext, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { openAdminSite, patience } from './admin-site.ts';
import { axeFindings } from './axe.ts';
import { askApi } from './demo-server.ts';

const site = openAdminSite();
const { as, open } = site;

const ofHome = /Your account belongs to no store/;

/** Somebody who has a merchant, to which no store belongs yet. */
async function ownerWithoutStore(admin: BrowserContext, name: string) {
  const [email, password] = [`${name}@example.test`, 'seven green wheelbarrows'];
  const user = 'mutation ($input: CreateUserInput!) { createUser(input: $input) { __typename } }';
  await askApi(admin, site.server, user, { input: { email, name, password } });
  const merchant = `mutation ($input: CreateMerchantInput!) {
    createMerchant(input: $input) { ... on CreateMerchantPayload { merchant { id } } }
  }`;
  const made = await askApi<{ createMerchant: { merchant: { id: string } } }>(admin, site.server, merchant, {
    input: { name: `Maison ${name}`, contactEmail: email, ownerEmail: email },
  });
  return { email, password, merchant: `Maison ${name}`, id: made.createMerchant.merchant.id };
}

/** Signs in where the admin who made the account was. */
async function signIn(page: Page, { email, password }: { email: string; password: string }): Promise<void> {
  await page.context().clearCookies();
  await page.goto(site.server.origin);
  await page.getByLabel('E-mail address').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

test('who owns a merchant without a store is told to wait for one, and led to the merchant, on a phone too', () =>
  as(
    'admin',
    async (page, admin) => {
      const { merchant, ...account } = await ownerWithoutStore(admin, 'patient');
      await signIn(page, account);
      await page.getByText('Your first store appears here').waitFor(patience);
      expect(await page.getByText(ofHome).count()).toBe(0);
      expect(await axeFindings(page)).toEqual([]);
      await page.getByRole('link', { name: merchant }).click();
      await page.getByRole('heading', { level: 1, name: merchant }).waitFor(patience);
      await page.getByText('No store yet').waitFor();
      expect(await page.getByText(ofHome).count()).toBe(0);
    },
    { viewport: { width: 390, height: 844 } },
  ));

test('who has more stores than are listed is told so, and finds the others by search', () =>
  as('admin', async (page, admin) => {
    const { id, ...account } = await ownerWithoutStore(admin, 'many');
    const create = 'mutation ($input: CreateStoreInput!) { createStore(input: $input) { __typename } }';
    for (const code of ['atelier-a', 'atelier-b', 'atelier-c']) {
      await askApi(admin, site.server, create, { input: { code, name: code, merchantId: id } });
    }
    // A hundred and one would take long to make.
    await page.route('**/graphql', (route) => {
      const asked = route.request().postData() ?? '';
      return route.continue({ postData: asked.replace('"first":100', '"first":2') });
    });
    await signIn(page, account);
    await page.getByText('These are the first 2.').waitFor(patience);
    expect(await page.getByRole('link', { name: 'atelier-c' }).count()).toBe(0);
    expect(await axeFindings(page)).toEqual([]);
    await page.getByRole('button', { name: 'Search or jump to' }).click();
    await page.keyboard.type('atelier-c');
    await page.getByRole('option', { name: /atelier-c/ }).click();
    await page.waitForURL(/\/store\/atelier-c/);
  }));

test('an admin who sees no stores is not told to ask an owner', () =>
  as('admin', async (page, context) => {
    const { id, merchant } = await ownerWithoutStore(context, 'waiting');
    await open(page, `/admin/merchants/${encodeURIComponent(id)}`, merchant);
    await page.getByText('No store yet').waitFor();
    expect(await page.getByText(ofHome).count()).toBe(0);

    // The demo has stores: the answer is made one of a platform without.
    await page.route('**/graphql', async (route) => {
      if (!route.request().postData()?.includes('query StoreList')) return route.continue();
      const answer = await route.fetch();
      const body = (await answer.json()) as { data: { stores: object } };
      const stores = { ...body.data.stores, edges: [], totalCount: 0 };
      return route.fulfill({ response: answer, json: { ...body, data: { ...body.data, stores } } });
    });
    await open(page, '/admin/stores', 'Stores');
    await page.getByText('No store yet').waitFor();
    expect(await page.getByText(ofHome).count()).toBe(0);
  }));

test('errors that cannot be fetched as a file are not said to be unsaved', () =>
  as('owner', async (page) => {
    await open(page, '/store/weber-livres/marketplace', 'Import products');
    await page.getByRole('table').getByRole('link', { name: 'English feed' }).first().click();
    await page.route('**/graphql', (route) =>
      route.request().postData()?.includes('query ImportIssuesCsv')
        ? route.fulfill({
            json: { errors: [{ message: 'No.', extensions: { code: 'INTERNAL', requestId: '7f3a-92c1' } }] },
          })
        : route.continue(),
    );
    await page.getByRole('button', { name: 'Errors as CSV' }).click(patience);
    await page.getByText('The server could not answer this', { exact: false }).waitFor();
    await page.getByText('Request 7f3a-92c1').waitFor();
    expect(await page.getByText(/could not be saved|Your input/).count()).toBe(0);
  }));
