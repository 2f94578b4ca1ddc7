// @module-tag web
// @module-tag browser
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { useGallery } from './gallery-pages.ts';

const open = useGallery();

const focused = (page: Page) =>
  page.evaluate(() => document.activeElement?.textContent.trim() || document.activeElement?.ariaLabel || '');
const values = (page: Page) => page.getByTestId('values').innerText();

describe('the combobox', () => {
  test('is searched and chosen from by keyboard alone, without accents', async () => {
    const page = await open();
    const box = page.getByRole('combobox', { name: 'Store' });
    await box.focus();
    await page.keyboard.type('deco');
    await expect.poll(() => page.getByRole('listbox', { name: 'Store' }).getByRole('option').count()).toBe(1);
    await page.keyboard.press('Enter');
    expect(await values(page)).toContain('"store":"weber-deco"');
    expect(await box.inputValue()).toBe('Weber Déco');
    expect(await box.getAttribute('aria-expanded')).toBe('false');
    await page.context().close();
  });

  test('moves with the arrows, and Esc puts back what was chosen', async () => {
    const page = await open();
    const box = page.getByRole('combobox', { name: 'Store' });
    await box.focus();
    await page.keyboard.press('ArrowDown');
    await page.getByRole('option', { name: /Kirchberg/ }).waitFor();
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    expect(await values(page)).toContain('"store":"kirchberg-velo"');
    await page.keyboard.type('nothing like it');
    await page.getByText('Nothing found').waitFor();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Escape');
    expect(await box.inputValue()).toBe('Kirchberg Vélo');
    await page.getByRole('button', { name: 'Clear', exact: true }).click();
    expect(await values(page)).toContain('"store":null');
    await page.context().close();
  });
});

test('a choice that was typed in full is taken when the combobox is left', async () => {
  const page = await open();
  const box = page.getByRole('combobox', { name: 'Store' });
  await box.focus();
  await page.keyboard.type('WEBER déco');
  await page.keyboard.press('Tab');
  expect(await box.inputValue()).toBe('Weber Déco');
  expect(await values(page)).toContain('"store":"weber-deco"');
  await box.focus();
  await page.keyboard.type('kirchberg velo');
  await page.keyboard.press('Tab');
  expect(await values(page)).toContain('"store":"kirchberg-velo"');
  await box.focus();
  await page.keyboard.type('weber');
  await page.keyboard.press('Tab');
  expect(await box.inputValue()).toBe('Kirchberg Vélo');
  await page.context().close();
});

describe('a question', () => {
  test('has the focus on its safe answer, keeps it inside, and gives it back', async () => {
    const page = await open();
    await page.getByRole('button', { name: 'Ask' }).focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => focused(page)).toBe('Keep running');
    await page.keyboard.press('Tab');
    expect(await focused(page)).toBe('Stop import');
    await page.keyboard.press('Escape');
    await expect.poll(() => focused(page)).toBe('Ask');
    await page.context().close();
  });

  test('stays when what was asked for fails, says so, and can be tried again', async () => {
    const page = await open();
    await page.getByRole('button', { name: 'Ask' }).click();
    await page.getByRole('button', { name: 'Stop import' }).last().click();
    await page.getByRole('alert').getByText('It could not be stopped').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Stop import' }).click();
    await expect.poll(() => page.getByTestId('did').innerText()).toBe('stopped');
    expect(await page.getByRole('dialog').count()).toBe(0);
    await page.context().close();
  });

  test('does not say the next time what failed the time before', async () => {
    const page = await open();
    await page.getByRole('button', { name: 'Ask' }).click();
    const dialog = page.getByRole('dialog', { name: 'Stop this import?' });
    await dialog.getByRole('button', { name: 'Stop import' }).click();
    await dialog.getByRole('alert').waitFor();
    await dialog.getByRole('button', { name: 'Keep running' }).click();
    await page.getByRole('button', { name: 'Ask' }).click();
    await dialog.waitFor();
    expect(await dialog.getByRole('alert').count()).toBe(0);
    await page.context().close();
  });

  test('that is asked for again as soon as it is gone is there, whatever the browser still has to say', async () => {
    const page = await open();
    await page.getByRole('button', { name: 'Ask' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    // In one go: nothing that waits for its turn comes in between, as when somebody is very quick.
    await page.evaluate(async () => {
      const dialog = document.querySelector('dialog[open]') as HTMLDialogElement;
      const told = new Promise((resolve) => dialog.addEventListener('close', resolve));
      dialog.requestClose();
      while (dialog.open) await Promise.resolve();
      (document.activeElement as HTMLElement).click();
      await told;
    });
    await page.getByRole('dialog', { name: 'Stop this import?' }).waitFor({ timeout: 5000 });
    await page.context().close();
  });
});

describe('the palette', () => {
  test('opens by its keys, finds here and on the server, and goes there', async () => {
    const page = await open();
    await page.keyboard.press('Control+k');
    await page.keyboard.type('velo');
    await page.getByRole('option', { name: /Kirchberg Vélo/ }).waitFor();
    await page.keyboard.press('Enter');
    await expect.poll(() => page.getByTestId('went').textContent()).toBe('#kirchberg-velo');
    expect(await page.getByRole('dialog').count()).toBe(0);
    await page.context().close();
  });

  test('says when nothing is called so, and forgets it', async () => {
    const page = await open();
    await page.keyboard.press('Control+k');
    await page.keyboard.type('xyzzy');
    await page.getByText('Nothing is called "xyzzy".').waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+k');
    expect(await page.getByRole('combobox', { name: 'Search or jump to' }).inputValue()).toBe('');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.getByTestId('went').textContent()).toBe('/store/weber-livres/products');
    await page.context().close();
  });
});

test('the palette does not say the next time that the search before has failed', async () => {
  const page = await open();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('nobody answers');
  const failed = page.getByText('The server could not be asked.');
  await failed.waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+k');
  await page.getByRole('option', { name: /Import products into/ }).waitFor();
  expect(await failed.count()).toBe(0);
  await page.context().close();
});

test('single keys go to the parts of a place, but not while somebody types', async () => {
  const page = await open();
  await page.keyboard.press('g');
  await page.keyboard.press('p');
  expect(await page.getByTestId('went').textContent()).toBe('/store/weber-livres/products');
  await page.getByLabel('Store name').focus();
  await page.keyboard.type('gi');
  expect(await page.getByTestId('went').textContent()).toBe('/store/weber-livres/products');
  await page.getByRole('heading', { level: 1 }).focus();
  await page.keyboard.press('?');
  await page.getByRole('dialog', { name: 'All keys' }).waitFor();
  await page.context().close();
});

test('a letter that is pressed in an open menu is not a key of the page', async () => {
  const page = await open();
  const went = () => page.getByTestId('went').textContent();
  const before = await went();
  await page.getByRole('button', { name: 'Actions' }).focus();
  await page.keyboard.press('ArrowDown');
  await expect.poll(() => focused(page)).toBe('Edit');
  await page.keyboard.press('g');
  await page.keyboard.press('p');
  await page.keyboard.press('?');
  expect(await focused(page)).toBe('Edit');
  expect([await went(), await page.getByRole('dialog', { name: 'All keys' }).count()]).toEqual([before, 0]);
  await page.context().close();
});

test('the list of keys says whether single ones are on, wherever they were switched', async () => {
  const page = await open();
  const other = await page.context().newPage();
  await other.goto(page.url());
  const keys = (tab: Page) =>
    tab.getByRole('dialog', { name: 'All keys' }).getByRole('switch', { name: 'Single keys' });
  for (const tab of [page, other]) {
    await tab.waitForSelector('h1');
    await tab.keyboard.press('?');
    await keys(tab).waitFor();
  }
  await keys(other).click();
  await expect.poll(() => keys(page).isChecked()).toBe(false);
  await keys(page).click();
  await expect.poll(() => keys(other).isChecked()).toBe(true);
  await page.context().close();
});

test('what cannot be copied, since the page came over plain http, is said not to be', async () => {
  const page = await open();
  await page.evaluate(() => Object.defineProperty(navigator, 'clipboard', { value: undefined }));
  await page.getByRole('button', { name: 'Copy', exact: true }).first().click();
  await page.getByText('Not copied: the browser does not allow it').waitFor();
  await page.context().close();
});

test('a sentence that is said again is heard again', async () => {
  const page = await open();
  const heard = page.locator('[aria-live="polite"][aria-atomic="true"] > span');
  const say = page.getByRole('button', { name: 'Toast', exact: true });
  await say.click();
  await expect.poll(() => heard.textContent()).toBe('Settings saved');
  const first = await heard.elementHandle();
  await say.click();
  // A screen reader hears what is put into the page, not what stays as it is.
  await expect.poll(() => first?.evaluate((span) => span.isConnected)).toBe(false);
  expect(await heard.textContent()).toBe('Settings saved');
  await page.context().close();
});

test('the page itself stays in sight beside a place with a long name', async () => {
  const page = await open({ viewport: { width: 1024, height: 800 } });
  const crumbs = page.getByRole('navigation', { name: 'Where this page is' });
  await crumbs
    .getByRole('link')
    .first()
    .evaluate((link) => (link.textContent = 'Papeterie et librairie du Grand-Duché '.repeat(5)));
  const [all, last] = [await crumbs.boundingBox(), await crumbs.locator('li').last().boundingBox()];
  const endOf = (box: typeof all) => (box ? box.x + box.width : NaN);
  expect(endOf(last)).toBeLessThanOrEqual(endOf(all));
  expect(last?.width).toBeGreaterThan(40);
  await page.context().close();
});

test('a table is walked through row by row with j, k and the arrows', async () => {
  const page = await open();
  await page.getByRole('link', { name: 'French feed' }).focus();
  await page.keyboard.press('j');
  expect(await focused(page)).toBe('English feed');
  await page.keyboard.press('ArrowDown');
  expect(await focused(page)).toBe('German feed');
  await page.keyboard.press('ArrowDown');
  expect(await focused(page)).toBe('German feed');
  await page.keyboard.press('k');
  await page.keyboard.press('Enter');
  expect(new URL(page.url()).hash).toBe('#row-2');
  await page.context().close();
});

test('a press anywhere on a row opens it, but a button in it does its own work', async () => {
  const page = await open();
  // The link of the row lies over it, and takes the press.
  await page.getByText('21 Nov, 07:00').click({ force: true });
  expect(new URL(page.url()).hash).toBe('#row-3');
  await page.getByRole('row').getByRole('button', { name: 'Cancel' }).click();
  expect(new URL(page.url()).hash).toBe('#row-3');
  await page.context().close();
});

test('a menu opens, moves and closes by keyboard, and passes over what is locked', async () => {
  const page = await open();
  await page.getByRole('button', { name: 'Actions' }).focus();
  await page.keyboard.press('ArrowDown');
  await expect.poll(() => focused(page)).toBe('Edit');
  await page.keyboard.press('r');
  expect(await focused(page)).toBe('Remove');
  await page.keyboard.press('ArrowUp');
  expect(await focused(page)).toBe('Import');
  await page.keyboard.press('Escape');
  await expect.poll(() => focused(page)).toBe('Actions');
  await page.context().close();
});

test('a menu that is asked for again as soon as it is gone is there', async () => {
  const page = await open();
  const actions = page.getByRole('button', { name: 'Actions' });
  await actions.click();
  await page.getByRole('menuitem', { name: 'Edit' }).waitFor();
  await actions.evaluate((button: HTMLButtonElement) => {
    document.querySelector<HTMLElement>(':popover-open')?.hidePopover();
    button.click();
  });
  await page.getByRole('menuitem', { name: 'Edit' }).waitFor({ timeout: 5000 });
  await actions.click();
  await page.getByRole('menuitem', { name: 'Edit' }).waitFor({ state: 'detached' });
  await page.context().close();
});

test('tabs and choices are chosen with the arrows', async () => {
  const page = await open();
  await page.getByRole('tab', { name: 'Errors 42' }).focus();
  await page.keyboard.press('ArrowRight');
  await page.getByText('Part: warnings').waitFor();
  await page.getByRole('radio', { name: '30 days' }).focus();
  await page.keyboard.press('ArrowRight');
  expect(await page.getByRole('radio', { name: 'Today' }).getAttribute('aria-checked')).toBe('true');
  await page.context().close();
});

test.each([
  ['2500', '2500', '2,500'],
  ['2.500', '2500', '2,500'],
  ['99', 'null', '99'],
  ['many', 'null', 'many'],
])('a number typed as %s is %s', async (typed, read, shown) => {
  const page = await open();
  const field = page.getByLabel(/Rows at a time/);
  await field.fill(typed);
  await field.blur();
  expect(await values(page)).toContain(`"rows":${read}`);
  expect(await field.inputValue()).toBe(shown);
  await page.context().close();
});

test('a number that is set otherwise takes the place of what was typed and is none', async () => {
  const page = await open();
  const field = page.getByLabel(/Rows at a time/);
  await field.fill('many');
  await field.blur();
  await page.getByRole('button', { name: '750 rows' }).click();
  await expect.poll(() => values(page)).toContain('"rows":750');
  expect(await field.inputValue()).toBe('750');
  await page.context().close();
});

test('a box shows what is so, not what was pressed', async () => {
  const page = await open();
  const [never, some] = ['Never', 'Some'].map((name) => page.getByRole('checkbox', { name }));
  await never?.click();
  await some?.click();
  expect([await never?.isChecked(), await some?.isChecked()]).toEqual([false, false]);
  expect(await some?.evaluate((box: HTMLInputElement) => box.indeterminate)).toBe(true);
  await page.getByRole('checkbox', { name: 'Only mine' }).uncheck();
  expect(await page.getByRole('checkbox', { name: 'Only mine' }).isChecked()).toBe(false);
  await page.context().close();
});

test('the language changes without a reload, and the theme is kept', async () => {
  const page = await open();
  await page.getByLabel('Store name').fill('kept');
  await page.getByRole('radio', { name: 'Deutsch' }).first().click();
  await page.getByRole('link', { name: 'Übersicht' }).first().waitFor();
  expect(await page.getAttribute('html', 'lang')).toBe('de');
  expect(await page.getByLabel('Store name').inputValue()).toBe('kept');
  await page.getByRole('radio', { name: 'Dunkel' }).first().click();
  await page.reload();
  await page.getByRole('link', { name: 'Übersicht' }).first().waitFor();
  expect(await page.getAttribute('html', 'data-theme')).toBe('dark');
  await page.context().close();
});

test('how long ago something was is told from when it was, not from when the page was opened', async () => {
  const page = await open();
  await page.clock.install();
  const when = page.getByTestId('happened').locator('time');
  expect(await when.innerText()).not.toBe('just now');
  await page.clock.fastForward('02:00:00');
  await page.getByRole('button', { name: 'It happens again' }).click();
  await expect.poll(() => when.innerText()).toBe('just now');
  await page.clock.fastForward('05:00');
  await expect.poll(() => when.innerText()).toMatch(/^5.min ago$/);
  await page.context().close();
});

test('a lost connection is told, and that it is back', async () => {
  const page = await open();
  await page.getByRole('button', { name: 'Lose the connection' }).click();
  await page.getByText('Connection lost.').waitFor();
  await page.getByRole('button', { name: 'Try now' }).click();
  await page.getByText('Connected again.').waitFor();
  await page.context().close();
});

test('text of a feed is text: no tag of it is an element, and no address of it a link', async () => {
  const page = await open();
  await page.getByText('<img src=x').waitFor();
  expect(await page.locator('img[src="x"]').count()).toBe(0);
  expect(await page.locator('a[href^="javascript"]').count()).toBe(0);
  expect(await page.title()).toContain('Components');
  await page.context().close();
});
