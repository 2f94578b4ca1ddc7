import { bicycleArticleAt } from './bicycles.ts';
import { bookAt } from './books.ts';
import { decorationAt } from './decoration.ts';
import { shopPrice, type DemoArticle, type DemoAvailability, type DemoProduct } from './demo-product.ts';
import { randomOf, type Random } from './random.ts';
import type { DemoStoreCode } from './shops.ts';

export interface Catalogue {
  readonly productCount: number;
  /** Starts every product's id. */
  readonly idPrefix: string;
  /** Header of the shop's own column, the same in every language as its values are. */
  readonly ownColumn: string;
  readonly articleAt: (index: number) => DemoArticle;
}

/** What each store of the demo sells. */
export const catalogues: Readonly<Record<DemoStoreCode, Catalogue>> = {
  'weber-livres': { productCount: 4200, idPrefix: 'WL', ownColumn: 'pages', articleAt: bookAt },
  'weber-deco': { productCount: 3400, idPrefix: 'WD', ownColumn: 'collection', articleAt: decorationAt },
  'kirchberg-velo': {
    productCount: 3100,
    idPrefix: 'KV',
    ownColumn: 'warranty_years',
    articleAt: bicycleArticleAt,
  },
};

/**
 * All begin and end in winter time, so that each feed can write the same instants in its own way. The first one is
 * long, so that the demo has sales whenever it is looked at.
 */
const salePeriods = [
  ['2026-11-02', '2035-12-31'],
  ['2026-11-20', '2026-12-24'],
  ['2027-01-08', '2027-02-14'],
] as const;

const labels = ['core', 'core', 'core', 'winter-2026', 'gift', 'last-pieces'] as const;

function salePrice(priceCents: number, random: Random): number | undefined {
  if (!random.chance(0.18)) return undefined;
  const reduced = shopPrice((priceCents * random.between(65, 90)) / 100);
  return reduced < priceCents ? reduced : undefined;
}

function availability(random: Random): DemoAvailability {
  const share = random.below(100);
  if (share < 82) return 'in_stock';
  if (share < 92) return 'out_of_stock';
  return share < 96 ? 'preorder' : 'backorder';
}

/** Past the 12th, so that day and month cannot be mistaken for each other. */
const arrivalDay = (random: Random) => `2027-0${random.between(1, 3)}-${random.between(13, 27)}`;

function shippingCents(weightGrams: number, priceCents: number): number {
  if (weightGrams > 8000) return 3900;
  if (priceCents >= 6000) return 0;
  return weightGrams > 2000 ? 790 : 490;
}

/** The product number `index` of a store, the same in every language and on every machine. */
export function productAt(storeCode: DemoStoreCode, index: number): DemoProduct {
  const { idPrefix, articleAt } = catalogues[storeCode];
  const article = articleAt(index);
  const random = randomOf('trade', storeCode, index);
  const salePriceCents = salePrice(article.priceCents, random);
  const state = availability(random);
  const waiting = state === 'preorder' || state === 'backorder';
  return {
    ...article,
    id: `${idPrefix}-${10_001 + index * 7}`,
    salePriceCents,
    salePeriod: salePriceCents === undefined ? undefined : random.pick(salePeriods),
    availability: state,
    availableOn: waiting ? arrivalDay(random) : undefined,
    shippingCents: shippingCents(article.weightGrams, article.priceCents),
    label: random.pick(labels),
  };
}
