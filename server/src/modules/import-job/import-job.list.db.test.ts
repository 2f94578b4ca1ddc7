// @module-tag import-job
// @module-tag db
import pg from 'pg';
import { expect, test } from 'vitest';
import { buildStore, buildUser } from '../../../test/builders.ts';
import { withDatabase } from '../../../test/database.ts';
import { buildManyJobs } from '../../../test/many-jobs.ts';
import { explain, recordStatements } from '../../../test/statements.ts';
import type { Viewer } from '../../graphql/viewer.ts';
import { listImportJobs, type JobFilter } from './import-job.list.ts';

/** An owner of these stores, or an admin. */
const viewerOf = (id: string, storeIds: readonly string[] | null): Viewer => ({
  ...{ id, sessionId: '', merchantIds: new Set<string>() },
  platformAdmin: storeIds === null,
  storeRoles: new Map((storeIds ?? []).map((storeId) => [storeId, 'OWNER'])),
});

const isSearch = ({ text }: { readonly text: string }) => /SELECT id, created_at/.test(text);

test('a page of a hundred thousand jobs is read from an index, however it is chosen', () =>
  withDatabase(async ({ db, url }) => {
    const stores = await Promise.all(Array.from({ length: 20 }, () => buildStore(db)));
    const users = await Promise.all(Array.from({ length: 10 }, () => buildUser(db)));
    const storeIds = stores.map(({ id }) => id);
    await buildManyJobs(db, { count: 100_000, storeIds, createdByIds: users.map(({ id }) => id) });
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    const admin = viewerOf(users[0]?.id ?? '', null);
    const owner = viewerOf(users[0]?.id ?? '', storeIds.slice(0, 5));
    const storeCode = stores[0]?.code ?? '';
    const cases: [string, Viewer, JobFilter, number][] = [
      ['all', admin, {}, 21],
      ['of a store', admin, { storeCode }, 21],
      ['of a creator', admin, { createdByMe: true }, 21],
      ['in one state', admin, { status: ['FAILED'] }, 21],
      ['that wait', admin, { status: ['PENDING'] }, 21],
      ['in several states', admin, { status: ['FAILED', 'CANCELLED', 'PENDING', 'PROCESSING'] }, 84],
      ['of a store in rare states', admin, { storeCode, status: ['CANCELLED', 'FAILED'] }, 42],
      ['in one language', admin, { language: 'FR' }, 80],
      ["of an owner's stores", owner, {}, 105],
      ["of an owner's stores, in two states", owner, { status: ['FAILED', 'CANCELLED'] }, 210],
    ];
    for (const [what, viewer, filter, most] of cases) {
      const list = (after?: string | null) =>
        recordStatements(() => listImportJobs(db, viewer, filter, { first: 20, after: after ?? null }));
      const first = await list();
      const second = await list(first.result.pageInfo.endCursor);
      for (const [statement] of [first, second].map(({ statements }) => statements.filter(isSearch))) {
        const plan = statement && (await explain(client, statement));
        expect(plan?.scannedTables, what).toEqual([]);
        expect(plan?.rowsRead, what).toBeLessThanOrEqual(most);
      }
    }
    await client.end();
  }));
