// @module-tag import-job
// @module-tag db
import type { GraphQLResolveInfo } from 'graphql';
import pg from 'pg';
import { expect, test } from 'vitest';
import { buildImportJob } from '../../../test/builders.ts';
import { withDatabase } from '../../../test/database.ts';
import { buildManyErrors } from '../../../test/many-errors.ts';
import { explain, recordStatements } from '../../../test/statements.ts';
import type { Context } from '../../graphql/context.ts';
import { openErrorCsv } from './import-error.csv.ts';
import { loadErrorGroups } from './import-error.groups.ts';
import { listImportErrors, type ErrorFilter } from './import-error.list.ts';

const info = { path: { key: 'errors' }, fieldName: 'errors' } as unknown as GraphQLResolveInfo;

test('a page of a hundred thousand faults is read from an index, whatever its kind', () =>
  withDatabase(async ({ db, url }) => {
    const { id } = await buildImportJob(db, { status: 'COMPLETED_WITH_ERRORS', errorCount: 100_000 });
    await buildManyErrors(db, id, 100_000);
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    const cases: [ErrorFilter, number][] = [
      [{}, 25],
      [{ code: 'MISSING_TITLE' }, 25],
      // Only at the very end.
      [{ severity: 'WARNING' }, 25],
      [{ type: 'VALIDATION_ERROR' }, 60],
      [{ type: 'PARSE_ERROR' }, 25],
    ];
    for (const [filter, most] of cases) {
      const list = (after: string | null) =>
        recordStatements(() =>
          listImportErrors({ db } as Context, info, id, { ...filter, first: 20, after }),
        );
      const first = await list(null);
      const second = await list(first.result.pageInfo.endCursor);
      for (const [statement] of [first, second].map(({ statements }) => statements)) {
        const plan = statement && (await explain(client, statement));
        expect(plan?.scannedTables, JSON.stringify(filter)).not.toContain('marketplace_import_errors');
        expect(plan?.rowsRead, JSON.stringify(filter)).toBeLessThanOrEqual(most);
      }
    }
    const { statements } = await recordStatements(() => loadErrorGroups(db, [id]));
    expect(statements).toHaveLength(2);
    expect(statements[0] && (await explain(client, statements[0])).rowsRead).toBeLessThan(250);
    await client.end();
  }));

test('a file of a hundred thousand faults is written whole, in pieces', () =>
  withDatabase(async ({ db }) => {
    const { id } = await buildImportJob(db, { status: 'COMPLETED_WITH_ERRORS', errorCount: 100_000 });
    await buildManyErrors(db, id, 100_000);
    const file = await openErrorCsv(db, id);
    let [lines, longest, head, tail] = [0, 0, '', ''];
    for await (const chunk of file?.chunks ?? []) {
      head ||= chunk;
      tail = chunk;
      lines += chunk.split('\r\n').length - 1;
      longest = Math.max(longest, chunk.length);
    }
    expect(lines).toBe(100_001);
    expect(head).toBe(
      '\uFEFFrow,line,product id,type,severity,attribute,code,message,zeta,id,alpha,column 4\r\n',
    );
    expect(tail).toMatch(/\r\n100000,100001,P100000,[^\r]*\r\n$/);
    // A thousand rows a piece; all of them together are a hundred times as much.
    expect(longest).toBeLessThan(1 << 20);
  }));

test('rows as large as they are kept come a few megabytes at a time', () =>
  withDatabase(async ({ db }) => {
    const { id } = await buildImportJob(db, { status: 'COMPLETED_WITH_ERRORS', errorCount: 400 });
    await buildManyErrors(db, id, 400);
    await db.$executeRaw`
      UPDATE marketplace_import_errors SET row_data = json_build_object('zeta', repeat('some text ', 3200))
      WHERE row_number > 100`;
    // The first fault of a row has it for the others.
    await db.$executeRaw`UPDATE marketplace_import_errors SET row_data = NULL, row_number = 300, ordinal = row_number
      WHERE row_number > 300`;
    const { result: pieces, statements } = await recordStatements(async () =>
      Array.fromAsync((await openErrorCsv(db, id))?.chunks ?? []),
    );
    const rows = pieces.join('').matchAll(/^(\d+),\d+,P(\d+),.*some text some text/gm);
    expect(Array.from(rows, ([, row, product]) => `${row} ${product}`)).toEqual(
      Array.from({ length: 400 }, (_, at) => `${Math.min(at + 1, 300)} ${at + 1}`),
    );
    expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThan(9 << 20);
    expect(statements.length).toBeLessThan(20);
  }));

test('no more of a file is read than has been asked for', () =>
  withDatabase(async ({ db }) => {
    const { id } = await buildImportJob(db, { status: 'COMPLETED_WITH_ERRORS', errorCount: 10_000 });
    await buildManyErrors(db, id, 10_000);
    const pieces = (await openErrorCsv(db, id))?.chunks[Symbol.asyncIterator]();
    await pieces?.next();
    const { statements } = await recordStatements(async () => {
      for (let piece = 0; piece < 3; piece++) await pieces?.next();
    });
    expect(statements).toHaveLength(3);
    await pieces?.return?.();
  }));

test('the file has the columns of the feed in its order, and nothing that a spreadsheet would run', () =>
  withDatabase(async ({ db }) => {
    const createdAt = new Date(Date.UTC(2026, 0, 2, 3, 4));
    const { id: jobId } = await buildImportJob(db, { errorCount: 2, createdAt });
    const kind = { errorType: 'MISSING_ID', severity: 'ERROR', code: 'MISSING_ID' } as const;
    const fault = { jobId, ordinal: 0, ...kind };
    await db.marketplaceImportError.createMany({
      data: [
        { ...fault, rowNumber: 1, lineNumber: 2, errorMessage: 'No id.', rowData: { zeta: '=1+1', id: '' } },
        {
          ...fault,
          rowNumber: 2,
          lineNumber: 3,
          errorMessage: '"x", y',
          rowData: { zeta: '-5', id: 'é', a: '@x' },
        },
        { ...fault, rowNumber: 3, lineNumber: 9, errorMessage: 'Broken.' },
      ],
    });
    const file = await openErrorCsv(db, jobId);
    const text = (await Array.fromAsync(file?.chunks ?? [])).join('');
    expect(text.split('\r\n')).toEqual([
      '\uFEFFrow,line,product id,type,severity,attribute,code,message,zeta,id,a',
      `1,2,,MISSING_ID,ERROR,,MISSING_ID,No id.,'=1+1,,`,
      `2,3,,MISSING_ID,ERROR,,MISSING_ID,"""x"", y",-5,é,'@x`,
      '3,9,,MISSING_ID,ERROR,,MISSING_ID,Broken.,,,',
      '',
    ]);
    expect(file?.fileName).toMatch(/^import-errors-store-[0-9a-f]+-202601020304\.csv$/);
  }));
