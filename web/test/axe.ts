import AxeBuilder from '@axe-core/playwright';
import type { Page } from 'playwright-core';

interface Options {
  /** Selectors of what is left out. */
  readonly exclude?: string;
  /** Only what colours can do: for another theme of a page that is looked at in full already. */
  readonly colors?: boolean;
}

/**
 * What axe has to say of a page, one line a place. It is asked for violations alone and in this page alone, which is
 * less than half the time: what passes is described nowhere, and no second page is opened to put frames together, of
 * which our pages have none.
 */
export async function axeFindings(
  page: Page,
  { exclude, colors = false }: Options = {},
): Promise<readonly string[]> {
  const axe = new AxeBuilder({ page }).options({ resultTypes: ['violations'] }).setLegacyMode(true);
  if (exclude) axe.exclude(exclude);
  if (colors) axe.withRules(['color-contrast', 'link-in-text-block']);
  const { violations } = await axe.analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`));
}
