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
 * The viewers of these sessions as they are now, by session, in one statement. A session that has ended, or whose
 * user is switched off, has none. An owner's role in a store outranks a member's.
 */
export async function loadViewers(db: Db, sessionIds: readonly string[]): Promise<Map<string, Viewer>> {
  const rows = await db.$queryRaw<SessionRow[]>`
    SELECT s.id AS session_id, u.id AS user_id, u.platform_admin,
      ARRAY(SELECT m.id::text FROM merchants m WHERE m.owner_id = u.id) AS merchant_ids,
      COALESCE((SELECT jsonb_object_agg(m.store_id, m.role) FROM store_members m WHERE m.user_id = u.id), '{}')
        || COALESCE((SELECT jsonb_object_agg(st.id, 'OWNER') FROM stores st JOIN merchants m ON m.id = st.merchant_id
                     WHERE m.owner_id = u.id), '{}') AS store_roles
    FROM sessions s JOIN users u ON u.id = s.user_id
    WHERE s.id = ANY(${[...sessionIds]}::uuid[]) AND s.revoked_at IS NULL AND s.expires_at > now() AND u.active`;
  return new Map(rows.map((row) => [row.session_id, viewerOf(row)]));
}

const viewerOf = (row: SessionRow): Viewer => ({
  id: row.user_id,
  sessionId: row.session_id,
  platformAdmin: row.platform_admin,
  merchantIds: new Set(row.merchant_ids),
  storeRoles: new Map(Object.entries(row.store_roles)),
});
