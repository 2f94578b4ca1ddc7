// @module-tag web
// @module-tag browser
import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { serveFeeds } from '../../server/test/feed-server.ts';
import { axeFindings } from './axe.ts';
import { openBrowser } from './browser.ts';
import { askApi, complaintsOf, signedInContext, startDemoServer, type DemoServer } from './demo-server.ts';
import { longFeed } from './long-feed.ts';
import { watchOperations } from './operations.ts';

const startMs = 90_000;
let browser: Browser;
let server: DemoServer;
beforeAll(async () => {
  [browser, server] = await Promise.all([
    openBrowser(),
    startDemoServer({ FEED_ALLOWED_ADDRESSES: '127.0.0.1:*' }),
  ]);
}, startMs);
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

let edition = 0;

/** A page of the owner, and a store of theirs whose English feed is a long one that was never imported. */
async function withLongFeed(rows: number, use: (page: Page) => Promise<void>) {
  edition += 1;
  const origin = await serveFeeds({ '/long.csv': longFeed(rows, `edition ${edition}`) });
  const context = await signedInContext(browser, server, 'owner');
  const settings = `mutation ($input: UpdateStoreSettingsInput!) {
    updateStoreSettings(input: $input) { __typename }
  }`;
  await askApi(context, server, settings, {
    input: { storeCode: 'weber-deco', letzshopCsvUrlEn: `${origin}/long.csv` },
  });
  const page = await context.newPage();
  await use(page).finally(() => context.close());
}

const startLongImport = async (page: Page) => {
  await page.getByRole('button', { name: 'English', exact: true }).click();
  await page.getByRole('button', { name: 'Start import' }).click();
  await page.getByTestId('running').waitFor();
};
/** The text in the one live region of a page, and the tag that has the focus. */
const said = (page: Page) => page.locator('[aria-live="polite"][aria-atomic="true"]').innerText();
const focused = (page: Page) => page.evaluate(() => document.activeElement?.tagName);
const ended = (page: Page) => page.getByTestId('running').waitFor({ state: 'detached', timeout: 50_000 });

/** Stops the one that has been running or waiting longest, past the pages. */
async function cancelOldest(page: Page): Promise<void> {
  const active = `{ importJobs(filter: { storeCode: "weber-deco", status: [PENDING, PROCESSING] }) {
    edges { node { id } }
  } }`;
  type Active = { importJobs: { edges: { node: { id: string } }[] } };
  const { importJobs } = await askApi<Active>(page.context(), server, active);
  const cancel = 'mutation ($id: ID!) { cancelImport(input: { id: $id }) { __typename } }';
  await askApi(page.context(), server, cancel, { id: importJobs.edges.at(-1)?.node.id });
}

test('who is signed out signs in, and comes back to the page that was asked for', async () => {
  const page = await browser.newPage({ locale: 'en-GB' });
  await page.goto(`${server.origin}/store/weber-livres/marketplace`);
  await page.getByLabel('E-mail address').fill('owner@example.test');
  await page.getByLabel('Password', { exact: true }).fill('demo-nobody');
  await page.getByRole('button', { name: 'Sign in' }).click();
  expect(await page.getByRole('alert').innerText()).toContain('do not match');
  expect(await page.getByLabel('E-mail address').inputValue()).toBe('owner@example.test');

  await page.getByLabel('Password', { exact: true }).fill('demo-owner');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Import products' }).waitFor();
  expect(new URL(page.url()).pathname).toBe('/store/weber-livres/marketplace');

  await page.reload();
  await page.getByRole('heading', { name: 'Import products' }).waitFor();
  await page.getByRole('button', { name: 'Account, language and theme' }).click();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('heading', { name: 'Hello' }).waitFor();
  expect(new URL(page.url()).search).toBe('');
  await page.close();
});

test('quick fill, check, start, watch it move without a reload, read its errors and take them along', () =>
  withLongFeed(40_000, async (page) => {
    const complaints = complaintsOf(page);
    await page.goto(`${server.origin}/store/weber-deco/marketplace`);
    await page.getByText('No imports yet').waitFor();
    await page.getByRole('button', { name: 'English', exact: true }).click();
    await page.getByRole('button', { name: 'Check feed' }).click();
    await page.getByRole('heading', { name: '39,840 of 40,000 rows can be imported' }).waitFor();
    await expect.poll(() => focused(page)).toBe('H1');
    expect(await page.getByRole('cell', { name: 'Product number' }).isVisible()).toBe(true);

    const operations = watchOperations(page);
    await page.getByRole('button', { name: 'Start import' }).click();
    const running = page.getByTestId('running');
    await running.waitFor();
    await expect.poll(() => focused(page)).toBe('H1');
    await running.getByText('Checking and saving rows').waitFor();
    const checked = () => running.locator('.total dd').innerText();
    const before = await checked();
    await expect.poll(checked, { timeout: 20_000 }).not.toBe(before);
    await ended(page);
    await expect.poll(() => said(page)).toBe('The import has ended: Completed with errors.');
    // Everything that moved came by the socket: what was asked for is the start and nothing else.
    expect(operations()).toEqual(['StartImport']);

    await page.getByRole('link', { name: 'English feed' }).first().click();
    await page.getByRole('tab', { name: /Price cannot be read/ }).click();
    const firstRow = page.getByRole('row', { name: /LONG-7\b/ });
    expect(await firstRow.locator('mark').innerText()).toBe('on request');
    await firstRow.getByRole('button').click();
    await page.getByText('The row as it is in the file').waitFor();
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Errors as CSV' }).click();
    const csv = await readFile(await (await download).path(), 'utf8');
    expect(csv.match(/on request/g)?.length).toBeGreaterThan(10);
    expect(complaints).toEqual([]);
  }));

test('a filter and a search of errors are in the address, and survive a reload', () =>
  withLongFeed(6_000, async (page) => {
    await page.goto(`${server.origin}/store/weber-deco/marketplace`);
    await page.getByRole('link', { name: 'English feed' }).first().click();
    await page.getByRole('tab', { name: /Price cannot be read/ }).click();
    await page.getByRole('row', { name: /LONG-7\b/ }).waitFor();
    // At the speed of fingers.
    await page.getByRole('searchbox').pressSequentially('LONG-1507', { delay: 60 });
    await page.waitForURL(/find=LONG-1507/);
    await page.reload();
    await page.getByRole('row', { name: /LONG-1507/ }).waitFor();
    expect(await page.getByRole('searchbox').inputValue()).toBe('LONG-1507');
    expect(await page.getByRole('row').count()).toBe(2);

    // What was not found before is not said of what is searched for now.
    await page.getByRole('searchbox').fill('nothing of the kind');
    const nothing = page.getByText('Nothing found');
    await nothing.waitFor();
    const [asked, held] = [Promise.withResolvers<undefined>(), Promise.withResolvers<undefined>()];
    await page.route('**/graphql', async (route) => {
      if (/query ImportIssues\b/.test(route.request().postData() ?? '')) {
        asked.resolve(undefined);
        await held.promise;
      }
      await route.continue();
    });
    await page.getByRole('searchbox').fill('LONG-7');
    await asked.promise;
    expect(await nothing.count()).toBe(0);
    held.resolve(undefined);
    await page.getByRole('row', { name: /LONG-7\b/ }).waitFor();
  }));

test('the form keeps what was typed, and marks the field that is wrong', () =>
  withLongFeed(6_000, async (page) => {
    await page.goto(`${server.origin}/store/weber-deco/marketplace`);
    const address = page.getByLabel('Feed address');
    await address.fill('ftp://example.test/feed.csv');
    await page.getByRole('button', { name: 'Start import' }).click();
    expect(await address.getAttribute('aria-invalid')).toBe('true');
    expect(await address.inputValue()).toBe('ftp://example.test/feed.csv');
    expect(await address.evaluate((input) => input === document.activeElement)).toBe(true);
  }));

test('what keeps an import from starting is said on the result of a check too', () =>
  withLongFeed(6_000, async (page) => {
    await page.goto(`${server.origin}/store/weber-deco/marketplace`);
    await page.getByRole('button', { name: 'English', exact: true }).click();
    await page.getByText('Advanced').click();
    await page.getByLabel('Rows at a time').fill('50');
    await page.getByRole('button', { name: 'Check feed' }).click();
    await page.getByRole('heading', { name: /rows can be imported/ }).waitFor();
    await page.getByRole('button', { name: 'Start import' }).click();
    expect(await page.getByRole('alert').innerText()).toContain('100');
    // Checked again by its key, it is the same page: one step back is the form.
    const again = page.waitForResponse(
      (answer) => answer.request().postData()?.includes('feedCheck') ?? false,
    );
    await page.keyboard.press('c');
    await again;
    await page.getByRole('alert').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Back' }).click();
    await page.getByLabel('Feed address').waitFor();
    await expect.poll(() => focused(page)).toBe('H1');
  }));

test('a store that is switched off says so where imports are started, and offers no start', () =>
  withLongFeed(10, async (page) => {
    await page.route('**/graphql', async (route) => {
      if (!route.request().postData()?.includes('query StoreArea')) return route.continue();
      const answer = await route.fetch();
      const body = (await answer.json()) as { data: { store: { merchant: object } } };
      Object.assign(body.data.store.merchant, { active: false });
      await route.fulfill({ response: answer, json: body });
    });
    await page.goto(`${server.origin}/store/weber-deco/marketplace`);
    await page.getByText('Only the platform can switch it on again').waitFor();
    expect(await page.getByRole('button', { name: 'Start import' }).isDisabled()).toBe(true);
  }));

test('a dashboard whose figures cannot be read says so, and reads them when it is asked to', () =>
  withLongFeed(10, async (page) => {
    let failing = true;
    await page.route('**/graphql', (route) =>
      failing && route.request().postData()?.includes('query StoreOverview')
        ? route.fulfill({
            status: 500,
            json: { errors: [{ message: 'No.', extensions: { code: 'INTERNAL' } }] },
          })
        : route.continue(),
    );
    await page.goto(`${server.origin}/store/weber-livres`);
    await page.getByText('This part could not be loaded').waitFor();
    expect(await page.getByRole('heading', { name: 'Needs a look' }).count()).toBe(0);
    failing = false;
    await page.getByRole('button', { name: 'Load again' }).click();
    await page.getByRole('heading', { name: 'Needs a look' }).waitFor();
  }));

test('imports that are as they were when they were seen before are said to be so', () =>
  withLongFeed(10, async (page) => {
    await page.goto(`${server.origin}/store/weber-livres/marketplace`);
    await page.getByRole('table').getByRole('link', { name: 'French feed' }).first().click();
    await page.getByRole('heading', { name: /^French feed/ }).waitFor();
    await page.route('**/graphql', (route) =>
      route.request().postData()?.includes('query ImportHistory(') ? route.abort() : route.continue(),
    );
    await page.goBack();
    await page.getByRole('table').getByRole('link', { name: 'French feed' }).first().waitFor();
    await page.getByText('Check your connection and try again.').waitFor();
    await page.unroute('**/graphql');
    await page.getByRole('button', { name: 'Load again' }).click();
    await page.getByText('Check your connection and try again.').waitFor({ state: 'detached' });
  }));

test('staff watches imports and is offered no start, no retry and no cancel', async () => {
  const context = await signedInContext(browser, server, 'staff');
  const page = await context.newPage();
  await page.goto(`${server.origin}/store/weber-livres/marketplace`);
  await page.getByText('Starting them is for managers').waitFor();
  await page.getByRole('link', { name: 'French feed' }).first().waitFor();
  for (const name of ['Start import', 'Check feed', 'Run again', 'Cancel']) {
    expect(await page.getByRole('button', { name }).count()).toBe(0);
  }
  await context.close();
});

test('a store that the viewer may not see is not there', async () => {
  const context = await signedInContext(browser, server, 'staff');
  const page = await context.newPage();
  await page.goto(`${server.origin}/store/kirchberg-velo/marketplace`);
  await page.getByRole('heading', { name: 'There is no such page' }).waitFor();
  await context.close();
});

test.each(['light', 'dark'] as const)(
  'axe finds nothing at an import with a row of its errors, %s',
  async (colorScheme) => {
    const context = await signedInContext(browser, server, 'owner', { colorScheme });
    const page = await context.newPage();
    await page.goto(`${server.origin}/store/weber-livres/marketplace`);
    await page.getByRole('link', { name: 'French feed' }).first().click();
    await page.getByRole('tab', { name: /Price cannot be read/ }).click();
    await page.getByRole('row').nth(1).getByRole('button').click();
    await page.getByText('The row as it is in the file').waitFor();
    expect(await axeFindings(page, { colors: colorScheme === 'dark' })).toEqual([]);
    await context.close();
  },
);

describe('while an import runs', () => {
  test('it can be stopped after a question whose safe answer has the focus', () =>
    withLongFeed(200_000, async (page) => {
      await page.goto(`${server.origin}/store/weber-deco/marketplace`);
      await page.getByLabel('Feed address').waitFor();
      await startLongImport(page);
      await page.getByTestId('running').getByRole('button', { name: 'Cancel: English feed' }).click();
      const dialog = page.getByRole('dialog', { name: 'Stop this import?' });
      const safe = dialog.getByRole('button', { name: /Keep/ });
      expect(await safe.evaluate((button) => button === document.activeElement)).toBe(true);
      await dialog.getByRole('button', { name: 'Stop import' }).click();
      await ended(page);
      await page.getByRole('row').nth(1).getByText('Cancelled').waitFor();
      expect(await focused(page)).toBe('H1');
    }));

  test('a question about it goes with it: the next in line is not stopped in its place', () =>
    withLongFeed(200_000, async (page) => {
      await page.goto(`${server.origin}/store/weber-deco/marketplace`);
      await page.getByLabel('Feed address').waitFor();
      await startLongImport(page);
      const running = page.getByTestId('running');
      await running.getByText('Running', { exact: true }).waitFor();
      await page.getByRole('button', { name: 'Start import' }).click();
      await running.getByText('Next', { exact: true }).waitFor();
      await running.getByRole('button', { name: 'Cancel: English feed' }).first().click();
      const dialog = page.getByRole('dialog', { name: 'Stop this import?' });
      await dialog.waitFor();
      await cancelOldest(page);
      await running.getByText('Next', { exact: true }).waitFor({ state: 'detached' });
      expect(await dialog.count()).toBe(0);
      await cancelOldest(page);
      await ended(page);
    }));

  test('on a phone it is in sight as soon as it has begun', () =>
    withLongFeed(30_000, async (page) => {
      await page.setViewportSize({ width: 390, height: 700 });
      await page.goto(`${server.origin}/store/weber-deco/marketplace`);
      await page.getByLabel('Feed address').waitFor();
      await startLongImport(page);
      const title = page.getByTestId('running').getByRole('heading');
      await expect.poll(async () => (await title.boundingBox())?.y).toBeLessThan(700);
      expect((await title.boundingBox())?.y).toBeGreaterThan(0);
      await ended(page);
    }));

  test('the server is killed and started again, and the page recovers by itself', { timeout: 120_000 }, () =>
    withLongFeed(50_000, async (page) => {
      await page.goto(`${server.origin}/store/weber-deco/marketplace`);
      await page.getByLabel('Feed address').waitFor();
      await startLongImport(page);
      const running = page.getByTestId('running');
      await running.getByText('Checking and saving rows').waitFor();
      await server.kill();
      try {
        await page.getByText('Connection lost.').waitFor();
        await running.getByText('not known now').waitFor();
      } finally {
        // Also for whoever tries again.
        await server.startAgain();
      }
      await page.getByText('Connected again.').waitFor({ timeout: 30_000 });
      await ended(page);
      await page.getByRole('row').nth(1).getByText('Completed with errors').waitFor();
    }),
  );
});

test('what is odd about a header is told with the columns that are meant, however many there are', async () => {
  const feed = 'id,title,VK,Brutto-VK,brand,Brand\n1,Lamp,10.00,11.70,Luma,\n';
  const origin = await serveFeeds({ '/odd.csv': Buffer.from(feed) });
  const context = await signedInContext(browser, server, 'owner');
  const start = `mutation ($input: StartImportInput!) {
    startImport(input: $input) { ... on StartImportPayload { importJob { id } } }
  }`;
  const input = { storeCode: 'weber-livres', sourceUrl: `${origin}/odd.csv` };
  const { startImport } = await askApi<{ startImport: { importJob: { id: string } } }>(
    context,
    server,
    start,
    {
      input,
    },
  );
  const page = await context.newPage();
  // Opened while the import waits or runs: the header is read later.
  await page.goto(
    `${server.origin}/store/weber-livres/marketplace/${encodeURIComponent(startImport.importJob.id)}`,
  );
  const price = page.locator('.note').filter({ hasText: 'Two columns for one price' });
  await price.waitFor();
  expect(await price.locator('code').allInnerTexts()).toEqual(['Brutto-VK', 'VK']);
  const brand = page.locator('.note').filter({ hasText: 'Two columns mean the same' });
  expect(await brand.locator('code').allInnerTexts()).toEqual(['brand', 'Brand']);
  await context.close();
});
