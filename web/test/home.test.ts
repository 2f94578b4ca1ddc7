// @module-tag web
// @module-tag browser
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { axeFindings } from './axe.ts';
import { openBrowser } from './browser.ts';
import { serveBuiltPages, type BuiltPages } from './built-pages.ts';

let browser: Browser;
let pages: BuiltPages;
beforeAll(async () => {
  pages = await serveBuiltPages();
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  await pages?.[Symbol.asyncDispose]();
});

/** Opens an address and gives the page, with everything that went wrong on it or left our origin. */
async function open(address: string, options: Parameters<Browser['newPage']>[0]) {
  const page = await (await browser.newContext({ locale: 'en-GB', ...options })).newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => {
    if (!request.url().startsWith(pages.origin)) complaints.push(`asked ${request.url()}`);
  });
  await page.goto(pages.origin + address);
  await page.waitForSelector('h1');
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  return { page, complaints };
}

/** Lightness from 0 (black) to 1 (white) of what an element is painted in. */
const lightness = (page: Page, selector: string, property: 'color' | 'backgroundColor') =>
  page.$eval(
    selector,
    (element, name) => Number(/oklch\(([\d.]+)/.exec(getComputedStyle(element)[name])?.[1]),
    property,
  );

describe.each(['light', 'dark'] as const)('the first page of a stranger, %s', (colorScheme) => {
  test('is the sign-in, with nothing said against it by browser or axe', async () => {
    const { page, complaints } = await open('/', { colorScheme });
    await page.getByRole('heading', { name: 'Hello' }).waitFor();
    expect(await page.title()).toBe('Sign in · Marketplace imports');
    expect(await axeFindings(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await page.close();
  });

  test('follows the theme of the system, second voice included', async () => {
    const { page } = await open('/login', { colorScheme });
    const dark = colorScheme === 'dark';
    expect((await lightness(page, 'body', 'backgroundColor')) < 0.5).toBe(dark);
    expect((await lightness(page, 'h1', 'color')) > 0.5).toBe(dark);
    expect((await lightness(page, 'h1 + p', 'color')) > 0.5).toBe(dark);
    await page.close();
  });

  test('shows a chosen theme in place of the system’s', async () => {
    const { page } = await open('/login', { colorScheme });
    const chosen = colorScheme === 'dark' ? 'light' : 'dark';
    await page.$eval('html', (html, theme) => (html.dataset['theme'] = theme), chosen);
    expect((await lightness(page, 'body', 'backgroundColor')) < 0.5).toBe(chosen === 'dark');
    expect((await lightness(page, 'h1 + p', 'color')) > 0.5).toBe(chosen === 'dark');
    await page.close();
  });
});

test('the page is set in its own fonts and fits a phone without scrolling sideways', async () => {
  const { page } = await open('/login', { viewport: { width: 390, height: 844 } });
  const fonts = await page.evaluate(() =>
    [...document.fonts].filter(({ status }) => status === 'loaded').map(({ family }) => family),
  );
  expect(fonts.map((family) => family.replaceAll('"', ''))).toContain('Instrument Sans Variable');
  const overhang = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overhang).toBe(0);
  await page.close();
});

test('a browser that keeps nothing for a site shows its pages all the same, as they are chosen to be', async () => {
  const context = await browser.newContext({ locale: 'en-GB' });
  // As browsers do where data of sites is blocked: the storage may not even be named.
  await context.addInitScript(() => {
    const denied = {
      get: () => {
        throw new DOMException('Access is denied for this document.', 'SecurityError');
      },
    };
    Object.defineProperties(window, { localStorage: denied, sessionStorage: denied });
  });
  const page = await context.newPage();
  await page.goto(`${pages.origin}/login`);
  await page.getByRole('heading', { name: 'Hello' }).waitFor();
  await page.getByRole('button', { name: 'English' }).click();
  await page.getByRole('menuitemradio', { name: 'Deutsch' }).click();
  await page.waitForSelector('html[lang="de"]');
  await page.getByRole('button', { name: /hell und dunkel/ }).click();
  await page.waitForSelector('html[data-theme="dark"]');
  await context.close();
});

test('an address that no page has still leads to our own words', async () => {
  const { page } = await open('/no/such/page', {});
  expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('There is no such page');
  await page.close();
});

test.each(['/login', '/store/one/marketplace', '/admin/merchants/new'])(
  'the scripts that only %s needs are named before it starts, and are there',
  async (address) => {
    const links = (await fetch(pages.origin + address)).headers.get('link') ?? '';
    const scripts = [...links.matchAll(/<([^>]+)>; rel="modulepreload"/g)].map(([, path]) => path);
    expect(scripts.length).toBeGreaterThan(0);
    for (const script of scripts) {
      const { status, headers } = await fetch(`${pages.origin}${script ?? ''}`);
      expect([script, status, headers.get('content-type')]).toEqual([
        script,
        200,
        expect.stringContaining('javascript'),
      ]);
    }
  },
);
