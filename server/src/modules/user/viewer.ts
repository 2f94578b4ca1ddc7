import { Prisma } from '../../generated/prisma/client.ts';
import type { StoreRole, Viewer } from '../../graphql/viewer.ts';
import type { Db } from '../../platform/database.ts';

interface SessionRow {
  readonly session_id: string;
  readonly user_id: string;
  readonly platform_admin: boolean;
  readonly merchant_ids: readonly string[];
  readonly store_roles: Readonly<Record<string, StoreRole>>;
}

/**
 * The viewer of a session as they are now, in one statement. A session that has ended, or whose user is switched off,
 * has none. An owner's role in a store outranks a member's.
 */
export async function loadViewer(db: Db, sessionId: string): Promise<Viewer | null> {
  // Asked with every operation, and planning it takes longer than carrying it out.
  const [row] = await db.$queryRaw<SessionRow[]>`
    /* prepared as viewer */ ${sessionRows} WHERE s.id = ${sessionId}::uuid AND ${open}`;
  return row ? viewerOf(row) : null;
}

/** The viewers of these sessions, by session, as `loadViewer` gives them; in one statement as well. */
export async function loadViewers(db: Db, sessionIds: readonly string[]): Promise<Map<string, Viewer>> {
  const rows = await db.$queryRaw<SessionRow[]>`
    ${sessionRows} WHERE s.id = ANY(${[...sessionIds]}::uuid[]) AND ${open}`;
  return new Map(rows.map((row) => [row.session_id, viewerOf(row)]));
}

const sessionRows = Prisma.sql`
  SELECT s.id AS session_id, u.id AS user_id, u.platform_admin,
    ARRAY(SELECT m.id::text FROM merchants m WHERE m.owner_id = u.id) AS merchant_ids,
    COALESCE((SELECT jsonb_object_agg(m.store_id, m.role) FROM store_members m WHERE m.user_id = u.id), '{}')
      || COALESCE((SELECT jsonb_object_agg(st.id, 'OWNER') FROM stores st JOIN merchants m ON m.id = st.merchant_id
                   WHERE m.owner_id = u.id), '{}') AS store_roles
  FROM sessions s JOIN users u ON u.id = s.user_id`;

const open = Prisma.sql`s.revoked_at IS NULL AND s.expires_at > now() AND u.active`;

const viewerOf = (row: SessionRow): Viewer => ({
  id: row.user_id,
  sessionId: row.session_id,
  platformAdmin: row.platform_admin,
  merchantIds: new Set(row.merchant_ids),
  storeRoles: new Map(Object.entries(row.store_roles)),
});
