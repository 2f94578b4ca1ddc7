import AxeBuilder from '@axe-core/playwright';
import type { Page } from 'playwright-core';

interface Options {
  /** Selectors of what is left out. */
  readonly exclude?: string;
}

/**
 * What axe has to say of a page, one line a place. It is asked for violations alone and in this page alone, which is
 * less than half the time: what passes is described nowhere, and no second page is opened to put frames together, of
 * which our pages have none.
 */
export async function axeFindings(page: Page, { exclude }: Options = {}): Promise<readonly string[]> {
  const axe = new AxeBuilder({ page }).options({ resultTypes: ['violations'] }).setLegacyMode(true);
  if (exclude) axe.exclude(exclude);
  const { violations } = await axe.analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`));
}
