import { svelte } from '@sveltejs/vite-plugin-svelte';
import tailwindcss from '@tailwindcss/vite';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import sirv from 'sirv';
import { build } from 'vite';
import { afterAll, beforeAll } from 'vitest';
import { openBrowser } from './browser.ts';

interface Gallery extends AsyncDisposable {
  /** `http://127.0.0.1:PORT`, without a slash at the end. */
  readonly origin: string;
}

/**
 * Every component once, as `test/gallery` shows them: built on its own and served, so that nothing of it is among
 * the pages that people get.
 */
async function serveGallery(): Promise<Gallery> {
  const folder = await mkdtemp(join(tmpdir(), 'gallery-'));
  await build({
    root: fileURLToPath(new URL('./gallery', import.meta.url)),
    configFile: false,
    logLevel: 'error',
    build: { outDir: folder, emptyOutDir: true, assetsInlineLimit: 0, minify: false },
    plugins: [tailwindcss(), svelte({ configFile: false, compilerOptions: { runes: true } })],
  });
  const server = createServer(sirv(folder, { single: true }));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
      await rm(folder, { recursive: true });
    },
  };
}

/** Opens the gallery in a context of its own, of a browser that ends with the file's tests. */
export function useGallery(): (options?: BrowserContextOptions) => Promise<Page> {
  let browser: Browser;
  let gallery: Gallery;
  beforeAll(async () => {
    gallery = await serveGallery();
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await gallery?.[Symbol.asyncDispose]();
  });
  return async (options = {}) => {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
    const page = await context.newPage();
    await page.goto(gallery.origin);
    await page.waitForSelector('h1');
    return page;
  };
}
