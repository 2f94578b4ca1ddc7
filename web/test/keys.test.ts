// @module-tag web
// @module-tag browser
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { openAdminSite } from './admin-site.ts';

const site = openAdminSite();
const { as, open } = site;
const store = '/store/weber-livres';

const dialog = (page: Page, name: string) => page.getByRole('dialog', { name });
/** Where the focus is when nothing has it that hears keys itself. */
const leaveFields = (page: Page) => page.getByRole('heading', { level: 1 }).focus();

test('single keys that are switched off where they are listed are off in the settings, too', () =>
  as('staff', async (page, context) => {
    await open(page, `${store}/settings`, 'Settings');
    const inSettings = page.getByRole('main').getByRole('switch', { name: 'Single keys' });
    await inSettings.waitFor();
    await leaveFields(page);
    await page.keyboard.press('?');
    await dialog(page, 'All keys').getByRole('switch', { name: 'Single keys' }).click();
    await page.keyboard.press('Escape');
    await dialog(page, 'All keys').waitFor({ state: 'hidden' });
    expect(await inSettings.isChecked()).toBe(false);

    const elsewhere = await context.newPage();
    await open(elsewhere, `${store}/settings`, 'Settings');
    await elsewhere.getByRole('main').getByRole('switch', { name: 'Single keys' }).click();
    await expect.poll(() => inSettings.isChecked()).toBe(true);
    await leaveFields(page);
    await page.keyboard.press('?');
    await dialog(page, 'All keys').waitFor();
  }));
