import { Prisma, type Merchant } from '../../generated/prisma/client.ts';
import { countUpTo, resolvePage, type Page, type PageArgs } from '../../graphql/page.ts';
import type { Viewer } from '../../graphql/viewer.ts';
import type { Db } from '../../platform/database.ts';
import { inOrder } from '../../shared/by-id.ts';

/** The records of these ids, in any order, with what the operation asks of them. */
export type LoadMerchants = (ids: string[]) => Promise<Merchant[]>;

/** A page of the merchants that the viewer may see, by name; `pattern` is one for ILIKE, on name and contact. */
export function listMerchants(
  db: Db,
  viewer: Viewer | null,
  pattern: string | null,
  args: PageArgs,
  load: LoadMerchants,
): Promise<Page<Merchant>> {
  const found = Prisma.sql`
    FROM merchants m
    WHERE ${visibleMerchants(viewer)}
      AND ${pattern === null ? Prisma.sql`true` : Prisma.sql`(m.name ILIKE ${pattern} OR m.contact_email ILIKE ${pattern})`}`;
  return resolvePage({
    args,
    // As a reader of any language expects: capitals and accents beside their letters.
    key: [
      { column: 'm.name COLLATE "und-x-icu"', type: 'text' },
      { column: 'm.id', type: 'uuid' },
    ],
    descending: false,
    keyOf: ({ name, id }) => [name, id],
    find: async ({ after, orderBy, limit }) => {
      const rows = await db.$queryRaw<{ id: string }[]>`
        SELECT m.id ${found} AND ${after} ORDER BY ${orderBy} LIMIT ${limit}`;
      return inOrder(
        rows.map(({ id }) => id),
        load,
      );
    },
    count: () => countUpTo(db, Prisma.sql`SELECT 1 ${found}`),
  });
}

function visibleMerchants(viewer: Viewer | null): Prisma.Sql {
  if (viewer?.platformAdmin) return Prisma.sql`true`;
  return Prisma.sql`m.id = ANY(${[...(viewer?.merchantIds ?? [])]}::uuid[])`;
}
