// @module-tag web
// @module-tag browser
import type { BrowserContext, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { openAdminSite, patience, unanswer, unread } from './admin-site.ts';
import { askApi } from './demo-server.ts';

const site = openAdminSite();
const { as, open, startFailing } = site;

/** Leads the page to all entries but the newest. */
async function openOlder(page: Page, context: BrowserContext): Promise<void> {
  const newest = '{ logs(first: 1) { edges { cursor } } }';
  type Newest = { logs: { edges: { cursor: string }[] } };
  const { logs } = await askApi<Newest>(context, site.server, newest);
  await open(page, `/admin/logs?after=${encodeURIComponent(logs.edges[0]?.cursor ?? '')}`, 'Log');
}

test('the log shows a new entry as it comes, holds it back while paused, and finds what is about one import', () =>
  as('admin', async (page, context) => {
    const fail = () => startFailing(context, 'DE');
    await open(page, '/admin/logs?level=WARN', 'Log');
    const entries = page.getByRole('row').filter({ hasText: 'Weber Déco' });
    const before = await entries.count();
    await fail();
    await expect.poll(() => entries.count(), patience).toBe(before + 1);

    await page.getByRole('button', { name: 'Pause' }).focus();
    await page.keyboard.press('Enter');
    const resume = page.getByRole('button', { name: 'Resume' });
    expect(await resume.evaluate((button) => button === document.activeElement)).toBe(true);
    await fail();
    await page.getByRole('button', { name: '1 new entry' }).waitFor({ timeout: 20_000 });
    expect(await entries.count()).toBe(before + 1);
    await resume.click();
    await expect.poll(() => entries.count(), patience).toBe(before + 2);

    await entries
      .first()
      .getByRole('button', { name: /Details/ })
      .click();
    await page.getByRole('link', { name: 'All entries of this import' }).click();
    await expect.poll(() => entries.count(), patience).toBe(1);
    expect(new URL(page.url()).searchParams.get('about')).not.toBeNull();
  }));

test('entries of before are not shown for a page that cannot be read', () =>
  as('admin', async (page, context) => {
    await openOlder(page, context);
    const rows = page.locator('tbody tr');
    await rows.nth(1).waitFor();
    await unanswer(page, 'LogPage');
    await page.getByRole('link', { name: 'Newer' }).click();
    await unread(page);
    expect(await rows.count()).toBe(0);
  }));

test('a filter that is typed beside older entries keeps the focus when it leads to the latest', () =>
  as('admin', async (page, context) => {
    await openOlder(page, context);
    await page.locator('tbody tr').first().waitFor();
    const search = page.getByRole('searchbox', { name: 'Search in messages' });
    await search.focus();
    await page.keyboard.type('imp');
    await page.waitForURL((url) => url.search === '?search=imp');
    await page.getByRole('button', { name: 'Pause' }).waitFor();
    await page.keyboard.type('ort');
    expect(await search.inputValue()).toBe('import');
  }));

test('a log that cannot be followed is not said to be live', () =>
  as('admin', async (page) => {
    await page.routeWebSocket(/\/graphql$/, (socket) => void socket.close({ code: 1012 }));
    await open(page, '/admin/logs', 'Log');
    await page.getByText('Connection lost.').waitFor();
    expect(await page.getByRole('main').getByText('Live', { exact: true }).count()).toBe(0);
  }));

test('a time since when entries are shown is typed as it is read', () =>
  as('admin', async (page) => {
    await open(page, '/admin/logs?since=2026-11-11T10:15', 'Log');
    const since = page.locator('input[type="datetime-local"]');
    await since.focus();
    // Day and month, in either order, and the year.
    await page.keyboard.type('12122025', { delay: 60 });
    expect(await since.inputValue()).toBe('2025-12-12T10:15');
    await expect.poll(() => new URL(page.url()).searchParams.get('since'), patience).toBe('2025-12-12T10:15');
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await expect.poll(() => since.inputValue(), patience).toBe('');
  }));
