// @module-tag web
// @module-tag browser
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { openAdminSite, patience } from './admin-site.ts';
import { tabTo } from './tab-to.ts';

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

const brands = (page: Page) => dialog(page, 'Brand').getByRole('listitem');
/** The brand whose box has the focus. */
const focusedBrand = (page: Page) =>
  page.evaluate(() => document.activeElement?.closest('li')?.textContent.trim());

test('brands are chosen one after the other by keyboard; those that were chosen stand first the next time', () =>
  as('owner', async (page) => {
    await open(page, `${store}/products/marketplace`, 'Products');
    await tabTo(page, page.getByRole('button', { name: 'Brand' }));
    await page.keyboard.press('Enter');
    await brands(page).nth(4).waitFor(patience);
    const order = await brands(page).allInnerTexts();
    for (const place of [2, 4]) {
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('ArrowDown');
      if (place === 2) await page.keyboard.press('ArrowDown');
      expect(await focusedBrand(page)).toBe(order[place]);
      await page.keyboard.press('Space');
      await expect.poll(() => new URL(page.url()).searchParams.getAll('brand')).toContain(order[place]);
      expect(await focusedBrand(page)).toBe(order[place]);
    }
    expect(await brands(page).allInnerTexts()).toEqual(order);
    await page.keyboard.press('Escape');
    await brands(page).first().waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: 'Brand: 2' }).click();
    await brands(page).nth(4).waitFor(patience);
    expect((await brands(page).allInnerTexts()).slice(0, 2)).toEqual([order[2], order[4]]);
  }));

test('more brands than an address holds cannot be ticked, and it is said why', () =>
  as('owner', async (page) => {
    const chosen = Array.from({ length: 20 }, (_, index) => `brand=Chosen+${index}`).join('&');
    await open(page, `${store}/products/marketplace?${chosen}`, 'Products');
    await page.getByRole('button', { name: 'Brand: 20' }).click();
    const boxes = dialog(page, 'Brand').getByRole('checkbox');
    await boxes.nth(20).waitFor(patience);
    expect([await boxes.nth(20).isDisabled(), await boxes.nth(19).isDisabled()]).toEqual([true, false]);
    const why = dialog(page, 'Brand').getByText('No more than 20 brands can be chosen at a time.');
    await why.waitFor();
    await boxes.first().click();
    await why.waitFor({ state: 'detached' });
    await boxes.nth(20).click();
    await expect.poll(() => new URL(page.url()).searchParams.getAll('brand').length).toBe(20);
    expect(await boxes.nth(20).isChecked()).toBe(true);
  }));
