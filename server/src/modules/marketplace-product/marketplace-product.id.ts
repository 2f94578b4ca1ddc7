import { nobodysUuid } from '../../shared/uuid.ts';

/** The key of a product: its number within the table, and the store that it belongs to. */
export interface ProductId {
  readonly id: bigint;
  readonly storeId: string;
}

const form = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}):(\d{1,18})$/;
/** No record has it. */
const nobody: ProductId = { id: 0n, storeId: nobodysUuid };

/** What the global id of a product holds. */
export const textOfProductId = ({ id, storeId }: ProductId): string => `${storeId}:${id}`;

/** The key in a global id; one that no product has when the text is malformed. */
export function readProductId(text: string): ProductId {
  const [, storeId, id] = form.exec(text) ?? [];
  return storeId !== undefined && id !== undefined ? { id: BigInt(id), storeId } : nobody;
}
