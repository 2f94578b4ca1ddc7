import { openBrowser } from './browser.ts';

/** Unpacks Chromium before the first test: of two that did it at once, one would start half of a program. */
export default async function unpackBrowser(): Promise<void> {
  const browser = await openBrowser();
  await browser.close();
}
