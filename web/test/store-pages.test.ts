// @module-tag web
// @module-tag browser
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDnsServer, type DnsServer } from '../../server/test/dns-server.ts';
import { openBrowser } from './browser.ts';
import { askApi, signedInContext, startDemoServer, type DemoServer } from './demo-server.ts';
import { tabTo } from './tab-to.ts';

let browser: Browser;
let dns: DnsServer;
let server: DemoServer;
let owner: BrowserContext;
beforeAll(async () => {
  dns = await openDnsServer();
  server = await startDemoServer({ DNS_SERVERS: dns.address });
  browser = await openBrowser();
  owner = await signedInContext(browser, server, 'owner');
}, 120_000);
afterAll(async () => {
  await browser?.close();
  dns?.close();
});

async function open(path: string, context = owner): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`${server.origin}/store/weber-livres/${path}`);
  await page.getByRole('heading', { level: 1 }).waitFor();
  return page;
}

const focused = (page: Page) =>
  page.evaluate(() => document.activeElement?.textContent.trim().slice(0, 80) ?? '');
const part = (page: Page, name: string) =>
  page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name, exact: true });

test('products are searched, filtered and paged in the address, which survives a reload and leads back', async () => {
  const page = await open('products/marketplace');
  const rows = page.locator('tbody .row-link');
  await rows.first().waitFor();
  expect(await rows.count()).toBe(50);
  const first = await rows.first().textContent();

  await page.getByRole('link', { name: 'Next' }).click();
  await page.getByText(/^51–100 of/).waitFor();
  await rows
    .filter({ hasText: first ?? '' })
    .first()
    .waitFor({ state: 'detached' });
  await page.goBack();
  await page.getByText(/^1–50 of/).waitFor();

  await page.getByRole('searchbox').fill('garden');
  await page.waitForURL(/q=garden/);
  await page.getByRole('button', { name: 'Availability' }).click();
  await page.getByRole('option', { name: 'In stock', exact: true }).click();
  await page.waitForURL(/availability=IN_STOCK/);
  await page.reload();
  await rows.first().waitFor();
  expect(await page.getByRole('searchbox').inputValue()).toBe('garden');
  expect(await page.getByRole('button', { name: 'Availability: In stock' }).count()).toBe(1);
  for (const title of await rows.allTextContents()) expect(title).toMatch(/garden/i);
  await page.goBack();
  await page.getByRole('button', { name: 'Availability', exact: true }).waitFor();
  // Also while the cursor is in the field.
  await page.goForward();
  await page.getByRole('button', { name: 'Availability: In stock' }).waitFor();
  await page.getByRole('searchbox').fill('zzz');
  await page.waitForURL(/q=zzz/);
  await page.goBack();
  await expect.poll(() => page.getByRole('searchbox').inputValue()).toBe('garden');
  await page.close();
});

test('a brand is found by typing, and a product opened, by keyboard alone', async () => {
  const page = await open('products/marketplace');
  await page.locator('tbody .row-link').first().waitFor();
  await tabTo(page, page.getByRole('button', { name: 'Brand' }));
  await page.keyboard.press('Enter');
  await page.keyboard.type('kasematten');
  const choice = page.getByRole('checkbox', { name: 'Kasematten Press' });
  await choice.waitFor();
  await tabTo(page, choice);
  await page.keyboard.press('Space');
  await page.waitForURL(/brand=Kasematten/);
  await page.keyboard.press('Escape');
  const others = page.locator('tbody tr').filter({ hasNotText: 'Kasematten Press' });
  await others.first().waitFor({ state: 'detached' });
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Where it came from' }).waitFor();
  const french = page.getByRole('region', { name: 'French', exact: true });
  expect(await french.locator('[lang="fr"]').first().innerText()).not.toBe('');
  await page.getByRole('definition').filter({ hasText: 'Kasematten Press' }).first().waitFor();
  await page.close();
});

test('a feed is checked before it is saved; an address that cannot be fetched is refused at its field', async () => {
  const page = await open('settings');
  const french = page.getByLabel('French feed', { exact: false }).first();
  await french.waitFor();
  await page.getByRole('button', { name: /French feed/ }).click();
  await page.getByText(/rows can be imported/).waitFor();
  const before = await french.inputValue();
  await french.fill('http://10.0.0.1/feed.csv');
  await page.locator('form', { has: french }).getByRole('button', { name: 'Save' }).click();
  await page.getByText(/leads into a private network/).waitFor();
  expect(await french.inputValue()).toBe('http://10.0.0.1/feed.csv');
  expect(await french.getAttribute('aria-invalid')).toBe('true');
  await page.reload();
  await french.waitFor();
  expect(await french.inputValue()).toBe(before);
  await page.close();
});

/** As a colleague does, in another place. */
const change = (input: object) =>
  askApi(
    owner,
    server,
    'mutation ($input: UpdateStoreSettingsInput!) { updateStoreSettings(input: $input) { __typename } }',
    { input: { storeCode: 'weber-livres', ...input } },
  );

test('feeds that a colleague changed are those of the import and of the form; what is typed there stays, and is saved', async () => {
  const page = await open('settings');
  const form = page.getByRole('form', { name: 'Feeds' });
  const feed = (name: string) => form.getByLabel(`${name} feed`, { exact: false }).first();
  await feed('German').waitFor();
  await part(page, 'Import').click();
  await page.getByRole('heading', { level: 1, name: 'Import products' }).waitFor();
  const moved = `${server.origin}/demo/feeds/moved.csv`;
  await change({ letzshopCsvUrlDe: moved });

  // The answer that brings it comes once something is typed.
  const held = Promise.withResolvers<void>();
  await page.route('**/graphql', async (route) => {
    if (route.request().postData()?.includes('query StoreToEdit')) await held.promise;
    await route.continue();
  });
  await part(page, 'Settings').click();
  await feed('English').fill(`${server.origin}/demo/feeds/typed.csv`);
  held.resolve();
  await expect.poll(() => feed('German').inputValue()).toBe(moved);
  expect(await feed('English').inputValue()).toBe(`${server.origin}/demo/feeds/typed.csv`);
  await form.getByRole('button', { name: 'Save' }).click();
  await form.getByText('Saved.').waitFor();

  const again = `${server.origin}/demo/feeds/again.csv`;
  await change({ letzshopCsvUrlDe: again });
  await part(page, 'Import').click();
  const german = page.getByRole('button', { name: 'German', exact: true });
  await expect
    .poll(async () => {
      await german.click();
      return page.getByLabel('Feed address').inputValue();
    })
    .toBe(again);
  await page.close();
});

test('what a colleague decided about products that are gone is not undone by another setting', async () => {
  const page = await open('settings');
  const form = page.getByRole('form', { name: 'From the feed to the shop' });
  const publish = form.getByRole('checkbox', { name: 'Publish products by themselves' });
  await publish.waitFor();
  const before = await publish.isChecked();
  await change({ goneFromFeed: 'OUT_OF_STOCK' });
  await publish.setChecked(!before);
  await form.getByRole('button', { name: 'Save' }).click();
  await form.getByText('Saved.').waitFor();
  const settings = '{ store(code: "weber-livres") { goneFromFeed autoPublish } }';
  expect(await askApi(owner, server, settings)).toEqual({
    store: { goneFromFeed: 'OUT_OF_STOCK', autoPublish: !before },
  });
  expect(await form.getByRole('radio', { name: 'Set it out of stock' }).isChecked()).toBe(true);
  await change({ goneFromFeed: 'KEEP', autoPublish: before });
  await page.close();
});

test('a name that a colleague changed is not undone by who saves it as it was', async () => {
  const page = await open('settings');
  const form = page.getByRole('form', { name: 'Name', exact: true });
  await form.waitFor();
  await change({ name: 'Weber Books' });
  await form.getByRole('button', { name: 'Save' }).click();
  await form.getByText('Saved.').waitFor();
  const name = '{ store(code: "weber-livres") { name } }';
  expect(await askApi(owner, server, name)).toEqual({ store: { name: 'Weber Books' } });
  await change({ name: 'Weber Livres' });
  await page.close();
});

test.each([
  ['Name of the store', 'UpdateStoreFeeds', 'Weber Books', 'Weber Books and more', true],
  ['Your name', 'ChangeOwnName', 'Anne', 'Anne Weber', true],
  [/^Ask first when a feed shrinks/, 'UpdateStoreFeeds', '25', '45', false],
  [/^French feed/, 'UpdateStoreFeeds', 'ORIGIN/demo/feeds/a.csv', 'ORIGIN/demo/feeds/b.csv', false],
] as const)(
  'what is typed on at "%s" while it is saved stays, and is not said to be saved',
  async (label, mutation, first, second, framed) => {
    const [sent, typed] = [first.replace('ORIGIN', server.origin), second.replace('ORIGIN', server.origin)];
    const page = await open('settings');
    const field = page.getByRole('textbox', { name: label });
    const form = page.locator('form', { has: field });
    const save = async () => {
      await field.press('Enter');
      await form.getByText('Saved.').waitFor();
    };
    const stored = await field.inputValue();
    const [asked, held] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    await page.route('**/graphql', async (route) => {
      if (route.request().postData()?.includes(`mutation ${mutation}`)) {
        asked.resolve();
        await held.promise;
      }
      await route.continue();
    });
    await field.fill(sent);
    await field.press('Enter');
    await asked.promise;
    await field.fill(typed);
    held.resolve();
    await form.locator('button[type="submit"]:not([aria-disabled])').waitFor();
    // What the frame says has been read again by then.
    if (framed) await page.getByRole('complementary').getByText(sent, { exact: true }).first().waitFor();
    expect(await field.inputValue()).toBe(typed);
    expect(await form.getByText('Saved.').count()).toBe(0);
    await save();
    await page.reload();
    await field.waitFor();
    expect(await field.inputValue()).toBe(typed);
    await field.fill(stored);
    await save();
    await page.close();
  },
);

test('a dashboard that stays open says which day it is', async () => {
  const page = await owner.newPage();
  await page.clock.install();
  await page.goto(`${server.origin}/store/weber-livres`);
  const day = () =>
    page.evaluate(() => {
      const words = { weekday: 'long', day: 'numeric', month: 'long' } as const;
      return new Intl.DateTimeFormat('en-GB', { ...words, timeZone: 'Europe/Luxembourg' }).format(new Date());
    });
  const today = await day();
  await page.getByText(today, { exact: true }).waitFor();
  await page.clock.fastForward('24:00:00');
  expect(await day()).not.toBe(today);
  await page.getByText(await day(), { exact: true }).waitFor();
  await page.close();
});

test('at the edge of a small desk there is room to write and to read who works in a store', async () => {
  const page = await open('settings');
  await page.setViewportSize({ width: 1024, height: 900 });
  await page.evaluate(() => dispatchEvent(new StorageEvent('storage', { key: 'language', newValue: 'de' })));
  const members = page.getByRole('region', { name: 'Mitglieder' });
  const address = members.getByRole('textbox');
  await address.waitFor();
  const name = members
    .getByRole('listitem')
    .first()
    .getByText(/@example\.test/);
  for (const part of [address, name]) expect((await part.boundingBox())?.width).toBeGreaterThan(150);
  await page.close();
});

test('a domain is added, made primary and removed by keyboard alone; what is no name is refused at its field', async () => {
  const page = await open('settings');
  const field = page.getByRole('form', { name: 'Add a domain' }).getByRole('textbox');
  await field.waitFor();
  await tabTo(page, field);
  await page.keyboard.type('no domain at all');
  await page.keyboard.press('Enter');
  await page.locator('.field-error').waitFor();
  expect(await field.getAttribute('aria-invalid')).toBe('true');
  await field.fill('keyboard.example');
  await page.keyboard.press('Enter');
  const row = page.getByRole('listitem').filter({ hasText: 'keyboard.example' });
  await row.waitFor();
  await tabTo(page, row.getByRole('button').first());
  await page.keyboard.press('Enter');
  await row.getByText('Primary', { exact: true }).waitFor();
  await expect.poll(() => focused(page)).toBe('Domains');
  await tabTo(page, row.getByRole('button', { name: /Remove/ }));
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog');
  await dialog.waitFor();
  await tabTo(page, dialog.getByRole('button', { name: 'Remove' }));
  await page.keyboard.press('Enter');
  await row.waitFor({ state: 'detached' });
  // What had the focus is gone.
  await expect.poll(() => focused(page)).toBe('Domains');
  await page.close();
});

test('a domain that was added says what its DNS is to have, and is verified once that is there', async () => {
  const page = await open('settings');
  const form = page.getByRole('form', { name: 'Add a domain' });
  await form.getByRole('textbox').fill('shop.weber.example');
  await page.keyboard.press('Enter');
  const row = page.getByRole('listitem').filter({ hasText: 'shop.weber.example' });
  await row.getByText('Not verified').waitFor();
  const record = (await row.getByRole('definition').allTextContents()).map((text) => text.trim());
  const [, name = '', value = ''] = record.filter(Boolean);
  expect(name).toBe('_marketplace-import.shop.weber.example');
  const check = row.getByRole('button', { name: 'Check now: shop.weber.example' });
  await tabTo(page, check);
  await page.keyboard.press('Enter');
  await row.getByRole('alert').filter({ hasText: 'The record is not there yet' }).waitFor();
  dns.records.set(name, [[value]]);
  await page.keyboard.press('Enter');
  await row.getByText('Verified', { exact: true }).waitFor();
  // The button that had it is gone.
  await expect.poll(() => focused(page)).toBe('Domains');
  expect(await check.count()).toBe(0);
  const asked = await fetch(`${server.origin}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: '{ storefront(hostname: "SHOP.weber.example") { code } }' }),
  });
  expect(await asked.json()).toEqual({ data: { storefront: { code: 'weber-livres' } } });
  await page.close();
});

test('who leaves the settings with something that is not saved is asked, and can stay', async () => {
  const page = await open('settings');
  const feed = page.getByRole('textbox', { name: 'English feed' });
  const stored = await feed.inputValue();
  await feed.fill(`${stored}?typed`);
  await page.getByRole('link', { name: 'Overview' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'Leave without saving?' });
  await dialog.getByRole('button', { name: 'Keep editing' }).click();
  await dialog.waitFor({ state: 'detached' });
  expect(await feed.inputValue()).toBe(`${stored}?typed`);
  await page.getByRole('link', { name: 'Overview' }).first().click();
  await dialog.getByRole('button', { name: 'Leave' }).click();
  await page.waitForURL(/\/store\/weber-livres$/);
  await page.goBack();
  // What is as it was needs no question.
  await feed.fill(`${stored}?typed`);
  await feed.fill(stored);
  await page.getByRole('link', { name: 'Overview' }).first().click();
  await page.waitForURL(/\/store\/weber-livres$/);
  await page.close();
});

test('the own name is changed at once in the frame of the page; a wrong password is marked', async () => {
  const page = await open('settings');
  const name = page.getByLabel('Your name');
  await name.waitFor();
  await name.fill('Renamed Owner');
  await page.keyboard.press('Enter');
  await page.getByRole('complementary').getByText('Renamed Owner').waitFor();
  await page.getByLabel('Current password').fill('not my password');
  await page.getByLabel('New password').fill('a long new sentence');
  await page.getByRole('button', { name: 'Change password' }).click();
  await page.getByText('This is not your current password').waitFor();
  expect(await page.getByLabel('New password').inputValue()).toBe('a long new sentence');
  await page.close();
});

test('staff see the settings and can change only their own account', async () => {
  const staff = await signedInContext(browser, server, 'staff');
  const page = await open('settings', staff);
  await page.getByText('Managers and the owner of the store can change these settings.').waitFor();
  expect(await page.getByLabel('Name of the store').count()).toBe(0);
  expect(await page.getByRole('button', { name: 'Add' }).count()).toBe(0);
  expect(await page.getByLabel('Your name').count()).toBe(1);
  await staff.close();
});
