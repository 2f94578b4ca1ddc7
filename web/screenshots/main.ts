import { mkdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { startDemoProgram } from '../bench/demo-program.ts';
import { openBrowser } from '../test/browser.ts';
import { askDemo } from './demo-api.ts';
import { serveFeeds } from './feeds.ts';

/**
 * Takes the pictures of the README from the real program: `pnpm screenshots`. Always of the same size and theme, and
 * of the same imports; only the times in them are those of the day.
 */
const folder = resolve(import.meta.dirname, '../../docs/screenshots');
const width = 1440;
const patience = { timeout: 120_000 };

interface Shot {
  readonly name: string;
  readonly account: string;
  readonly path: string;
  readonly height: number;
  /** What has to happen before. */
  readonly prepare?: () => Promise<unknown>;
  /** Until the page shows what the picture is of. */
  readonly arrange: (page: Page) => Promise<unknown>;
}

const openRow = async (page: Page) => {
  await page.getByRole('tab', { name: /Price cannot be read/ }).click();
  await page.getByRole('table').getByRole('button').nth(1).click();
  await page.getByText('The row as it is in the file').waitFor();
  await page.evaluate(() => scrollTo({ top: 0 }));
};

/** More than half of the rows: the ledger has all of its parts by then. */
const waitForHalf = async (page: Page) => {
  await page.getByRole('button', { name: 'English', exact: true }).click();
  const bar = page.getByTestId('running').getByRole('progressbar').first();
  await bar.waitFor(patience);
  await page.waitForFunction(
    (element) => Number(element?.getAttribute('aria-valuenow')) >= 55,
    await bar.elementHandle(),
    patience,
  );
};

await using opened = new AsyncDisposableStack();
const feeds = opened.use(await serveFeeds());
const { origin } = opened.use(
  await startDemoProgram({ FEED_ALLOWED_ADDRESSES: feeds.host, IMPORT_CONCURRENCY: '4' }),
);
const browser = await openBrowser();
opened.defer(() => browser.close());
const admin = await askDemo(origin, 'admin');
const owner = await askDemo(origin, 'owner');
const firstJob = await owner.newest('weber-livres', 'EN');
await fillWithImports();
await mkdir(folder, { recursive: true });

const shots: readonly Shot[] = [
  {
    name: 'import-with-errors',
    account: 'owner',
    path: `/store/weber-livres/marketplace/${encodeURIComponent(firstJob)}`,
    height: 820,
    arrange: openRow,
  },
  {
    name: 'import-running',
    account: 'owner',
    path: '/store/weber-livres/marketplace',
    height: 800,
    prepare: () => owner.start('weber-livres', feeds.address('today'), 'EN'),
    arrange: waitForHalf,
  },
  {
    name: 'admin-imports',
    account: 'admin',
    path: '/admin/imports?period=7',
    height: 1200,
    arrange: (page) =>
      page.getByRole('main').getByRole('table').getByText('Running').first().waitFor(patience),
  },
];
for (const shot of shots) {
  await shot.prepare?.();
  await take(browser, shot);
}

/** What a platform has seen of a day: imports of all stores, one of them in vain. */
async function fillWithImports(): Promise<void> {
  const demoFeed = (store: string, language: string) =>
    `${origin.replace('localhost', '127.0.0.1')}/demo/feeds/${store}-${language.toLowerCase()}.csv`;
  for (const store of ['weber-deco', 'kirchberg-velo']) {
    for (const language of ['FR', 'EN', 'DE']) await admin.start(store, demoFeed(store, language), language);
  }
  await owner.start('weber-deco', demoFeed('no-such-store', 'FR'), 'FR');
  await owner.start('weber-livres', feeds.address('last-week'), 'EN');
  await admin.settled();
}

async function signIn(context: BrowserContext, account: string): Promise<void> {
  const query = 'mutation ($input: LoginInput!) { login(input: $input) { __typename } }';
  const input = { email: `${account}@example.test`, password: `demo-${account}` };
  await context.request.post(`${origin}/graphql`, {
    headers: { origin },
    data: { query, variables: { input } },
  });
}

async function take(of: Browser, { name, account, path, height, arrange }: Shot): Promise<void> {
  const viewport = { width, height };
  const look = { viewport, colorScheme: 'light', locale: 'en-GB', timezoneId: 'Europe/Luxembourg' } as const;
  await using context = await of.newContext({ ...look, reducedMotion: 'reduce' });
  await signIn(context, account);
  const page = await context.newPage();
  await page.goto(origin + path);
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  await page.waitForFunction(() => document.querySelector('.skeleton') === null);
  await arrange(page);
  const file = join(folder, `${name}.png`);
  await page.screenshot({ path: file });
  console.log(`${file}: ${Math.round((await stat(file)).size / 1000)} kB`);
}
