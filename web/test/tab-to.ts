import type { Locator, Page } from 'playwright-core';

/** Presses Tab until the focus is on what is meant, as somebody without a mouse does. */
export async function tabTo(page: Page, locator: Locator): Promise<void> {
  for (let presses = 0; presses < 80; presses += 1) {
    if (await locator.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error('The focus never came there.');
}
