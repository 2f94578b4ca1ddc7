import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { openBrowser } from './browser.ts';
import {
  askApi,
  signedInContext,
  startDemoServer,
  type DemoAccount,
  type DemoServer,
} from './demo-server.ts';

export interface AdminSite {
  readonly server: DemoServer;
  /** A browser of an account of the demo, for as long as it is used. */
  as(
    account: DemoAccount,
    use: (page: Page, context: BrowserContext) => Promise<void>,
    options?: Parameters<typeof signedInContext>[3],
  ): Promise<void>;
  /** Starts an import that fails at once: the demo has no such feed. */
  startFailing(context: BrowserContext, language: 'DE' | 'EN'): Promise<unknown>;
  /** Leads the page to a path, where the title is its heading. */
  open(page: Page, path: string, title: string | RegExp): Promise<void>;
}

const startMs = 90_000;
/** What is waited for on a page. */
export const patience = { timeout: 20_000 };

export const startImport = `mutation ($input: StartImportInput!) {
  startImport(input: $input) { __typename }
}`;

/** The demo, whose admin may import from this machine. To be called while a file's tests are collected. */
export function openAdminSite(): AdminSite {
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
  return {
    get server() {
      return server;
    },
    async as(account, use, options = {}) {
      const context = await signedInContext(browser, server, account, options);
      await use(await context.newPage(), context).finally(() => context.close());
    },
    startFailing: (context, language) =>
      askApi(context, server, startImport, {
        input: { storeCode: 'weber-deco', sourceUrl: `${server.origin}/demo/feeds/none.csv`, language },
      }),
    async open(page, path, title) {
      await page.goto(server.origin + path);
      await page.getByRole('heading', { level: 1, name: title }).waitFor();
    },
  };
}

/** Nothing that asks for `operation` is answered from now on. */
export const unanswer = (page: Page, operation: string) =>
  page.route('**/graphql', (route) =>
    route.request().postData()?.includes(`query ${operation}`)
      ? route.fulfill({ status: 500 })
      : route.continue(),
  );

/** Resolves when a part of the page says that it could not be loaded. */
export const unread = (page: Page) =>
  page.getByText('This part could not be loaded').first().waitFor(patience);
