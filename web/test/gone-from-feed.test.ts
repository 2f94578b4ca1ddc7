// @module-tag web
// @module-tag browser
import type { Browser, BrowserContext, Page, WebSocketRoute } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { serveFeeds } from '../../server/test/feed-server.ts';
import { until } from '../../server/test/until.ts';
import { openBrowser } from './browser.ts';
import { askApi, signedInContext, startDemoServer, type DemoServer } from './demo-server.ts';
import { longFeed } from './long-feed.ts';

let browser: Browser;
let server: DemoServer;
let owner: BrowserContext;
beforeAll(async () => {
  [browser, server] = await Promise.all([
    openBrowser(),
    startDemoServer({ FEED_ALLOWED_ADDRESSES: '127.0.0.1:*' }),
  ]);
  owner = await signedInContext(browser, server, 'owner');
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

/** The id of an import of the feed, when it has ended. */
async function importOf(feed: Buffer, language = 'EN'): Promise<string> {
  const origin = await serveFeeds({ '/feed.csv': feed });
  const start = `mutation ($input: StartImportInput!) {
    startImport(input: $input) { __typename ... on StartImportPayload { importJob { id } } }
  }`;
  const input = { storeCode: 'weber-deco', sourceUrl: `${origin}/feed.csv`, language };
  const { startImport } = await askApi<{ startImport: { importJob: { id: string } } }>(owner, server, start, {
    input,
  });
  const { id } = startImport.importJob;
  const read = 'query ($id: ID!) { importJob(id: $id) { status } }';
  await until(async () => {
    const { importJob } = await askApi<{ importJob: { status: string } }>(owner, server, read, { id });
    return importJob.status.startsWith('COMPLETED');
  });
  return id;
}
/** Puts everything that the store has imported into its shop. */
async function publishAll(): Promise<void> {
  const publish = `mutation ($input: PublishProductsInput!) {
    publishProducts(input: $input) { __typename }
  }`;
  const input = { storeCode: 'weber-deco', filter: { storeCode: 'weber-deco' } };
  const { publishProducts } = await askApi<{ publishProducts: { __typename: string } }>(
    owner,
    server,
    publish,
    {
      input,
    },
  );
  expect(publishProducts.__typename).toBe('PublishProductsPayload');
}
const lamps = (count: number) => longFeed(count, 'the only edition');

async function open(path: string, context = owner): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`${server.origin}/store/weber-deco${path}`);
  await page.getByRole('heading', { level: 1 }).waitFor();
  return page;
}
const jobPath = (id: string) => `/marketplace/${encodeURIComponent(id)}`;

test('a feed that shrank too much changes nothing until somebody says so; all pages hear the answer by themselves', async () => {
  await importOf(lamps(40));
  const short = await importOf(lamps(8));
  const job = await open(jobPath(short));
  const question = job.getByText('English feed: it shrank from 38 to 7 products');
  await question.waitFor();
  const dashboard = await open('');
  await dashboard.getByText('English feed: it shrank from 38 to 7 products').waitFor();
  const elsewhere = await open(jobPath(short));
  await elsewhere.getByRole('button', { name: 'They are really gone' }).waitFor();

  await job.getByRole('button', { name: 'They are really gone' }).click();
  const dialog = job.getByRole('dialog', { name: 'Are 31 products really gone?' });
  const safe = dialog.getByRole('button', { name: 'Keep them' });
  await safe.waitFor();
  expect(await safe.evaluate((element) => element === document.activeElement)).toBe(true);
  await job.keyboard.press('Escape');
  await question.waitFor();
  await job.getByRole('button', { name: 'They are really gone' }).click();
  await dialog.getByRole('button', { name: 'They are really gone' }).click();
  for (const page of [job, elsewhere])
    await page.getByText('31 products are gone from the feed since this import.').waitFor();
  // None of them was in the shop, which lists only what it has.
  expect(await job.getByRole('link', { name: 'See them' }).count()).toBe(0);
  await publishAll();
  await job.reload();
  await job.getByRole('link', { name: 'See them' }).click();
  await job.waitForURL(/products\?missing=1$/);
  await job.locator('tbody tr').filter({ hasText: 'Product 30' }).waitFor();
  await dashboard.getByText('it shrank from').waitFor({ state: 'detached' });
  await Promise.all([job, dashboard, elsewhere].map((page) => page.close()));

  const history = await open('/marketplace');
  await history.getByText('31 products are gone from the feed since this import.').first().waitFor();
  await history.close();
});

test.each([
  ['while the page was being read', 10, false],
  ['while the link was lost', 11, true],
])('an answer that was given %s is heard all the same', async (_name, count, isLost) => {
  await importOf(lamps(40));
  const short = await importOf(lamps(count));
  const page = await owner.newPage();
  const link = await holdLink(page);
  if (isLost) link.letGo();
  await page.goto(`${server.origin}/store/weber-deco${jobPath(short)}`);
  await page.getByText(/English feed: it shrank from/).waitFor();
  if (isLost) await link.lose();
  const answer = `mutation ($input: ReviewMissingProductsInput!) {
    reviewMissingProducts(input: $input) { __typename }
  }`;
  await askApi(owner, server, answer, { input: { id: short, accept: false } });
  link.letGo();
  await page.getByText(/The feed lacks \d+ products, which were kept\./).waitFor();
  await page.close();
});

/** Keeps what the page wants to watch from the server until it is let go. To be called before it is opened. */
async function holdLink(page: Page) {
  let gate = Promise.withResolvers<void>();
  const toldAll = Promise.withResolvers<void>();
  let socket: WebSocketRoute | null = null;
  await page.routeWebSocket(/\/graphql$/, (route) => {
    socket = route;
    const behind = route.connectToServer();
    route.onMessage((message) => {
      if (!String(message).includes('"type":"subscribe"')) behind.send(message);
      else void gate.promise.then(() => behind.send(message));
    });
    behind.onMessage((message) => {
      route.send(message);
      if (String(message).includes('"type":"complete"')) toldAll.resolve();
    });
  });
  return {
    letGo: () => gate.resolve(),
    /** As soon as the page has heard how the import is: no event tells of that again. */
    async lose() {
      await toldAll.promise;
      gate = Promise.withResolvers();
      await socket?.close({ code: 1012 });
    },
  };
}

test('a feed that was wrong is said to be wrong on the dashboard, and the products stay', async () => {
  await importOf(lamps(40));
  const short = await importOf(lamps(9));
  const dashboard = await open('');
  await dashboard.getByText(/English feed: it shrank from/).waitFor();
  await dashboard.getByRole('button', { name: 'Keep them' }).click();
  await expect.poll(() => dashboard.evaluate(() => document.activeElement?.tagName)).toBe('H1');
  await dashboard.getByText(/English feed: it shrank from/).waitFor({ state: 'detached' });
  await dashboard.close();
  const job = await open(jobPath(short));
  await job.getByText(/The feed lacks \d+ products, which were kept\./).waitFor();
  await job.close();
});

test('the dashboard says by itself where the feed has moved under an own price', async () => {
  const chair = (price: string) =>
    Buffer.from(`id,title,price,availability\nCHAIR-1,Chaise,${price},in_stock\n`);
  await importOf(chair('80.00 EUR'), 'FR');
  const find = `query ($filter: MarketplaceProductFilter!) {
    marketplaceProducts(filter: $filter) { edges { node { id } } }
  }`;
  interface Found {
    readonly marketplaceProducts: { readonly edges: readonly { readonly node: { readonly id: string } }[] };
  }
  const { marketplaceProducts } = await askApi<Found>(owner, server, find, {
    filter: { storeCode: 'weber-deco', marketplaceProductId: 'CHAIR-1' },
  });
  const id = marketplaceProducts.edges[0]?.node.id;
  const change = 'mutation ($input: ProductChangeInput!) { updateProduct(input: $input) { __typename } }';
  await askApi(owner, server, change, { input: { id, price: '75.00' } });
  const dashboard = await open('');
  await dashboard.getByText('0 where the feed has moved').waitFor();
  await importOf(chair('90.00 EUR'), 'FR');
  await dashboard.getByText('The feed has moved on 1 product with your own value', { exact: true }).waitFor();
  await dashboard.getByText('Chaise: the feed said €80.00, now €90.00; yours is €75.00.').waitFor();
  const compare = dashboard.getByRole('link', { name: /^Compare/ });
  expect(await compare.getAttribute('href')).toMatch(/products\?drifted=1$/);
  await dashboard.close();
});

test('settings of what becomes of products that are gone are saved, and a limit that is none is marked', async () => {
  const page = await open('/settings');
  const form = page.getByRole('form', { name: 'From the feed to the shop' });
  await form.getByLabel('Publish products by themselves').check();
  await form.getByRole('radio', { name: 'Take it out of the shop' }).check();
  const name = page.getByRole('form', { name: 'Name', exact: true });
  await name.getByRole('textbox').fill('Weber Déco');
  await name.getByRole('button', { name: 'Save' }).click();
  await name.getByText('Saved.').waitFor();
  expect(await form.getByLabel('Publish products by themselves').isChecked()).toBe(true);
  expect(await form.getByRole('radio', { name: 'Take it out of the shop' }).isChecked()).toBe(true);
  const limit = form.getByLabel(/Ask first when a feed shrinks/);
  await limit.fill('0');
  await form.getByRole('button', { name: 'Save' }).click();
  await form.getByText('Write a whole number from 1 to 100.').waitFor();
  expect(await limit.inputValue()).toBe('0');
  await limit.fill('45');
  await form.getByRole('button', { name: 'Save' }).click();
  await form.getByText('Saved.').waitFor();
  await page.reload();
  expect(await form.getByRole('radio', { name: 'Take it out of the shop' }).isChecked()).toBe(true);
  expect(await limit.inputValue()).toBe('45');
  expect(await form.getByLabel('Publish products by themselves').isChecked()).toBe(true);
  await page.close();
});
