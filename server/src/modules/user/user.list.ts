import { Prisma, type User } from '../../generated/prisma/client.ts';
import { countUpTo, resolvePage, type Page, type PageArgs } from '../../graphql/page.ts';
import type { Db } from '../../platform/database.ts';
import { inOrder } from '../../shared/by-id.ts';

/** The records of these ids, in any order, with what the operation asks of them. */
export type LoadUsers = (ids: string[]) => Promise<User[]>;

/** A page of all users, by email address; `pattern` is one for ILIKE, on address and name, or null for all. */
export function listUsers(
  db: Db,
  pattern: string | null,
  args: PageArgs,
  load: LoadUsers,
): Promise<Page<User>> {
  // Both sides have a trigram index.
  const matches =
    pattern === null ? Prisma.sql`true` : Prisma.sql`(email ILIKE ${pattern} OR name ILIKE ${pattern})`;
  return resolvePage<User>({
    args,
    key: [{ column: 'email', type: 'text' }],
    descending: false,
    find: async ({ after, orderBy, limit }) => {
      const rows = await db.$queryRaw<{ id: string }[]>`
        SELECT id FROM users WHERE ${matches} AND ${after} ORDER BY ${orderBy} LIMIT ${limit}`;
      return inOrder(
        rows.map(({ id }) => id),
        load,
      );
    },
    keyOf: ({ email }) => [email],
    count: () => countUpTo(db, Prisma.sql`SELECT 1 FROM users WHERE ${matches}`),
  });
}
