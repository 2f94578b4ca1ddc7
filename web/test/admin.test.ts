// @module-tag web
// @module-tag browser
import { readFile } from 'node:fs/promises';
import type { Locator, Page, Request } from 'playwright-core';
import { expect, test } from 'vitest';
import { serveFeeds } from '../../server/test/feed-server.ts';
import { openAdminSite, patience, startImport, unanswer, unread } from './admin-site.ts';
import { askApi } from './demo-server.ts';
import { longFeed } from './long-feed.ts';
import { watchOperations } from './operations.ts';

const site = openAdminSite();
const { as, open, startFailing } = site;

/** The figure of the totals under a word, as it is drawn. */
const figure = (page: Page, word: string) =>
  page
    .locator('dl.stats > div')
    .filter({ has: page.getByText(word, { exact: true }) })
    .locator('dd')
    .first();

const addressesOf = (links: Locator) =>
  links.evaluateAll((all) => all.map((link) => link.getAttribute('href')));

test('filters are in the address, survive a reload and are taken back by the way back', () =>
  as('admin', async (page) => {
    await open(page, '/admin/imports', 'Imports');
    await page.getByRole('combobox', { name: 'Store' }).fill('livres');
    await page.getByRole('option', { name: /Weber Livres/ }).click();
    await page.getByRole('button', { name: 'Status' }).click();
    await page.getByRole('option', { name: 'Completed with errors' }).click();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Language', exact: true }).click();
    await page.getByRole('option', { name: 'French' }).click();
    await page.getByRole('link', { name: /Weber Livres.*French feed/ }).waitFor();
    await expect
      .poll(() => page.getByRole('link', { name: /Weber Livres.*German feed/ }).count(), patience)
      .toBe(0);

    await page.reload();
    await page.getByRole('link', { name: /Weber Livres.*French feed/ }).waitFor();
    // The name of the store is asked for by itself.
    const store = page.getByRole('combobox', { name: 'Store' });
    await expect.poll(() => store.inputValue(), patience).toBe('Weber Livres');
    await page.getByRole('button', { name: 'Status: Completed with errors' }).waitFor();
    await page.getByRole('button', { name: 'Language: French' }).waitFor();
    expect(Object.fromEntries(new URL(page.url()).searchParams)).toEqual({
      store: 'weber-livres',
      status: 'COMPLETED_WITH_ERRORS',
      language: 'FR',
    });

    await page.goBack();
    await page.getByRole('link', { name: /Weber Livres.*German feed/ }).waitFor();
    await page.getByRole('switch', { name: 'Only mine' }).check();
    await page.getByText('No import fits these filters').waitFor();
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await page.getByRole('link', { name: /Weber Livres.*English feed/ }).waitFor();
    await expect.poll(() => new URL(page.url()).search, patience).toBe('');
    expect(await store.evaluate((input) => input === document.activeElement)).toBe(true);
  }));

test('an admin starts an import for another store, and the totals move by themselves', () =>
  as('admin', async (page, context) => {
    const feeds = await serveFeeds({ '/long.csv': longFeed(3_000, 'admin') });
    const settings = `mutation ($input: UpdateStoreSettingsInput!) {
      updateStoreSettings(input: $input) { __typename }
    }`;
    await askApi(context, site.server, settings, {
      input: { storeCode: 'kirchberg-velo', letzshopCsvUrlEn: `${feeds}/long.csv` },
    });
    const totals = await context.newPage();
    await open(totals, '/admin/imports', 'Imports');
    await expect.poll(() => figure(totals, 'All').innerText(), patience).not.toBe('');
    const before = Number(await figure(totals, 'All').innerText());
    const operations = watchOperations(totals);

    await open(page, '/admin/marketplace', 'Start an import');
    await page.getByRole('button', { name: 'Start import' }).click();
    await page.getByText('Choose the store that the products go to.').waitFor();
    await page.getByRole('combobox', { name: 'Store' }).fill('velo');
    await page.getByRole('option', { name: /Kirchberg Vélo/ }).click();
    await page.getByRole('button', { name: 'English', exact: true }).click();
    await page.getByRole('button', { name: 'Check feed' }).click();
    await page.getByRole('heading', { name: '2,988 of 3,000 rows can be imported' }).waitFor();
    await page.getByRole('button', { name: 'Start import' }).click();
    await page.getByRole('row', { name: /Kirchberg Vélo/ }).waitFor();

    await expect.poll(async () => Number(await figure(totals, 'All').innerText()), patience).toBe(before + 1);
    const row = totals.getByRole('row', { name: /Kirchberg Vélo.*English feed/ });
    await row.getByText('Completed with errors').waitFor({ timeout: 30_000 });
    expect(await row.getByText('Platform admin').isVisible()).toBe(true);
    // It all came by the socket.
    expect(operations()).toEqual([]);

    await row.getByRole('link').first().click();
    await totals.getByRole('heading', { level: 1, name: /English feed/ }).waitFor();
    expect(new URL(totals.url()).pathname).toMatch(/^\/admin\/imports\/./);
    await totals.getByRole('tab', { name: /Price cannot be read/ }).click();
    await totals
      .getByRole('row', { name: /LONG-7\b/ })
      .getByText('on request')
      .first()
      .waitFor();
    const download = totals.waitForEvent('download');
    await totals.getByRole('button', { name: 'Errors as CSV' }).click();
    expect(await readFile(await (await download).path(), 'utf8')).toContain('on request');
  }));

test('from page to page of the rows left out the list begins in sight, and the focus stays', () =>
  as(
    'admin',
    async (page, context) => {
      const feeds = await serveFeeds({ '/pages.csv': longFeed(15_000, 'two pages of faults') });
      const started = `mutation ($input: StartImportInput!) {
        startImport(input: $input) { ... on StartImportPayload { importJob { id } } }
      }`;
      type Started = { startImport: { importJob: { id: string } } };
      const { startImport: answer } = await askApi<Started>(context, site.server, started, {
        input: { storeCode: 'weber-deco', sourceUrl: `${feeds}/pages.csv`, language: 'FR' },
      });
      await open(page, `/admin/imports/${encodeURIComponent(answer.importJob.id)}`, /French feed/);
      await page.getByRole('tab', { name: /Price cannot be read/ }).click({ timeout: 30_000 });
      const rows = page.getByRole('tabpanel').getByRole('button', { name: /row/i });
      const next = page.getByRole('link', { name: 'Next' });
      const before = await rows.first().textContent();
      await next.click();
      await expect.poll(() => rows.first().textContent(), patience).not.toBe(before);
      const top = async () => (await rows.first().boundingBox())?.y ?? 0;
      await expect.poll(top, patience).toBeGreaterThan(56);
      expect(await top()).toBeLessThan(700);
      // The side that was pressed is gone: there is no third page.
      const focused = () => page.evaluate(() => document.activeElement?.textContent.trim().slice(0, 80));
      await expect.poll(focused, patience).toBe('Previous');
    },
    { viewport: { width: 1280, height: 800 } },
  ));

test('an import that fails comes into the lists of failed ones by itself, and is counted', () =>
  as('admin', async (page, context) => {
    const list = await context.newPage();
    await open(list, '/admin/imports?status=FAILED', 'Imports');
    await open(page, '/admin', 'Overview');
    const table = list.getByRole('table', { name: 'All imports' });
    const panel = page.getByRole('region', { name: 'Failed lately' });
    const now = page.getByRole('region', { name: 'Running and waiting' });
    const links = () =>
      Promise.all([table, panel].map((part) => part.getByRole('link', { name: /Weber Déco/ }).count()));
    const total = list.getByText(/^\d+ imports?$/).first();
    const count = parseInt(await total.innerText());
    await expect.poll(() => panel.getAttribute('aria-busy'), patience).toBe('false');
    // They come by the socket that the imports come by.
    await expect.poll(() => figure(list, 'All').innerText(), patience).not.toBe('');
    await expect.poll(() => figure(page, 'Imports').innerText(), patience).not.toBe('');
    const before = await links();
    const operations = [list, page].map(watchOperations);
    await startFailing(context, 'DE');
    await expect.poll(links, patience).toEqual(before.map((count) => count + 1));
    expect(parseInt(await total.innerText())).toBe(count + 1);
    expect(operations.flatMap((asked) => asked())).toEqual([]);
    await expect.poll(() => now.getByRole('link', { name: /Weber Déco/ }).count(), patience).toBe(0);
  }));

test('a new import waits while somebody reads on in the list of all', () =>
  as(
    'admin',
    async (page, context) => {
      await open(page, '/admin/imports', 'Imports');
      const table = page.getByRole('table', { name: 'All imports' });
      const links = table.locator('.row-link');
      await links.first().waitFor();
      // They come by the socket that the imports come by.
      await expect.poll(() => figure(page, 'All').innerText(), patience).not.toBe('');
      await page.evaluate(() => scrollTo({ top: document.body.scrollHeight }));
      expect(await table.evaluate((list) => list.getBoundingClientRect().top)).toBeLessThan(0);
      const before = await addressesOf(links);
      await startFailing(context, 'DE');
      const waiting = page.getByRole('button', { name: '1 new import' });
      await waiting.waitFor(patience);
      expect(await addressesOf(links)).toEqual(before);
      await waiting.click();
      await expect.poll(() => addressesOf(links).then(([first]) => first), patience).not.toBe(before[0]);
    },
    { viewport: { width: 1280, height: 180 } },
  ));

test('a new import waits while the list of those that the viewer started has the focus', () =>
  as('admin', async (page, context) => {
    await startFailing(context, 'DE');
    const watched = page
      .waitForEvent('websocket')
      .then((socket) =>
        socket.waitForEvent('framesent', ({ payload }) => String(payload).includes('importJobsChanged')),
      );
    await open(page, '/admin/marketplace', 'Start an import');
    const list = page.getByRole('region', { name: 'Imports that you started' });
    const links = list.locator('.row-link');
    await links.first().focus();
    await watched;
    const before = await addressesOf(links);
    await startFailing(context, 'DE');
    await list.getByRole('button', { name: '1 new import' }).waitFor(patience);
    expect(await addressesOf(links)).toEqual(before);
  }));

test('an import is run again once, however often that is chosen', () =>
  as('admin', async (page) => {
    const held = Promise.withResolvers<void>();
    let asked = 0;
    await page.route('**/graphql', async (route) => {
      if (route.request().postData()?.includes('mutation RetryImport')) {
        asked += 1;
        await held.promise;
      }
      await route.continue();
    });
    await open(page, '/admin/imports', 'Imports');
    const menu = page.getByRole('table', { name: 'All imports' }).getByRole('button', { name: /^Actions/ });
    const again = page.getByRole('menuitem', { name: /^(Run again|Try again)$/ });
    await menu.first().click();
    await again.click();
    await menu.first().click();
    await expect.poll(() => again.getAttribute('aria-disabled')).toBe('true');
    await again.press('Enter');
    expect(asked).toBe(1);
    held.resolve();
    await page.waitForURL(/\/admin\/imports\/./, patience);
  }));

test('imports of two stores that run side by side are both shown to run', () =>
  as('admin', async (page, context) => {
    const feeds = await serveFeeds({ '/long.csv': longFeed(200_000, 'side by side') });
    for (const storeCode of ['kirchberg-velo', 'weber-deco']) {
      await askApi(context, site.server, startImport, {
        input: { storeCode, sourceUrl: `${feeds}/long.csv`, language: 'EN' },
      });
    }
    const active =
      '{ importJobs(first: 9, filter: { status: [PENDING, PROCESSING] }) { edges { node { id } } } }';
    const cancel = 'mutation ($id: ID!) { cancelImport(input: { id: $id }) { __typename } }';
    await open(page, '/admin/marketplace', 'Start an import');
    const panel = page.getByTestId('running');
    await expect.poll(() => panel.getByText('Running', { exact: true }).count(), patience).toBe(2);
    expect(await panel.getByText('Next', { exact: true }).count()).toBe(0);
    type Active = { importJobs: { edges: { node: { id: string } }[] } };
    const { importJobs } = await askApi<Active>(context, site.server, active);
    for (const { node } of importJobs.edges) await askApi(context, site.server, cancel, { id: node.id });
  }));

test('a later page counts what began since, not what runs, and leads to the first page of the same list', () =>
  as('admin', async (page, context) => {
    const feeds = await serveFeeds({ '/long.csv': longFeed(300_000, 'later page') });
    await askApi(context, site.server, startImport, {
      input: { storeCode: 'kirchberg-velo', sourceUrl: `${feeds}/long.csv`, language: 'EN' },
    });
    const newest = '{ importJobs(first: 1) { edges { cursor } } }';
    type Newest = { importJobs: { edges: { cursor: string }[] } };
    const { importJobs } = await askApi<Newest>(context, site.server, newest);
    const after = encodeURIComponent(importJobs.edges[0]?.cursor ?? '');
    await open(page, `/admin/imports?language=EN&after=${after}`, 'Imports');
    const table = page.getByRole('table', { name: 'All imports' });
    await expect.poll(() => table.getAttribute('aria-busy'), patience).toBe('false');
    await expect.poll(() => figure(page, 'All').innerText(), patience).not.toBe('');
    await startFailing(context, 'EN');
    await page.getByRole('link', { name: '1 new import' }).click();
    await page.waitForURL(({ search }) => search === '?language=EN');
    const running = table.getByRole('row', { name: /Kirchberg Vélo.*English feed/ });
    await running.first().getByText('Running').waitFor();
  }));

test('imports of before are not shown for a filter that cannot be read', () =>
  as('admin', async (page) => {
    await open(page, '/admin/imports', 'Imports');
    const rows = page.locator('tbody tr');
    await page.locator('tbody .row-link').first().waitFor();
    await unanswer(page, 'ImportHistory');
    await page.getByRole('switch', { name: 'Only mine' }).check();
    await unread(page);
    expect(await rows.count()).toBe(0);
  }));

test('an address that is pasted before the store is chosen stays', () =>
  as('admin', async (page) => {
    await open(page, '/admin/marketplace', 'Start an import');
    await page.getByLabel('Feed address').fill('https://shop.example/feed.csv');
    await page.getByRole('combobox', { name: 'Store' }).fill('velo');
    await page.getByRole('option', { name: /Kirchberg Vélo/ }).click();
    await page.getByRole('button', { name: 'English', exact: true }).waitFor();
    await expect.poll(() => new URL(page.url()).searchParams.get('store'), patience).toBe('kirchberg-velo');
    expect(await page.getByLabel('Feed address').inputValue()).toBe('https://shop.example/feed.csv');
  }));

test('a check of the feed of one store ends when another one is chosen', () =>
  as('admin', async (page) => {
    const isCheck = (request: Request) => request.postData()?.includes('query FeedCheck') ?? false;
    // A feed that never comes.
    await page.route('**/graphql', async (route) => isCheck(route.request()) || (await route.continue()));
    await open(page, '/admin/marketplace?store=weber-livres', 'Start an import');
    await page.getByRole('button', { name: 'English', exact: true }).click();
    const asked = page.waitForRequest(isCheck);
    await page.getByRole('button', { name: 'Check feed' }).click();
    const ended = page.waitForEvent('requestfailed', isCheck);
    await asked;
    await page.getByRole('combobox', { name: 'Store' }).fill('velo');
    await page.getByRole('option', { name: /Kirchberg Vélo/ }).click();
    await ended;
    await page.getByRole('button', { name: 'Check feed' }).waitFor();
    expect(await page.getByLabel('Feed address').inputValue()).toBe('');
    expect(await page.getByRole('alert').count()).toBe(0);
  }));
