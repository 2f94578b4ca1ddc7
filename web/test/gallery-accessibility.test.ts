// @module-tag web
// @module-tag browser
import { describe, expect, test } from 'vitest';
import { axeFindings } from './axe.ts';
import { useGallery } from './gallery-pages.ts';

const open = useGallery();

describe.each([
  ['light', 1440],
  ['dark', 1440],
  ['light', 390],
  ['dark', 390],
] as const)('%s at %d pixels', (colorScheme, width) => {
  const options = {
    colorScheme,
    viewport: { width, height: 900 },
    // A colour on its way from one to the other is neither.
    reducedMotion: 'reduce',
  } as const;
  const colors = colorScheme === 'dark';

  test('axe finds nothing, and nothing scrolls sideways', async () => {
    const page = await open(options);
    expect(await axeFindings(page, { colors })).toEqual([]);
    const overhang = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overhang).toBe(0);
    await page.context().close();
  });

  test('axe finds nothing in what opens', { timeout: 120_000 }, async () => {
    const page = await open(options);
    await page.keyboard.press('Control+k');
    await page.keyboard.type('web');
    await page.getByRole('option', { name: /Weber Déco/ }).waitFor();
    expect(await axeFindings(page, { colors })).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Ask' }).click();
    await page.getByRole('button', { name: 'Toast', exact: true }).dispatchEvent('click');
    expect(await axeFindings(page, { colors })).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Lose the connection' }).click();
    await page.getByRole('combobox', { name: 'Store' }).click();
    await page.getByRole('listbox', { name: 'Store' }).getByRole('option').first().waitFor();
    expect(await axeFindings(page, { colors })).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Actions' }).click();
    expect(await axeFindings(page, { colors })).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Status: Failed' }).click();
    expect(await axeFindings(page, { colors })).toEqual([]);
    await page.context().close();
  });
});
