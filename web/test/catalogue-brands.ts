import type { Page } from 'playwright-core';
import type { CatalogueShop, FeedProduct } from './catalogue-shop.ts';

/** Products of a catalogue shop, brand by brand, so that no test meets those of another. */
export interface Brands {
  /** All that the feed has: what it has no more would be asked about. */
  readonly feed: FeedProduct[];
  /** A brand that no test had before, with four products and one without a price. */
  make(): Promise<string>;
  /** One of which these products are in the shop, in this order. */
  makeInShop(...titles: readonly string[]): Promise<string>;
}

export function openBrands(shop: Pick<CatalogueShop, 'importProducts' | 'publish'>): Brands {
  const feed: FeedProduct[] = [];
  const make = async () => {
    const brand = `Brand-${feed.length}`;
    feed.push(
      ...['Anchor', 'Bucket', 'Candle', 'Drum'].map((title) => ({ id: `${brand}-${title}`, title, brand })),
      { id: `${brand}-Eel`, title: 'Eel without a price', price: '', brand },
    );
    await shop.importProducts(feed);
    return brand;
  };
  return {
    feed,
    make,
    async makeInShop(...titles) {
      const brand = await make();
      for (const title of titles) await shop.publish(`${brand}-${title}`);
      return brand;
    },
  };
}

export const row = (page: Page, title: string) => page.locator('tbody tr').filter({ hasText: title });
/** What has become of products; a screen reader is told the same elsewhere. */
export const note = (page: Page, text: RegExp) => page.locator('.note').filter({ hasText: text });
export const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });
