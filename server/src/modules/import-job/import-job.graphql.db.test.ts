// @module-tag import-job
// @module-tag db
import { expect, test } from 'vitest';
import { buildImportJob, buildStore, buildUser } from '../../../test/builders.ts';
import { withDatabase, withRollback } from '../../../test/database.ts';
import { execute, signedIn, signedInAdmin } from '../../../test/execute.ts';
import { globalIdOf } from '../../../test/global-id.ts';
import { buildPeople, roles } from '../../../test/people.ts';
import { recordStatements } from '../../../test/statements.ts';
import type { Viewer } from '../../graphql/viewer.ts';
import type { Db } from '../../platform/database.ts';

const one = `query ($id: ID!) {
  importJob(id: $id) { id }
  node(id: $id) { id }
}`;

test('a job is seen by its store and by admins, and is not there for others', () =>
  withRollback(async (db) => {
    const { store, viewers } = await buildPeople(db);
    const { id } = await buildImportJob(db, { storeId: store.id });
    const globalId = globalIdOf('ImportJob', id);
    const seen: Record<string, unknown> = {};
    for (const role of roles) {
      const { data, errors } = await execute(db_(db), viewers[role], one, { id: globalId });
      seen[role] = errors ? errors[0]?.extensions['code'] : data;
    }
    const found = { importJob: { id: globalId }, node: { id: globalId } };
    const nothing = { importJob: null, node: null };
    expect(seen).toEqual({
      ...{ admin: found, owner: found, manager: found, staff: found },
      ...{ otherOwner: nothing, signedOut: 'UNAUTHENTICATED' },
    });
  }));

test('a job is found by its UUID in capitals too', () =>
  withRollback(async (db) => {
    const { id } = await buildImportJob(db);
    const admin = await signedInAdmin(db);
    const found = { id: globalIdOf('ImportJob', id) };
    const { data } = await execute(db_(db), admin, one, { id: globalIdOf('ImportJob', id.toUpperCase()) });
    expect(data).toEqual({ importJob: found, node: found });
  }));

test.each(['', 'nonsense', globalIdOf('ImportJob', 'nonsense'), globalIdOf('Store', 'x')])(
  'there is no job of the id %j',
  (id) =>
    withRollback(async (db) => {
      const { viewers } = await buildPeople(db);
      const { data } = await execute(
        db_(db),
        viewers.admin,
        `{ importJob(id: ${JSON.stringify(id)}) { id } }`,
      );
      expect(data).toEqual({ importJob: null });
      const nodes = await execute(
        db_(db),
        viewers.admin,
        `{ nodes(ids: ["${globalIdOf('ImportJob', 'nonsense')}"]) { id } }`,
      );
      expect(nodes.data).toEqual({ nodes: [null] });
    }),
);

const db_ = (db: Db) => ({ db, urlKeys: { sign: (text: string) => text, verify: () => never() } });
const never = (): never => {
  throw new Error('nobody asks');
};

test('a job tells all that pages show of it, without its secrets', () =>
  withRollback(async (db) => {
    const creator = await buildUser(db, { name: 'Ada' });
    const first = await buildImportJob(db, { status: 'FAILED' });
    const job = await buildImportJob(db, {
      ...{ storeId: first.storeId, createdById: creator.id, retryOfId: first.id, status: 'FAILED' },
      sourceUrl: 'https://user:word@feeds.example.test/f.csv?token=geheim&lang=fr',
      ...{ importedCount: 1, updatedCount: 2, unchangedCount: 3, errorCount: 4, totalProcessed: 10 },
      ...{ warningCount: 5, failureCode: 'UNCLOSED_QUOTE', failureMessage: 'A quote …' },
      ...{ encoding: 'utf-8', delimiter: ';', format: 'google', bytesTotal: 3_000_000_000n },
      headerWarnings: [{ code: 'COLUMN_REPEATED', message: 'Twice.' }],
    });
    const viewer = await signedInAdmin(db);
    const { data, errors } = await execute(
      db_(db),
      viewer,
      `query ($id: ID!) { importJob(id: $id) {
        store { code } createdBy { name } marketplace sourceUrl language batchSize status
        importedCount updatedCount unchangedCount errorCount warningCount totalProcessed totalRows
        progress { phase } phases { phase state count durationMs } nothingNew encoding delimiter format bytesTotal
        headerWarnings { code message columns } failure { code message } attempt retryOf { id } revision startedAt
        restartedAt cancelRequestedAt lastSignAt completedAt durationMs errorsCsvUrl
      } }`,
      { id: globalIdOf('ImportJob', job.id) },
    );
    expect(errors).toBeUndefined();
    expect(data?.['importJob']).toMatchObject({
      ...{ createdBy: { name: 'Ada' }, marketplace: 'Letzshop', language: 'EN', batchSize: 1000 },
      sourceUrl: 'https://***@feeds.example.test/f.csv?token=***&lang=fr',
      ...{ importedCount: 1, updatedCount: 2, unchangedCount: 3, errorCount: 4, totalProcessed: 10 },
      ...{ warningCount: 5, totalRows: null, progress: null, nothingNew: false, bytesTotal: 3_000_000_000 },
      headerWarnings: [{ code: 'COLUMN_REPEATED', message: 'Twice.', columns: [] }],
      failure: { code: 'UNCLOSED_QUOTE', message: 'A quote …' },
      retryOf: { id: globalIdOf('ImportJob', first.id) },
      errorsCsvUrl: `/api/import-errors/${job.id}.csv`,
      ...{ startedAt: null, durationMs: null },
    });
  }));

interface Page {
  readonly totalCount: number;
  readonly edges: readonly { readonly node: { readonly id: string } }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

async function list(db: Db, viewer: Viewer | null, args: string): Promise<Page> {
  const source = `{ importJobs${args} { totalCount edges { node { id } } pageInfo { hasNextPage endCursor } } }`;
  const { data, errors } = await execute<{ importJobs: Page }>(db_(db), viewer, source);
  if (!data) throw new Error(JSON.stringify(errors));
  return data.importJobs;
}

const idsIn = ({ edges }: Page) =>
  edges.map(({ node }) => Buffer.from(node.id, 'base64').toString().slice(10));

test('jobs come newest first and by id, page by page, forwards and backwards', () =>
  withRollback(async (db) => {
    const { store, otherStore, viewers } = await buildPeople(db);
    const ids: string[] = [];
    for (let n = 0; n < 7; n++) {
      // Two of them in the same millisecond.
      const createdAt = new Date(Date.UTC(2026, 0, 1, 0, 0, Math.floor(n / 2)));
      const storeId = n % 2 ? store.id : otherStore.id;
      ids.unshift((await buildImportJob(db, { storeId, createdAt })).id);
    }
    const seen: string[] = [];
    for (let after = ''; ;) {
      const page = await list(db, viewers.admin, `(first: 3${after})`);
      seen.push(...idsIn(page));
      if (!page.pageInfo.hasNextPage) break;
      after = `, after: "${page.pageInfo.endCursor ?? ''}"`;
    }
    expect(seen).toEqual(ids);
    expect(idsIn(await list(db, viewers.admin, '(last: 2)'))).toEqual(ids.slice(-2));
  }));

test('filters leave in what they say, of the stores that the viewer may see', () =>
  withRollback(async (db) => {
    const { store, otherStore, viewers } = await buildPeople(db);
    const make = (values: Parameters<typeof buildImportJob>[1]) => buildImportJob(db, values);
    const failed = await make({ storeId: store.id, status: 'FAILED', language: 'FR' });
    const mine = await make({ storeId: store.id, createdById: viewers.staff?.id ?? null });
    const foreign = await make({ storeId: otherStore.id, status: 'FAILED' });
    const ids = async (viewer: Viewer | null, filter: string) => {
      const page = await list(db, viewer, `(filter: {${filter}})`);
      expect(page.totalCount).toBe(page.edges.length);
      return idsIn(page);
    };
    const { admin, staff, owner, otherOwner } = viewers;
    expect(await ids(staff, '')).toEqual([mine.id, failed.id]);
    expect(await ids(staff, 'status: [FAILED, FAILED, CANCELLED]')).toEqual([failed.id]);
    expect(await ids(staff, 'status: []')).toEqual([mine.id, failed.id]);
    expect(await ids(staff, 'createdByMe: true')).toEqual([mine.id]);
    expect(await ids(owner, 'createdByMe: true')).toEqual([]);
    expect(await ids(staff, 'language: FR, marketplace: "Letzshop"')).toEqual([failed.id]);
    expect(await ids(staff, 'marketplace: "Elsewhere"')).toEqual([]);
    expect(await ids(staff, `storeCode: "${otherStore.code}"`)).toEqual([]);
    expect(await ids(staff, 'storeCode: "nowhere"')).toEqual([]);
    expect(await ids(otherOwner, '')).toEqual([foreign.id]);
    expect(await ids(admin, 'status: [FAILED]')).toEqual([foreign.id, failed.id]);
    expect(await ids(admin, `storeCode: "${store.code}", status: [PENDING, FAILED]`)).toEqual([
      mine.id,
      failed.id,
    ]);
    expect(await ids(await signedIn(db, await buildUser(db)), '')).toEqual([]);
  }));

test('a list costs as many statements for a hundred jobs as for one', () =>
  withDatabase(async ({ db }) => {
    const viewer = await signedInAdmin(db);
    const source = `{ importJobs(first: 100) { totalCount edges { node {
      id store { code merchant { name } } createdBy { name } retryOf { id } errorGroups { code count }
      errors(first: 1) { totalCount edges { node { code } } }
    } } } stores(first: 100) { edges { node { importJobs(first: 1) { totalCount edges { node { id } } } } } } }`;
    const count = async () => {
      const { result, statements } = await recordStatements(() => execute(db_(db), viewer, source));
      expect(result.errors).toBeUndefined();
      return statements.length;
    };
    const make = async () => {
      const createdById = (await buildUser(db)).id;
      const { id, storeId } = await buildImportJob(db, { createdById, errorCount: 1 });
      const job = await buildImportJob(db, { createdById, retryOfId: id, storeId, errorCount: 1 });
      await db.marketplaceImportBatch.create({
        data: { jobId: job.id, batchNumber: 1, attempt: 1, codeCounts: { MISSING_ID: 1 } },
      });
      await db.marketplaceImportError.create({
        data: {
          ...{ jobId: job.id, rowNumber: 1, ordinal: 0, lineNumber: 2, errorType: 'MISSING_ID' },
          ...{ severity: 'ERROR', code: 'MISSING_ID', errorMessage: 'Missing.' },
        },
      });
    };
    await make();
    const few = await count();
    for (let n = 0; n < 49; n++) await make();
    expect(await count()).toBe(few);
    expect(few).toBeLessThan(25);
  }));

test("a store's jobs are its own, by state and language", () =>
  withRollback(async (db) => {
    const { store, otherStore, viewers } = await buildPeople(db);
    const failed = await buildImportJob(db, { storeId: store.id, status: 'FAILED', language: 'FR' });
    const waiting = await buildImportJob(db, { storeId: store.id });
    await buildImportJob(db, { storeId: otherStore.id });
    await buildStore(db);
    const ask = async (args: string) => {
      const source = `{ store(code: "${store.code}") { importJobs${args} { totalCount edges { node { id } } } } }`;
      const { data } = await execute<{ store: { importJobs: Page } }>(db_(db), viewers.staff, source);
      const page = data?.store.importJobs;
      return page && { ids: idsIn(page), total: page.totalCount };
    };
    expect(await ask('')).toEqual({ ids: [waiting.id, failed.id], total: 2 });
    expect(await ask('(status: [FAILED, CANCELLED])')).toEqual({ ids: [failed.id], total: 1 });
    expect(await ask('(language: DE)')).toEqual({ ids: [], total: 0 });
  }));
