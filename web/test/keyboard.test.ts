// @module-tag web
// @module-tag browser
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { serveFeeds } from '../../server/test/feed-server.ts';
import { openBrowser } from './browser.ts';
import { askApi, signedInContext, startDemoServer, type DemoServer } from './demo-server.ts';
import { longFeed } from './long-feed.ts';
import { tabTo } from './tab-to.ts';

let browser: Browser;
let server: DemoServer;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());
// One for each attempt: an import that a failed one leaves would be in the way of the next.
beforeEach(async () => {
  server = await startDemoServer({ FEED_ALLOWED_ADDRESSES: '127.0.0.1:*' });
}, 120_000);
afterEach(() => server?.stop());

/** Makes the English feed of the store a long one. */
async function giveLongFeed(): Promise<void> {
  const feeds = await serveFeeds({ '/long.csv': longFeed(200_000, 'keyboard') });
  const context = await signedInContext(browser, server, 'owner');
  const settings = `mutation ($input: UpdateStoreSettingsInput!) {
    updateStoreSettings(input: $input) { __typename }
  }`;
  const input = { storeCode: 'weber-deco', letzshopCsvUrlEn: `${feeds}/long.csv` };
  await askApi(context, server, settings, { input });
  await context.close();
}

test('from the sign-in to the rows that were left out there is a way without a mouse', async () => {
  await giveLongFeed();
  const page = await browser.newPage({ locale: 'en-GB' });
  const press = (keys: string) => page.keyboard.press(keys);
  await page.goto(server.origin);
  await tabTo(page, page.getByLabel('E-mail address'));
  await page.keyboard.type('owner@example.test');
  await tabTo(page, page.getByLabel('Password', { exact: true }));
  await page.keyboard.type('demo-owner');
  await press('Enter');
  await page.getByRole('link', { name: 'Weber Livres' }).waitFor();
  await press('Control+k');
  await page
    .getByRole('dialog')
    .getByRole('option', { name: /Weber Livres/ })
    .waitFor();
  await page.keyboard.type('livres');
  await page.getByRole('option', { name: /Weber Déco/ }).waitFor({ state: 'detached' });
  await press('Escape');
  await tabTo(page, page.getByRole('link', { name: 'Weber Livres' }));
  await press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Weber Livres' }).waitFor();

  await press('Control+k');
  await page.getByRole('dialog').getByRole('combobox').waitFor();
  await page.keyboard.type('déco');
  await page
    .getByRole('option', { name: /Weber Déco/ })
    .first()
    .waitFor();
  await press('Enter');
  await page.getByRole('heading', { level: 1, name: /Weber Déco/ }).waitFor();
  await press('g');
  await press('i');
  await page.getByRole('heading', { name: 'Import products' }).waitFor();

  await tabTo(page, page.getByRole('button', { name: 'English', exact: true }));
  await press('Enter');
  await tabTo(page, page.getByRole('button', { name: 'Start import' }));
  await press('Enter');
  const running = page.getByTestId('running');
  await running.getByText('Checking and saving rows').waitFor();
  await expect.poll(() => running.locator('.total dd').innerText(), { timeout: 20_000 }).not.toMatch(/^0\b/);
  await tabTo(page, running.getByRole('button', { name: 'Cancel: English feed' }));
  await press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Stop this import?' });
  await dialog.waitFor();
  // Back out first: the focus is where it was.
  await press('Escape');
  await dialog.waitFor({ state: 'hidden' });
  await press('Enter');
  await tabTo(page, dialog.getByRole('button', { name: 'Stop import' }));
  await press('Enter');
  await running.waitFor({ state: 'detached', timeout: 50_000 });

  await tabTo(page, page.getByRole('table').getByRole('link', { name: 'English feed' }));
  await press('Enter');
  const kinds = page.getByRole('tablist', { name: 'Kinds of errors' });
  await tabTo(page, kinds.getByRole('tab').first());
  const first = await kinds.getByRole('tab', { selected: true }).innerText();
  await press('ArrowDown');
  await expect.poll(() => kinds.getByRole('tab', { selected: true }).innerText()).not.toBe(first);
  const row = page
    .getByRole('tabpanel')
    .getByRole('button', { name: /^Show row/ })
    .first();
  await row.waitFor();
  await tabTo(page, row);
  await press('Enter');
  await page.getByText('The row as it is in the file').waitFor();
  const download = page.waitForEvent('download');
  await page.evaluate(() => document.querySelector<HTMLElement>('#main')?.focus());
  await tabTo(page, page.getByRole('button', { name: 'Errors as CSV' }));
  await press('Enter');
  expect((await download).suggestedFilename()).toMatch(/\.csv$/);
  await page.close();
});
