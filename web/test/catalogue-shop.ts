import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { expect } from 'vitest';
import { until } from '../../server/test/until.ts';
import { openBrowser } from './browser.ts';
import { askApi, signedInContext, startDemoServer, type DemoServer } from './demo-server.ts';

/** A row of a feed of this test; without a price when that is empty. */
export interface FeedProduct {
  readonly id: string;
  readonly title: string;
  readonly price?: string;
  readonly availability?: string;
  readonly brand?: string;
  readonly salePrice?: string;
  /** When the sale begins and ends, with a slash between. */
  readonly saleDates?: string;
  /** When the offer ends. */
  readonly expires?: string;
}

/** A store with a feed of our own, its owner's browser and pages. */
export interface CatalogueShop {
  readonly server: DemoServer;
  readonly browser: Browser;
  readonly owner: BrowserContext;
  readonly storeCode: string;
  /** A further store of the same merchant, with nothing in it. */
  addStore(code: string): Promise<void>;
  /** Imports the products, and waits for the end. */
  importProducts(products: readonly FeedProduct[], into?: string): Promise<void>;
  /** The id of a marketplace product, by its number. */
  idOf(number: string): Promise<string>;
  /** Publishes one product, by its number. */
  publish(number: string): Promise<void>;
  /** A page of the store, when its heading is there. */
  open(path: string, context?: BrowserContext): Promise<Page>;
  ask<Data>(query: string, variables?: Readonly<Record<string, unknown>>): Promise<Data>;
  close(): Promise<void>;
}

const columns = [
  ...['id', 'title', 'price', 'availability', 'brand'],
  ...['sale_price', 'sale_price_effective_date', 'expiration_date'],
];
const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`;

function feedOf(products: readonly FeedProduct[]): string {
  const lines = products.map((product) => {
    const { id, title, price = '24.90 EUR', availability = 'in_stock', brand = '' } = product;
    const { salePrice = '', saleDates = '', expires = '' } = product;
    return [id, title, price, availability, brand, salePrice, saleDates, expires].map(quoted).join(',');
  });
  return `${columns.join(',')}\n${lines.join('\n')}\n`;
}

/** To be called in `beforeAll`. */
export async function openCatalogueShop(): Promise<CatalogueShop> {
  const storeCode = 'kirchberg-velo';
  let feed = '';
  const feeds = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/csv' }).end(feed);
  });
  feeds.listen(0, '127.0.0.1');
  await once(feeds, 'listening');
  const host = `127.0.0.1:${(feeds.address() as AddressInfo).port}`;
  const server = await startDemoServer({ FEED_ALLOWED_ADDRESSES: host });
  const browser = await openBrowser();
  const owner = await signedInContext(browser, server, 'other');
  const ask = <Data>(query: string, variables: Readonly<Record<string, unknown>> = {}) =>
    askApi<Data>(owner, server, query, variables);
  async function idOf(number: string): Promise<string> {
    const { marketplaceProducts } = await ask<{
      marketplaceProducts: { edges: { node: { id: string } }[] };
    }>(
      'query ($filter: MarketplaceProductFilter!) { marketplaceProducts(filter: $filter) { edges { node { id } } } }',
      { filter: { storeCode, marketplaceProductId: number } },
    );
    return marketplaceProducts.edges[0]?.node.id ?? '';
  }

  return {
    ...{ server, browser, owner, storeCode, ask },
    async addStore(code) {
      const { viewer } = await ask<{ viewer: { merchants: { id: string }[] } }>(
        '{ viewer { merchants { id } } }',
      );
      const { createStore } = await ask<{ createStore: { __typename: string } }>(
        'mutation ($input: CreateStoreInput!) { createStore(input: $input) { __typename } }',
        { input: { code, name: code, merchantId: viewer.merchants[0]?.id } },
      );
      expect(createStore.__typename).toBe('CreateStorePayload');
    },
    async importProducts(products, into = storeCode) {
      feed = feedOf(products);
      const { startImport } = await ask<{ startImport: { importJob: { id: string } } }>(
        `mutation ($input: StartImportInput!) {
          startImport(input: $input) { ... on StartImportPayload { importJob { id } } ... on UserError { message } }
        }`,
        { input: { storeCode: into, sourceUrl: `http://${host}/feed.csv`, language: 'EN' } },
      );
      await until(async () => {
        const { importJob } = await ask<{ importJob: { status: string } }>(
          'query ($id: ID!) { importJob(id: $id) { status } }',
          { id: startImport.importJob.id },
        );
        return importJob.status.startsWith('COMPLETED');
      });
    },
    idOf,
    async publish(number) {
      const { publishProducts } = await ask<{ publishProducts: { __typename: string } }>(
        'mutation ($input: PublishProductsInput!) { publishProducts(input: $input) { __typename } }',
        { input: { storeCode, marketplaceProducts: [await idOf(number)] } },
      );
      expect(publishProducts.__typename).toBe('PublishProductsPayload');
    },
    async open(path, context = owner) {
      const page = await context.newPage();
      await page.goto(`${server.origin}/store/${storeCode}/${path}`);
      await page.getByRole('heading', { level: 1 }).waitFor();
      return page;
    },
    async close() {
      await browser.close();
      feeds.closeAllConnections();
      feeds.close();
    },
  };
}

/** Titles of the rows of a list, in their order. */
export const titlesOf = (page: Page) => page.locator('tbody .row-link').allTextContents();
