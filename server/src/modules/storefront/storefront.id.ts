import type { ShownProduct } from './storefront.product.ts';

const form = /^StorefrontProduct:([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}):(\d{1,18})$/;

/** The id of a product as shop pages have it; unlike a node's it says nothing to the rest of the API. */
export const textOfShownId = ({ storeId, id }: Pick<ShownProduct, 'storeId' | 'id'>): string =>
  Buffer.from(`StorefrontProduct:${storeId}:${id}`).toString('base64url');

/** The key in such an id; null when it is none, or of another store. */
export function readShownId(text: string, storeId: string): bigint | null {
  const [, store, id] = form.exec(Buffer.from(text, 'base64url').toString('utf8')) ?? [];
  return store === storeId && id !== undefined ? BigInt(id) : null;
}
