// @module-tag web
// @module-tag browser
import type { Browser, BrowserContext, Page, Request, WebSocketRoute } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser } from './browser.ts';
import {
  askApi,
  signedInContext,
  startDemoServer,
  type DemoAccount,
  type DemoServer,
} from './demo-server.ts';
import { watchOperations } from './operations.ts';

const startMs = 90_000;
let browser: Browser;
let server: DemoServer;
beforeAll(async () => {
  [browser, server] = await Promise.all([openBrowser(), startDemoServer()]);
}, startMs);
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

const names = { owner: 'Owner of Maison Weber', admin: 'Platform admin' };
const imports = '/store/weber-livres/marketplace';

async function withContext(account: DemoAccount, use: (context: BrowserContext) => Promise<void>) {
  const context = await signedInContext(browser, server, account);
  await use(context).finally(() => context.close());
}

async function openImports(context: BrowserContext): Promise<Page> {
  const page = await context.newPage();
  await page.goto(server.origin + imports);
  await page.getByRole('heading', { name: 'Import products' }).waitFor();
  return page;
}

async function signIn(page: Page, account: DemoAccount) {
  await page.getByLabel('E-mail address').fill(`${account}@example.test`);
  await page.getByLabel('Password', { exact: true }).fill(`demo-${account}`);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

async function signOut(page: Page) {
  await page.getByRole('button', { name: 'Account, language and theme' }).click();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('heading', { name: 'Hello' }).waitFor();
}

/** Ends all sessions of an account from another computer. */
async function endSessions(account: DemoAccount) {
  await withContext(account, async (elsewhere) => {
    await askApi(elsewhere, server, 'mutation { logoutEverywhere { __typename } }');
  });
}

test('when a colleague signs in at another tab, this one shows nothing of whoever signed out there', () =>
  withContext('owner', async (context) => {
    const [here, there] = [await openImports(context), await openImports(context)];
    await here.getByText(names.owner).waitFor();
    await signOut(there);
    await here.waitForURL(/\/login\?to=/);

    // No answer comes: what is drawn now is what the tab still has.
    const answer = Promise.withResolvers<void>();
    const isOfViewer = (request: Request) => request.postData()?.includes('query Viewer') === true;
    await here.route('**/graphql', async (route) => {
      if (isOfViewer(route.request())) await answer.promise;
      await route.continue();
    });
    const asking = here.waitForRequest(isOfViewer);
    await signIn(there, 'admin');
    await asking;
    expect(await here.getByText(names.owner).count()).toBe(0);
    answer.resolve();
    await here.getByText(names.admin).waitFor();
    expect(new URL(here.url()).pathname).toBe(imports);
  }));

test('a tab whose cookie became somebody else’s shows who that is', () =>
  withContext('owner', async (context) => {
    const page = await openImports(context);
    await page.getByText(names.owner).waitFor();
    // As a page of GraphiQL does it: no tab is told.
    const login = 'mutation ($input: LoginInput!) { login(input: $input) { __typename } }';
    const input = { email: 'admin@example.test', password: 'demo-admin' };
    await context.request.post(`${server.origin}/graphql`, {
      headers: { origin: server.origin },
      data: { query: login, variables: { input } },
    });
    await endSessions('owner');
    await page.getByText(names.admin).waitFor();
    expect(await page.getByText(names.owner).count()).toBe(0);
  }));

test('who signs out while the server is away is not signed in again when it is back', () =>
  withContext('owner', async (context) => {
    const page = await openImports(context);
    await context.route('**/graphql', (route) => route.fulfill({ status: 503, body: 'Starting.' }));
    await signOut(page);
    await page.goto(server.origin + imports);
    await page.getByRole('heading', { name: 'Hello' }).waitFor();

    await context.unroute('**/graphql');
    const next = await context.newPage();
    const operations = watchOperations(next);
    await next.goto(server.origin + imports);
    await next.getByRole('heading', { name: 'Hello' }).waitFor();
    expect(operations()).toEqual(['Logout']);
    await signIn(next, 'admin');
    await next.getByText(names.admin).waitFor();
    await next.reload();
    await next.getByText(names.admin).waitFor();
  }));

/** The link of a page in the hands of a test: it can be cut, and a token can be spoilt on its way. */
async function holdLink(page: Page) {
  const open = new Set<WebSocketRoute>();
  const link = { cut: false, attempts: 0, subscriptions: 0, token: '', spoilt: '' };
  await page.routeWebSocket(/\/graphql$/, (socket) => {
    link.attempts += 1;
    link.subscriptions = 0;
    if (link.cut) return void socket.close({ code: 1012 });
    open.add(socket);
    const toServer = socket.connectToServer();
    socket.onMessage((message) => {
      const [, token = link.token] = /"authorization":"Bearer ([^"]+)"/.exec(String(message)) ?? [];
      link.token = token;
      if (String(message).includes('"type":"subscribe"')) link.subscriptions += 1;
      toServer.send(token === link.spoilt ? String(message).replace(token, `${token}x`) : message);
    });
  });
  const drop = async () => {
    for (const socket of open) await socket.close({ code: 1012 });
    open.clear();
  };
  return {
    link,
    drop,
    async cut() {
      link.cut = true;
      await drop();
      await page.getByText('Connection lost.').waitFor();
    },
    async mend() {
      link.cut = false;
      link.attempts = 0;
      await page.getByRole('button', { name: 'Try now' }).click();
    },
  };
}

/** A page that watches imports, with its link. */
async function watchImports(context: BrowserContext) {
  const page = await context.newPage();
  const held = await holdLink(page);
  await page.goto(server.origin + imports);
  await expect.poll(() => held.link.token, { timeout: 20_000 }).not.toBe('');
  return { page, ...held };
}

test('a page whose session ended while its link was cut leads to the sign-in', () =>
  withContext('staff', async (context) => {
    const { page, link, cut, mend } = await watchImports(context);
    await cut();
    await endSessions('staff');
    await mend();
    await page.getByRole('heading', { name: 'Hello' }).waitFor();
    expect(link.attempts).toBe(1);
    await signIn(page, 'staff');
    await page.getByRole('heading', { name: 'Import products' }).waitFor();
    expect(await page.getByText(/Connection lost|Connected again/).count()).toBe(0);
  }));

test('a page whose token is refused, though it looks fresh, comes back with another', () =>
  withContext('staff', async (context) => {
    const { page, link, cut, mend } = await watchImports(context);
    await cut();
    link.spoilt = link.token;
    await mend();
    await page.getByText('Connected again.').waitFor();
    expect(link.token).not.toBe(link.spoilt);
  }));

test('a loss that was never told is not told to be over', () =>
  withContext('staff', async (context) => {
    const { page, link, drop } = await watchImports(context);
    const attempts = link.attempts;
    await drop();
    await expect.poll(() => link.attempts, { timeout: 10_000 }).toBe(attempts + 1);
    // It watches again once it has seen that the link is back.
    await expect.poll(() => link.subscriptions, { timeout: 10_000 }).toBeGreaterThan(0);
    expect(await page.getByText(/Connection lost|Connected again/).count()).toBe(0);
  }));

test.each(['/', '/admin'])('at %s who cannot be told who they are is offered to ask again', (path) =>
  withContext('admin', async (context) => {
    const page = await context.newPage();
    let failing = true;
    await page.route('**/graphql', (route) =>
      failing && route.request().postData()?.includes('query Viewer')
        ? route.fulfill({
            status: 500,
            json: { errors: [{ message: 'No.', extensions: { code: 'INTERNAL' } }] },
          })
        : route.continue(),
    );
    await page.goto(server.origin + path);
    await page.getByText('This part could not be loaded').waitFor();
    failing = false;
    await page.getByRole('button', { name: 'Load again' }).click();
    await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
  }),
);
