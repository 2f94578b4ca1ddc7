import { Prisma, type Store } from '../../generated/prisma/client.ts';
import { countUpTo, resolvePage, type KeyColumn, type Page, type PageArgs } from '../../graphql/page.ts';
import type { Viewer } from '../../graphql/viewer.ts';
import type { Db } from '../../platform/database.ts';
import { inOrder } from '../../shared/by-id.ts';
import { visibleStores } from './store.access.ts';

/** As a reader of any language expects: capitals and accents beside their letters. */
const key: readonly KeyColumn[] = [
  { column: 's.name COLLATE "und-x-icu"', type: 'text' },
  { column: 's.id', type: 'uuid' },
];

/** The records of these ids, in any order, with what the operation asks of them. */
export type LoadStores = (ids: string[]) => Promise<Store[]>;

export interface StoreFilter {
  /** A pattern for ILIKE, on code and name. */
  readonly pattern: string | null;
  readonly merchantId: string | null;
}

const all = Prisma.sql`true`;

/** A page of the stores that the viewer may see, by name. */
export function listStores(
  db: Db,
  viewer: Viewer | null,
  { pattern, merchantId }: StoreFilter,
  args: PageArgs,
  load: LoadStores,
): Promise<Page<Store>> {
  const found = Prisma.sql`
    FROM stores s
    WHERE ${visibleStores(viewer, 's.id')}
      AND ${merchantId === null ? all : Prisma.sql`s.merchant_id = ${merchantId}::uuid`}
      AND ${pattern === null ? all : Prisma.sql`(s.code ILIKE ${pattern} OR s.name ILIKE ${pattern})`}`;
  return resolvePage({
    args,
    key,
    descending: false,
    keyOf: ({ name, id }) => [name, id],
    find: async ({ after, orderBy, limit }) => {
      const rows = await db.$queryRaw<{ id: string }[]>`
        SELECT s.id ${found} AND ${after} ORDER BY ${orderBy} LIMIT ${limit}`;
      return inOrder(
        rows.map(({ id }) => id),
        load,
      );
    },
    count: () => countUpTo(db, Prisma.sql`SELECT 1 ${found}`),
  });
}

/** Asks once for many merchants: what `many` finds for one of them. */
export type Together = <Row>(
  part: string,
  many: (merchantIds: readonly string[]) => Promise<ReadonlyMap<string, Row>>,
) => Promise<Row | null>;

/** A page of a merchant's stores, by name; one statement for all merchants of a list. */
export function listStoresOfMerchant(
  db: Db,
  args: PageArgs,
  together: Together,
  load: LoadStores,
): Promise<Page<Store>> {
  return resolvePage({
    args,
    key,
    descending: false,
    keyOf: ({ name, id }) => [name, id],
    find: async ({ after, orderBy, limit }) =>
      (await together('page', async (merchantIds) => {
        const rows = await db.$queryRaw<{ id: string }[]>`
          SELECT s.id FROM unnest(${[...merchantIds]}::uuid[]) AS m (id) CROSS JOIN LATERAL (
            SELECT s.id, s.name FROM stores s
            WHERE s.merchant_id = m.id AND ${after} ORDER BY ${orderBy} LIMIT ${limit}
          ) s ORDER BY ${orderBy}`;
        const stores = await inOrder(
          rows.map(({ id }) => id),
          load,
        );
        return Map.groupBy(stores, ({ merchantId }) => merchantId);
      })) ?? [],
    count: async () => {
      const count = await together('count', async (merchantIds) => {
        const rows = await db.store.groupBy({
          by: 'merchantId',
          where: { merchantId: { in: [...merchantIds] } },
          _count: true,
        });
        return new Map(rows.map(({ merchantId, _count }) => [merchantId, _count]));
      });
      return { count: count ?? 0, exact: true };
    },
  });
}
