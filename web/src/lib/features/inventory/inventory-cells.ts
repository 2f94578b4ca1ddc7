import type { Availability } from '#lib/features/marketplace-product/attribute-value.ts';
import { readCount } from '#lib/ui/read-count.ts';
import type { InventoryProductFragment, ProductChangeInput } from '#lib/graphql/generated/graphql.ts';

export type InventoryProduct = InventoryProductFragment;

/** What can be edited of a product, in the order of the columns. */
export const cells = ['availability', 'minQuantity', 'maxQuantity'] as const;
export type Cell = (typeof cells)[number];

/** What the API takes: a 32-bit number. */
const most = 2_147_483_647;

/** What stands in a cell: empty is the availability of the feed, or no limit. */
export function storedText({ overrides, minQuantity, maxQuantity }: InventoryProduct, cell: Cell): string {
  if (cell === 'availability') return overrides.availability ?? '';
  return String((cell === 'minQuantity' ? minQuantity : maxQuantity) ?? '');
}

/** The same number written in one way, whatever separators somebody typed; other text as it is. */
export function plainText(cell: Cell, text: string): string {
  if (cell === 'availability') return text;
  const count = readCount(text);
  return count !== null && count <= most ? String(count) : text.trim();
}

/** False for what is no quantity: it is not even sent. Whether two quantities go together the API says. */
export function isReadable(cell: Cell, text: string): boolean {
  if (cell === 'availability' || (cell === 'maxQuantity' && text === '')) return true;
  return /^\d+$/.test(text) && Number(text) >= 1 && Number(text) <= most;
}

/** A change as the API wants it. To be called with readable texts. */
export function inputOf(id: string, texts: Readonly<Partial<Record<Cell, string>>>): ProductChangeInput {
  const { availability, minQuantity, maxQuantity } = texts;
  return {
    id,
    ...(availability === undefined ? {} : { availability: (availability || null) as Availability | null }),
    ...(minQuantity === undefined ? {} : { minQuantity: Number(minQuantity) }),
    ...(maxQuantity === undefined ? {} : { maxQuantity: maxQuantity === '' ? null : Number(maxQuantity) }),
  };
}

/** True for what the store has set itself, where the feed or nobody says otherwise. */
export const isOwn = (cell: Cell, text: string): boolean =>
  cell === 'minQuantity' ? text !== '1' && text !== '' : text !== '';
