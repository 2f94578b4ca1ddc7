// @module-tag web
// @module-tag browser
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { until } from '../../server/test/until.ts';
import { openBrowser } from './browser.ts';
import { askApi, complaintsOf, signedInContext, startDemoServer, type DemoServer } from './demo-server.ts';
import { hostileAddresses, hostileFeed, hostileTexts } from './hostile-feed.ts';

interface Imported {
  readonly jobId: string;
  readonly products: readonly {
    readonly id: string;
    readonly marketplaceProductId: string;
    readonly title: string;
  }[];
}

const storeCode = 'kirchberg-velo';
let feedUrl = '';
const feeds = createServer(({ url }, response) => {
  const feed = url === '/empty.csv' ? 'id,title,price\r\n' : hostileFeed();
  response.writeHead(200, { 'content-type': 'text/csv' }).end(feed);
});
let browser: Browser;
let server: DemoServer;
let context: BrowserContext;
let imported: Imported;

beforeAll(async () => {
  feeds.listen(0, '127.0.0.1');
  await once(feeds, 'listening');
  const host = `127.0.0.1:${(feeds.address() as AddressInfo).port}`;
  server = await startDemoServer({ FEED_ALLOWED_ADDRESSES: host });
  browser = await openBrowser();
  context = await signedInContext(browser, server, 'other');
  // Wherever a page would run something of the feed, it would end up here.
  await context.addInitScript(() => {
    const hits: unknown[] = [];
    Object.assign(globalThis, { hits, hit: (what: unknown) => hits.push(what) });
  });
  feedUrl = `http://${host}/feed.csv`;
  imported = await importFeed(feedUrl);
}, 120_000);
afterAll(async () => {
  await browser?.close();
  feeds.closeAllConnections();
  feeds.close();
});

async function importFeed(sourceUrl: string): Promise<Imported> {
  const { startImport } = await askApi<{ startImport: { importJob: { id: string } } }>(
    context,
    server,
    `mutation ($input: StartImportInput!) {
      startImport(input: $input) { ... on StartImportPayload { importJob { id } } ... on UserError { message } }
    }`,
    { input: { storeCode, sourceUrl, language: 'EN' } },
  );
  const jobId = startImport.importJob.id;
  await until(async () => {
    const query = 'query ($id: ID!) { importJob(id: $id) { status } }';
    const { importJob } = await askApi<{ importJob: { status: string } }>(context, server, query, {
      id: jobId,
    });
    return importJob.status === 'COMPLETED_WITH_ERRORS';
  });
  const { marketplaceProducts } = await askApi<{
    marketplaceProducts: { edges: { node: Imported['products'][number] }[] };
  }>(
    context,
    server,
    `query ($filter: MarketplaceProductFilter!) {
      marketplaceProducts(filter: $filter, first: 100) { edges { node { id marketplaceProductId title } } }
    }`,
    { filter: { storeCode } },
  );
  return { jobId, products: marketplaceProducts.edges.map(({ node }) => node) };
}

/** Opens a page and waits for what it is about. */
async function open(path: string): Promise<{ page: Page; complaints: readonly string[] }> {
  const page = await context.newPage();
  const complaints = complaintsOf(page);
  await page.goto(`${server.origin}/store/${storeCode}/${path}`);
  await page.getByRole('heading', { level: 1 }).waitFor();
  return { page, complaints };
}

/** What a page must never have, whatever a feed says: what was run, and what could be run by a press. */
async function harmOf(page: Page): Promise<unknown> {
  return page.evaluate(() => {
    const all = (selector: string) => [...document.querySelectorAll(selector)];
    const isOutside = (address: string | null) => address !== null && !/^(https?:\/\/|[/?#])/.test(address);
    return {
      hits: Reflect.get(globalThis, 'hits'),
      scripts: all('main :is(script, iframe, object, embed, style, base, form[action])').map(
        ({ outerHTML }) => outerHTML,
      ),
      handlers: all('main *')
        .filter(({ attributes }) => [...attributes].some(({ name }) => name.startsWith('on')))
        .map(({ outerHTML }) => outerHTML.slice(0, 200)),
      addresses: all('main :is([href], [src])')
        .flatMap((element) => [element.getAttribute('href'), element.getAttribute('src')])
        .filter((address) => isOutside(address) || address?.startsWith('//')),
      sideways: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    };
  });
}
const harmless = { hits: [], scripts: [], handlers: [], addresses: [], sideways: 0 };

/** Complaints that are none of the page's: pictures that are not there. */
const own = (complaints: readonly string[]) =>
  complaints.filter((complaint) => !/Failed to load resource|Refused to load the image/.test(complaint));

const oneLine = (text: string) => text.replaceAll(/\s+/g, ' ').trim();

test('the list shows titles of a hostile feed as text, in both forms', async () => {
  for (const view of ['', '?view=cards']) {
    const { page, complaints } = await open(`products/marketplace${view}`);
    await page.locator('.row-link').first().waitFor();
    const shown = (await page.locator('.row-link').allTextContents()).map(oneLine);
    expect(imported.products.length).toBe(
      Object.keys(hostileTexts).length + Object.keys(hostileAddresses).length,
    );
    for (const { title } of imported.products) expect(shown).toContain(oneLine(title));
    expect(await harmOf(page)).toEqual(harmless);
    expect(own(complaints)).toEqual([]);
    await page.close();
  }
});

test('a search for a percent sign or an underscore finds these characters', async () => {
  const { page } = await open(`products/marketplace?q=${encodeURIComponent('%')}`);
  const isNone = page.getByText('No product matches');
  await page.locator('.row-link').first().or(isNone).waitFor();
  const shown = await page.locator('.row-link').allTextContents();
  expect(shown.every((text) => text.includes('%'))).toBe(true);
  await page.close();
});

test('the page of a product shows each text as text and no address but http and https as a link', async () => {
  const { page, complaints } = await open('products/marketplace');
  for (const { id, title } of imported.products) {
    await page.goto(`${server.origin}/store/${storeCode}/products/marketplace/${encodeURIComponent(id)}`);
    const heading = page.getByRole('heading', { level: 1 });
    await heading.waitFor();
    expect(oneLine((await heading.textContent()) ?? '')).toBe(oneLine(title));
    expect(await harmOf(page), title).toEqual(harmless);
  }
  expect(own(complaints)).toEqual([]);
  await page.close();
});

test('the preview shows a highlight that stands twice in the feed twice', async () => {
  const id = imported.products[0]?.id ?? '';
  const { page, complaints } = await open(`products/${encodeURIComponent(id)}`);
  await page.getByRole('button', { name: 'Preview', exact: true }).click();
  const preview = page.getByRole('dialog', { name: 'As a shopper sees it' });
  await preview.getByRole('listitem').nth(1).waitFor();
  expect(await preview.getByRole('listitem').allTextContents()).toEqual(['New', 'New']);
  expect(own(complaints)).toEqual([]);
  await page.close();
});

test('the page of the import shows the rows that were left out as text', async () => {
  const { page, complaints } = await open(`marketplace/${encodeURIComponent(imported.jobId)}`);
  await page.getByText('hit("script")').first().waitFor();
  expect(await harmOf(page)).toEqual(harmless);
  const button = page.getByRole('button', { name: /^Show row/ }).first();
  if ((await button.count()) > 0) {
    await button.click();
    expect(await harmOf(page)).toEqual(harmless);
  }
  expect(own(complaints)).toEqual([]);
  await page.close();
});

test('a check of the feed shows its columns and first rows as text', async () => {
  const { page, complaints } = await open('marketplace');
  await page.getByLabel('Feed address').fill(feedUrl);
  await page.getByRole('button', { name: 'Check feed' }).click();
  await page.getByRole('heading', { name: /rows can be imported/ }).waitFor();
  await page.getByText('<img src=x onerror=hit("column")>').first().waitFor();
  await page.getByText('hit("script")').first().waitFor();
  expect(await harmOf(page)).toEqual(harmless);
  expect(own(complaints)).toEqual([]);
  await page.close();
});

test('a feed that has a header and no rows is not said to be one that can be imported', async () => {
  const { page } = await open('marketplace');
  await page.getByLabel('Feed address').fill(feedUrl.replace('feed.csv', 'empty.csv'));
  await page.getByRole('button', { name: 'Check feed' }).click();
  await page.getByRole('heading', { name: 'The feed has no rows' }).waitFor();
  expect(await page.getByText(/can be imported/).count()).toBe(0);
  await page.close();
});
