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

/** The paths that a page comes to, from now on. */
function watchPaths(page: Page): readonly string[] {
  const paths: string[] = [];
  page.on('framenavigated', (frame) => {
    const path = new URL(frame.url()).pathname;
    // One page may set its address twice.
    if (paths.at(-1) !== path) paths.push(path);
  });
  return paths;
}

test('Esc leads to the page above, and from the place itself nowhere', () =>
  as('owner', async (page) => {
    await open(page, `${store}/products/marketplace`, 'Products');
    const paths = watchPaths(page);
    await page.keyboard.press('Escape');
    await page.waitForURL(`**${store}/products`);
    await page.keyboard.press('Escape');
    await title(page, 'Weber Livres');
    await page.keyboard.press('Escape');
    await page.keyboard.press('g');
    await page.keyboard.press('i');
    await title(page, 'Import products');
    await page.getByRole('table').getByRole('link', { name: 'English feed' }).first().click();
    await page.getByRole('heading', { name: 'Import products' }).waitFor({ state: 'detached', ...patience });
    await page.keyboard.press('Escape');
    await title(page, 'Import products');
    expect(paths).toEqual([
      `${store}/products`,
      store,
      `${store}/marketplace`,
      expect.stringMatching(`^${store}/marketplace/.`),
      `${store}/marketplace`,
    ]);
  }));

test('Esc that closes something, or is pressed in a field, leads nowhere; nor does one that is held', () =>
  as('owner', async (page) => {
    await open(page, `${store}/products/marketplace`, 'Products');
    const paths = watchPaths(page);
    const chip = page.getByRole('button', { name: 'Availability' });
    await chip.click();
    await page.getByRole('option', { name: 'In stock', exact: true }).waitFor();
    await leaveFields(page);
    await page.keyboard.press('Escape');
    await page.getByRole('option', { name: 'In stock', exact: true }).waitFor({ state: 'hidden' });
    await page.getByRole('searchbox').focus();
    await page.keyboard.press('Escape');
    await leaveFields(page);
    await page.keyboard.press('?');
    await dialog(page, 'All keys').waitFor();
    // The second one comes while the key is still down.
    await page.keyboard.down('Escape');
    await dialog(page, 'All keys').waitFor({ state: 'hidden' });
    await page.keyboard.down('Escape');
    await page.keyboard.up('Escape');
    // Whatever led somewhere has done so by the time that this is open.
    await page.keyboard.press('?');
    await dialog(page, 'All keys').waitFor();
    await page.keyboard.press('Escape');
    await dialog(page, 'All keys').waitFor({ state: 'hidden' });
    await page.keyboard.press('g');
    await page.keyboard.press('i');
    await title(page, 'Import products');
    expect(paths).toEqual([`${store}/marketplace`]);
  }));

test('Esc on the result of a check leads to the form that asked for it', () =>
  as('owner', async (page) => {
    await open(page, `${store}/marketplace`, 'Import products');
    await page.getByRole('button', { name: 'English', exact: true }).click();
    const address = page.getByRole('textbox', { name: 'Feed address' });
    const typed = await address.inputValue();
    await page.getByRole('button', { name: 'Check feed' }).click();
    await page.getByRole('heading', { name: 'Import products' }).waitFor({ state: 'detached', ...patience });
    await page.keyboard.press('Escape');
    await title(page, 'Import products');
    expect(await address.inputValue()).toBe(typed);
  }));

test('Esc asks before what is not saved is lost', () =>
  as('owner', async (page) => {
    await open(page, `${store}/settings`, 'Settings');
    const feed = page.getByRole('textbox', { name: 'English feed' });
    const typed = `${await feed.inputValue()}?typed`;
    await feed.fill(typed);
    await leaveFields(page);
    await page.keyboard.press('Escape');
    const question = dialog(page, 'Leave without saving?');
    await question.waitFor();
    await page.keyboard.press('Escape');
    await question.waitFor({ state: 'hidden' });
    expect(await feed.inputValue()).toBe(typed);
    await leaveFields(page);
    await page.keyboard.press('Escape');
    await question.getByRole('button', { name: 'Leave' }).click();
    await title(page, 'Weber Livres');
  }));

/** What "All keys" says that `n` and `c` do on the page that is shown. */
async function listedKeys(page: Page): Promise<Readonly<Record<string, string>>> {
  await page.keyboard.press('?');
  const rows = dialog(page, 'All keys').locator('dl > div');
  await rows.first().waitFor();
  const lines = await rows.evaluateAll((found) =>
    found.map((row) => [row.querySelector('dd')?.textContent.trim(), row.querySelector('dt')?.textContent]),
  );
  await page.keyboard.press('Escape');
  await dialog(page, 'All keys').waitFor({ state: 'hidden' });
  return Object.fromEntries(lines.filter(([key]) => key === 'n' || key === 'c')) as Record<string, string>;
}

test('keys of a page are listed on that page, as what they do there', () =>
  as('admin', async (page) => {
    const listed = async (path: string, name: string | RegExp) => {
      await open(page, path, name);
      return listedKeys(page);
    };
    expect(await listed('/admin/stores', 'Stores')).toEqual({ n: 'New store' });
    expect(await listed('/admin/imports', 'Imports')).toEqual({ n: 'Start an import' });
    expect(await listed('/admin/logs', 'Log')).toEqual({});
    expect(await listed(`${store}/products`, 'Products')).toEqual({});
    expect(await listed(`${store}/marketplace`, 'Import products')).toEqual({
      n: 'New import',
      c: 'Check a feed',
    });
  }));

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

test('letters that are typed in one go are asked for once', () =>
  as('owner', async (page) => {
    await open(page, `${store}/products`, 'Products');
    let asked = 0;
    page.on('request', (request) => {
      if (request.postData()?.includes('query FindStores')) asked++;
    });
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: 'Search or jump to' }).evaluate((field: HTMLInputElement) => {
      for (const letter of 'deco') {
        field.value += letter;
        field.dispatchEvent(new Event('input', { bubbles: true }));
      }
    });
    await page.getByRole('group', { name: 'Stores' }).getByRole('option').first().waitFor(patience);
    expect(asked).toBe(1);
  }));

test('the palette does on a page what a key of it does there', () =>
  as('owner', async (page) => {
    await open(page, `${store}/marketplace`, 'Import products');
    const choose = async (typed: string) => {
      await page.keyboard.press('Control+k');
      await page.keyboard.type(typed);
      await page.keyboard.press('Enter');
    };
    const focused = () => page.evaluate(() => document.activeElement?.getAttribute('type'));
    await choose('import products into');
    await expect.poll(focused).toBe('url');
    await leaveFields(page);
    await choose('check a feed of');
    // Nothing was typed to be checked: that is said where it is to be typed.
    await page.getByText('Fill in this field.').waitFor();
    await expect.poll(focused).toBe('url');
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
    // In what is typed, Home and End lead to its ends.
    await page.keyboard.type('e');
    await page.keyboard.press('Home');
    const field = dialog(page, 'Brand').getByRole('textbox');
    const caret = field.evaluate(
      (input) => input === document.activeElement && 'selectionStart' in input && input.selectionStart,
    );
    expect(await caret).toBe(0);
    await page.keyboard.press('Delete');
    await expect.poll(() => brands(page).allInnerTexts(), patience).toEqual(order);
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
    const why = dialog(page, 'Brand').getByText('At most 20 brands at a time.');
    await why.waitFor();
    await boxes.first().click();
    await why.waitFor({ state: 'detached' });
    await boxes.nth(20).click();
    await expect.poll(() => new URL(page.url()).searchParams.getAll('brand').length).toBe(20);
    expect(await boxes.nth(20).isChecked()).toBe(true);
  }));
