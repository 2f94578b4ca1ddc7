import axe from 'axe-core';
import type { Page } from 'playwright-core';

interface Options {
  /** Selectors of what is left out. */
  readonly exclude?: string;
  /** Only what colours can do: for another theme of a page that is looked at in full already. */
  readonly colors?: boolean;
}

const rulesOfColors = ['color-contrast', 'link-in-text-block'];

/**
 * What axe has to say of a page, one line a place. It is put into the page once and asked there for violations alone,
 * in half the time that its package for Playwright takes, which brings it anew each time.
 */
export async function axeFindings(
  page: Page,
  { exclude, colors = false }: Options = {},
): Promise<readonly string[]> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe.source);
  return page.evaluate(
    async ({ exclude, rules }) => {
      const { axe: inPage } = globalThis as unknown as { axe: Pick<typeof axe, 'run'> };
      const { violations } = await inPage.run(exclude ? { exclude: [exclude] } : document, {
        ...{ resultTypes: ['violations'], preload: false },
        ...(rules && { runOnly: rules }),
      });
      return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`));
    },
    { exclude: exclude ?? null, rules: colors ? rulesOfColors : null },
  );
}
