// @module-tag web
// @module-tag browser
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { openAdminSite, patience } from './admin-site.ts';

const site = openAdminSite();
const { as, open } = site;
const store = '/store/weber-livres';

const title = (page: Page, name: string | RegExp) =>
  page.getByRole('heading', { level: 1, name }).waitFor(patience);
const dialog = (page: Page, name: string) => page.getByRole('dialog', { name });
/** Where the focus is when nothing has it that hears keys itself. */
const leaveFields = (page: Page) => page.getByRole('heading', { level: 1 }).focus();

test('single keys that are switched off where they are listed are off in the settings, too', () =>
  as('staff', async (page, context) => {
    await open(page, `${store}/settings`, 'Settings');
    const inSettings = page.getByRole('main').getByRole('switch', { name: 'Single keys' });
    await inSettings.waitFor();
    await leaveFields(page);
    await page.keyboard.press('?');
    await dialog(page, 'All keys').getByRole('switch', { name: 'Single keys' }).click();
    await page.keyboard.press('Escape');
    await dialog(page, 'All keys').waitFor({ state: 'hidden' });
    expect(await inSettings.isChecked()).toBe(false);

    const elsewhere = await context.newPage();
    await open(elsewhere, `${store}/settings`, 'Settings');
    await elsewhere.getByRole('main').getByRole('switch', { name: 'Single keys' }).click();
    await expect.poll(() => inSettings.isChecked()).toBe(true);
    await leaveFields(page);
    await page.keyboard.press('?');
    await dialog(page, 'All keys').waitFor();
  }));

test('what is marked in the palette stays so when the server has found more, and Enter goes there', () =>
  as('owner', async (page) => {
    await open(page, `${store}/products`, 'Products');
    const answering = Promise.withResolvers<void>();
    await page.route('**/graphql', async (route) => {
      if (route.request().postData()?.includes('query FindStores')) await answering.promise;
      await route.continue();
    });
    await page.keyboard.press('Control+k');
    await page.keyboard.type('livres');
    const marked = dialog(page, 'Search or jump to').getByRole('option', { selected: true });
    await expect.poll(() => marked.innerText()).toContain('Import products into Weber Livres');
    answering.resolve();
    await page.getByRole('group', { name: 'Stores' }).getByRole('option').first().waitFor(patience);
    expect(await marked.innerText()).toContain('Import products into Weber Livres');
    await page.keyboard.press('Enter');
    await title(page, 'Import products');
  }));
