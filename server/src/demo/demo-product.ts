import type { Language } from '../product-data/language.ts';
import { at } from './random.ts';

export type DemoAvailability = 'in_stock' | 'out_of_stock' | 'preorder' | 'backorder';
export type DemoCondition = 'new' | 'used' | 'refurbished';

/** What a language changes of a product. */
export interface DemoTexts {
  readonly title: string;
  readonly description: string;
  /** A path of the shop's own, joined by ` > `. */
  readonly productType: string;
  readonly colour: string;
  readonly size: string;
  readonly material: string;
  readonly highlights: readonly string[];
  /** Each of section, name and value; none of them with a comma or colon. */
  readonly details: readonly (readonly [section: string, name: string, value: string])[];
}

/** What makes a product what it is, from the word lists of its shop. */
export interface DemoArticle {
  /** Joins the variants of one product; empty for a product without. */
  readonly groupId: string;
  readonly gtin: string;
  readonly mpn: string;
  readonly brand: string;
  /** Full English path of Google's product taxonomy. */
  readonly googleCategory: string;
  readonly priceCents: number;
  readonly weightGrams: number;
  /** Number of pictures, at least 1. */
  readonly pictureCount: number;
  /** The value of the shop's own column, which no specification knows. */
  readonly ownColumn: string;
  readonly condition: DemoCondition;
  /** Made on demand: a feed needs one language only. */
  readonly textsIn: (language: Language) => DemoTexts;
}

/** A product as its three feeds agree on it. */
export interface DemoProduct extends DemoArticle {
  readonly id: string;
  readonly salePriceCents: number | undefined;
  /** Days of Luxembourg's winter time, YYYY-MM-DD: all feeds mean the same instants. */
  readonly salePeriod: readonly [first: string, last: string] | undefined;
  readonly availability: DemoAvailability;
  readonly availableOn: string | undefined;
  readonly shippingCents: number;
  readonly label: string;
}

/** The digits with their check digit behind them (GS1 General Specifications 7.9). */
export function withCheckDigit(digits: string): string {
  let sum = 0;
  for (let i = 1; i <= digits.length; i += 1) sum += Number(digits.at(-i)) * (i % 2 === 1 ? 3 : 1);
  return `${digits}${(10 - (sum % 10)) % 10}`;
}

/** A GTIN-13 that no other index gets under the same prefix of at most 8 digits, for indexes below 10,000. */
export function gtinOf(prefix: string, index: number): string {
  const free = 12 - prefix.length;
  // 7919 has no factor in common with a power of ten, so the numbers differ; they do not look counted.
  const number = (index * 7919 + 3571) % 10 ** free;
  return withCheckDigit(prefix + String(number).padStart(free, '0'));
}

/** An amount near `cents`, in cents, that ends as prices in shop windows do. */
export function shopPrice(cents: number): number {
  const euros = Math.max(1, Math.floor(cents / 100));
  if (euros >= 400) return Math.round(euros / 10) * 1000 - 100;
  if (euros >= 100) return euros * 100;
  return euros * 100 + at([90, 50, 95, 0, 90], Math.floor(cents));
}
