// @module-tag import-job
// @module-tag db
import { expect, test } from 'vitest';
import { globalIdOf } from '../../../test/global-id.ts';
import { importFeed } from '../../../test/importing.ts';
import { withDatabase, withRollback, type TestDatabase } from '../../../test/database.ts';
import { buildImportJob } from '../../../test/builders.ts';
import { execute } from '../../../test/execute.ts';
import { buildPeople, roles } from '../../../test/people.ts';
import { recordStatements } from '../../../test/statements.ts';
import type { Viewer } from '../../graphql/viewer.ts';
import { openErrorCsv } from './import-error.csv.ts';
import { sumBatches } from './import-job.progress.ts';

const feed = [
  'id,title,price,10,gtin,note',
  '1,Lamp,5,a,,fine',
  '2,,5,a,,"says ""hello"""',
  '3,Chair,much,a,,C:\\feeds',
  '4,Table,more,a,12,',
  '1,Lamp again,5,a,,',
  ',Nobody,5,a,,',
].join('\n');

/** A job of the store whose feed was really imported. */
async function importInto(database: TestDatabase, storeId: string) {
  const { jobId } = await importFeed(database, { feed, storeId });
  const data = { ...(await sumBatches(database.db, jobId)), status: 'COMPLETED_WITH_ERRORS' as const };
  return database.db.marketplaceImportJob.update({ where: { id: jobId }, data });
}

interface Errors {
  readonly totalCount: number;
  readonly totalCountExact: boolean;
  readonly edges: readonly { readonly node: { readonly id: string; readonly rowNumber: number } }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

function asker({ db }: TestDatabase, viewer: Viewer | null, jobId: string) {
  return async (args: string): Promise<Errors> => {
    const source = `{ importJob(id: "${globalIdOf('ImportJob', jobId)}") { errors${args} {
      totalCount totalCountExact edges { node { id rowNumber } } pageInfo { hasNextPage endCursor } } } }`;
    const { data, errors } = await execute<{ importJob: { errors: Errors } }>({ db }, viewer, source);
    if (!data) throw new Error(JSON.stringify(errors));
    return data.importJob.errors;
  };
}

test('what an import left out is told by kind, and row by row', () =>
  withDatabase(async (database) => {
    const { db } = database;
    const { store, viewers } = await buildPeople(db);
    const job = await importInto(database, store.id);
    const { importedCount, updatedCount, unchangedCount, errorCount, totalProcessed } = job;
    expect(importedCount + updatedCount + unchangedCount + errorCount).toBe(totalProcessed);
    const source = `{ importJob(id: "${globalIdOf('ImportJob', job.id)}") {
      errorGroups { type code severity count sample { rowNumber lineNumber identifier attribute message rowData } }
    } }`;
    const { data } = await execute<{ importJob: { errorGroups: Record<string, unknown>[] } }>(
      { db },
      viewers.staff,
      source,
    );
    const groups = data?.importJob.errorGroups ?? [];
    expect(groups.map(({ type, code, severity, count }) => [type, code, severity, count])).toEqual([
      ['MISSING_ID', 'MISSING_ID', 'ERROR', 1],
      ['MISSING_TITLE', 'MISSING_TITLE', 'ERROR', 1],
      ['DUPLICATE_ID', 'DUPLICATE_ID', 'ERROR', 1],
      ['VALIDATION_ERROR', 'PRICE_UNREADABLE', 'ERROR', 2],
      ['VALIDATION_ERROR', 'GTIN_MALFORMED', 'WARNING', 1],
    ]);
    expect(groups[3]?.['sample']).toMatchObject({
      ...{ rowNumber: 3, lineNumber: 4, identifier: '3', attribute: 'price' },
      rowData: { id: '3', title: 'Chair', price: 'much', '10': 'a', gtin: '', note: 'C:\\feeds' },
    });
  }));

test.each([
  ['', [2, 3, 4, 4, 5, 6]],
  ['(type: DUPLICATE_ID)', [5]],
  ['(type: VALIDATION_ERROR)', [3, 4, 4]],
  ['(type: VALIDATION_ERROR, severity: WARNING)', [4]],
  ['(severity: ERROR)', [2, 3, 4, 5, 6]],
  ['(code: "PRICE_UNREADABLE")', [3, 4]],
  ['(code: "PRICE_UNREADABLE", type: MISSING_ID)', []],
  ['(code: "NOTHING")', []],
  ['(search: "chair")', [3]],
  ['(search: "table")', [4, 4]],
  [`(search: "says \\"HELLO")`, [2]],
  ['(search: "C:\\\\feeds")', [3]],
  ['(search: "much", severity: ERROR)', [3]],
  ['(search: "note")', []],
  ['(search: "%")', []],
  ['(search: "  ")', [2, 3, 4, 4, 5, 6]],
])('faults %s are those of rows %j', (args, rows) =>
  withDatabase(async (database) => {
    const { store, viewers } = await buildPeople(database.db);
    const job = await importInto(database, store.id);
    const found = await asker(database, viewers.staff, job.id)(args);
    expect(found.edges.map(({ node }) => node.rowNumber)).toEqual(rows);
    expect(found).toMatchObject({ totalCount: rows.length, totalCountExact: true });
  }),
);

test('of a row with several faults each shows it, in the file too, and it is kept once', () =>
  withDatabase(async (database) => {
    const { db } = database;
    const { store, viewers } = await buildPeople(db);
    const { id: jobId } = await importInto(database, store.id);
    const ofRow = { jobId, rowNumber: 4 };
    const kept = await db.marketplaceImportError.findMany({ where: ofRow, orderBy: { ordinal: 'asc' } });
    const row = { id: '4', title: 'Table', price: 'more', '10': 'a', gtin: '12', note: '' };
    expect(kept.map(({ rowData }) => rowData)).toEqual([row, null]);

    const ids = kept.map(({ ordinal }) => `"${globalIdOf('ImportError', `${jobId}:4:${ordinal}`)}"`);
    const source = `{
      importJob(id: "${globalIdOf('ImportJob', jobId)}") { errors(search: "table") { edges { node { rowData } } } }
      nodes(ids: [${ids.join()}]) { ... on ImportError { rowData } }
    }`;
    const { data } = await execute({ db }, viewers.staff, source);
    const both = [{ rowData: row }, { rowData: row }];
    const edges = both.map((node) => ({ node }));
    expect(data).toEqual({ importJob: { errors: { edges } }, nodes: both });

    const file = await openErrorCsv(db, jobId);
    const lines = (await Array.fromAsync(file?.chunks ?? [])).join('').split('\r\n');
    expect(lines.filter((line) => line.endsWith(',4,Table,more,a,12,'))).toHaveLength(2);
  }));

test('rows are read only where they are asked for, and all of a list together', () =>
  withDatabase(async (database) => {
    const { store, viewers } = await buildPeople(database.db);
    const { id } = await importInto(database, store.id);
    const readsOf = async (fields: string) => {
      const source = `{ importJob(id: "${globalIdOf('ImportJob', id)}") { errors { edges { node { ${fields} } } } } }`;
      const { result, statements } = await recordStatements(() => execute(database, viewers.staff, source));
      expect(result.errors).toBeUndefined();
      return statements.filter(({ text }) => text.includes('row_data'));
    };
    expect(await readsOf('id message')).toEqual([]);
    expect(await readsOf('id rowData')).toHaveLength(1);
  }));

test('faults come page by page, also of one kind', () =>
  withDatabase(async (database) => {
    const { store, viewers } = await buildPeople(database.db);
    const ask = asker(database, viewers.staff, (await importInto(database, store.id)).id);
    for (const filter of ['', ', severity: ERROR']) {
      const seen: number[] = [];
      for (let after = ''; ;) {
        const page = await ask(`(first: 2${filter}${after})`);
        seen.push(...page.edges.map(({ node }) => node.rowNumber));
        if (!page.pageInfo.hasNextPage) break;
        after = `, after: "${page.pageInfo.endCursor ?? ''}"`;
      }
      expect(seen).toEqual(filter ? [2, 3, 4, 5, 6] : [2, 3, 4, 4, 5, 6]);
    }
  }));

test("a fault is a node for its store's people and for admins alone", () =>
  withDatabase(async (database) => {
    const { db } = database;
    const { store, viewers } = await buildPeople(db);
    const job = await importInto(database, store.id);
    const [first] = (await asker(database, viewers.admin, job.id)('(first: 1)')).edges;
    const id = first?.node.id ?? '';
    const seen: Record<string, unknown> = {};
    for (const role of roles) {
      const source = `{ node(id: "${id}") { ... on ImportError { id } } }`;
      seen[role] = (await execute({ db }, viewers[role], source)).data?.['node'];
    }
    expect(seen).toEqual({
      ...{ admin: { id }, owner: { id }, manager: { id }, staff: { id } },
      ...{ otherOwner: null, signedOut: null },
    });
    const other = globalIdOf('ImportError', `${job.id}:999:0`);
    const source = `{ nodes(ids: ["${globalIdOf('ImportError', 'nonsense')}", "${other}", "${id}"]) { id } }`;
    expect((await execute({ db }, viewers.staff, source)).data).toEqual({ nodes: [null, null, { id }] });
  }));

test('a job without faults has no file of them', () =>
  withRollback(async (db) => {
    const { store, viewers } = await buildPeople(db);
    const { id } = await buildImportJob(db, { storeId: store.id });
    const source = `{ importJob(id: "${globalIdOf('ImportJob', id)}") { errorsCsvUrl errorGroups { code } } }`;
    expect((await execute({ db }, viewers.staff, source)).data).toEqual({
      importJob: { errorsCsvUrl: null, errorGroups: [] },
    });
  }));
