// @module-tag web
// @module-tag browser
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { axeFindings } from './axe.ts';
import { openBrowser } from './browser.ts';
import {
  askApi,
  complaintsOf,
  signedInContext,
  startDemoServer,
  type DemoAccount,
  type DemoServer,
} from './demo-server.ts';

let browser: Browser;
let server: DemoServer;
/** What stands in addresses, by its name in the table below. */
let ids: Readonly<Record<string, string>>;

beforeAll(async () => {
  server = await startDemoServer();
  browser = await openBrowser();
  const context = await signedInContext(browser, server, 'admin');
  const publish = `mutation ($input: PublishProductsInput!) { publishProducts(input: $input) { __typename } }`;
  await askApi(context, server, publish, {
    input: { storeCode: 'weber-livres', filter: { storeCode: 'weber-livres' } },
  });
  const { importJobs, products, users, merchants } = await askApi<
    Record<'importJobs' | 'products' | 'users' | 'merchants', { edges: { node: { id: string } }[] }>
  >(
    context,
    server,
    `{
      importJobs(first: 1, filter: { storeCode: "weber-livres" }) { edges { node { id } } }
      products(first: 1, filter: { storeCode: "weber-livres" }) { edges { node { id } } }
      users(first: 1) { edges { node { id } } }
      merchants(first: 1, search: "Weber") { edges { node { id } } }
    }`,
  );
  const first = (list: { edges: { node: { id: string } }[] }) =>
    encodeURIComponent(list.edges[0]?.node.id ?? '');
  ids = {
    JOB: first(importJobs),
    PRODUCT: first(products),
    USER: first(users),
    MERCHANT: first(merchants),
  };
  // Not verified, so that the page says how that is done.
  const addDomain = `mutation ($input: AddStoreDomainInput!) { addStoreDomain(input: $input) { __typename } }`;
  await askApi(context, server, addDomain, {
    input: { storeCode: 'weber-livres', hostname: 'boutique.de.livres.anciens.et.modernes.example' },
  });
  // Own values in copper, on sale, featured and switched off; with long prices, which need the most room.
  const set = `mutation ($input: ProductChangeInput!) { updateProduct(input: $input) { __typename } }`;
  await askApi(context, server, set, {
    input: {
      id: products.edges[0]?.node.id,
      ...{ price: '1299.00', salePrice: '1099.50', availability: 'OUT_OF_STOCK', maxQuantity: 5 },
      ...{ isFeatured: true, isActive: false },
    },
  });
  await context.close();
}, 120_000);
afterAll(() => browser?.close());

/** Every page, as those see it who are meant by it; staff see some with less on them. */
const pages: readonly (readonly [path: string, account: DemoAccount | null])[] = [
  ['/login', null],
  ['/', 'owner'],
  ['/store/weber-livres', 'owner'],
  ['/store/weber-deco', 'owner'],
  ['/store/kirchberg-velo', 'other'],
  ['/store/weber-livres/marketplace', 'owner'],
  ['/store/weber-livres/marketplace', 'staff'],
  ['/store/weber-livres/marketplace/JOB', 'owner'],
  ['/store/weber-livres/products/marketplace', 'owner'],
  ['/store/weber-livres/products/marketplace?view=cards', 'owner'],
  ['/store/weber-livres/products/marketplace?q=nothing+has+this+name', 'owner'],
  ['/store/weber-livres/products', 'owner'],
  ['/store/weber-livres/products', 'staff'],
  ['/store/weber-livres/products?view=cards&own=1', 'owner'],
  ['/store/weber-livres/products?drifted=1', 'owner'],
  ['/store/weber-deco/products', 'owner'],
  ['/store/weber-livres/products/PRODUCT', 'owner'],
  ['/store/weber-livres/products/PRODUCT', 'staff'],
  ['/store/weber-livres/inventory', 'owner'],
  ['/store/weber-livres/inventory', 'staff'],
  ['/store/weber-livres/inventory?q=nothing+has+this+name', 'owner'],
  ['/store/weber-livres/settings', 'owner'],
  ['/store/weber-livres/settings', 'staff'],
  ['/store/no-such-store', 'owner'],
  ['/merchant/MERCHANT', 'owner'],
  ['/admin', 'admin'],
  ['/admin/imports', 'admin'],
  ['/admin/imports/JOB', 'admin'],
  ['/admin/marketplace', 'admin'],
  ['/admin/merchants', 'admin'],
  ['/admin/merchants/new', 'admin'],
  ['/admin/merchants/MERCHANT', 'admin'],
  ['/admin/stores', 'admin'],
  ['/admin/stores/new', 'admin'],
  ['/admin/stores/weber-livres/edit', 'admin'],
  ['/admin/users', 'admin'],
  ['/admin/users/new', 'admin'],
  ['/admin/users/USER', 'admin'],
  ['/admin/logs', 'admin'],
];

const addressOf = (path: string) =>
  server.origin + path.replace(/JOB|PRODUCT|USER|MERCHANT/, (name) => ids[name] ?? '');

/** Until everything that was asked for is there: no skeleton is left. */
async function settle(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  await page.waitForFunction(() => document.querySelector('.skeleton') === null);
  await page.evaluate(() =>
    Promise.all(document.getAnimations().map((one) => one.finished.catch(() => null))),
  );
}

/** Rows and cards are alike, and axe takes long for a hundred: the first ones stand for all. */
const repeated = 'tbody tr:nth-of-type(n+7), main li:nth-of-type(n+7)';

const contexts = new Map<DemoAccount | null, BrowserContext>();
afterAll(() => Promise.all([...contexts.values()].map((context) => context.close())));

// Motion is off, as a reader may have it: then nothing may turn or fade either.
const options = { reducedMotion: 'reduce' } as const;
async function contextOf(account: DemoAccount | null): Promise<BrowserContext> {
  const made =
    contexts.get(account) ??
    (account ? await signedInContext(browser, server, account, options) : await browser.newContext(options));
  contexts.set(account, made);
  return made;
}

/** Addresses of pictures in the demo's feeds are nobody's. */
const pictureIsNowhere = 'Failed to load resource: net::';

/** Between the sizes, in German, whose words are the longest. */
const otherWidths = [1024, 768, 360];

/** How far the page can be scrolled sideways, and what stands out of the page's column, its panel or its card. */
const measure = (page: Page) =>
  page.evaluate(() => {
    const rightOf = (element: Element) => element.getBoundingClientRect().right;
    const main = document.querySelector('main');
    const column = main ? rightOf(main) - parseFloat(getComputedStyle(main).paddingRight) : 0;
    const outside = [...document.querySelectorAll('main :is(.panel, .panel td, .panel li *)')].filter(
      (one) => {
        const around = one.matches('.panel') ? null : one.closest('li, .panel');
        return rightOf(one) > (around ? rightOf(around) : column) + 0.5;
      },
    );
    return {
      sideways: document.documentElement.scrollWidth - document.documentElement.clientWidth,
      outside: outside.map(({ outerHTML }) => outerHTML.slice(0, 200)),
    };
  });

const colorSchemes = ['light', 'dark'] as const;
const sizes = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
];

test.each(pages)('axe finds nothing on %s for %s', async (path, account) => {
  const page = await (await contextOf(account)).newPage();
  const complaints = complaintsOf(page);
  await page.goto(addressOf(path), { waitUntil: 'domcontentloaded' });
  await settle(page);
  // What is folded is looked at as well.
  await page.evaluate(() =>
    document.querySelectorAll('main details').forEach((one) => ((one as HTMLDetailsElement).open = true)),
  );
  const moving = await page.evaluate(
    () => document.getAnimations().filter(({ playState }) => playState === 'running').length,
  );
  expect(moving).toBe(0);
  for (const size of sizes) {
    await page.setViewportSize(size);
    expect((await measure(page)).sideways, `${size.width} pixels`).toBe(0);
    for (const colorScheme of colorSchemes) {
      await page.emulateMedia({ colorScheme });
      const found = await axeFindings(page, { exclude: repeated, colors: colorScheme === 'dark' });
      expect(found, `${colorScheme}, ${size.width} pixels`).toEqual([]);
    }
  }
  // As another tab of the same browser tells it: the page follows without being loaded again.
  await page.evaluate(() => dispatchEvent(new StorageEvent('storage', { key: 'language', newValue: 'de' })));
  await page.waitForFunction(() => document.documentElement.lang === 'de');
  for (const width of otherWidths) {
    await page.setViewportSize({ width, height: 900 });
    expect(await measure(page), `${width} pixels`).toEqual({ sideways: 0, outside: [] });
  }
  expect(complaints.filter((complaint) => !complaint.includes(pictureIsNowhere))).toEqual([]);
  await page.close();
});
