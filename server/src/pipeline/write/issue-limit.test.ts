// @module-tag pipeline
import { describe, expect, test } from 'vitest';
import type { RowIssueCode } from '../../product-data/codes.ts';
import { issueKind } from '../../product-data/codes.ts';
import type { NormalisedRow, RowIssue } from '../types.ts';
import { chooseIssues, IssueLimit } from './issue-limit.ts';

const issueOf = (code: RowIssueCode): RowIssue => ({
  code,
  ...issueKind(code),
  attribute: null,
  message: '',
});

/** A row with these faults, errors first, as the normaliser gives it. */
function rowWith(...codes: RowIssueCode[]): NormalisedRow {
  const issues = codes.map(issueOf);
  const error = issues.find(({ severity }) => severity === 'ERROR');
  const row = { rowNumber: 1, lineNumber: 2, raw: Buffer.alloc(0), quoted: false, fault: null } as const;
  const place = { fieldCount: 1, markStart: -1, markEnd: -1 };
  const mapped = { row: { ...row, ...place }, marketplaceProductId: 'A', duplicateOf: 0 };
  const values = { shared: [], translation: [], rowData: null, selfContained: false };
  return { mapped, issues, errorType: error?.type ?? null, ...values };
}

const rowsWith = (count: number, ...codes: RowIssueCode[]) =>
  Array.from({ length: count }, () => rowWith(...codes));

test('the first 1,000 warnings of each code are kept', async () => {
  const rows = [...rowsWith(1500, 'PRICE_MISSING', 'GTIN_MALFORMED'), ...rowsWith(5, 'PRICE_ZERO')];
  const { kept, codeCounts } = await chooseIssues(rows, new IssueLimit().takeTurn());
  expect(codeCounts).toEqual({ PRICE_MISSING: 1500, GTIN_MALFORMED: 1500, PRICE_ZERO: 5 });
  const keptOf = (code: string) => kept.filter(({ issue }) => issue.code === code).length;
  expect([keptOf('PRICE_MISSING'), keptOf('GTIN_MALFORMED'), keptOf('PRICE_ZERO')]).toEqual([1000, 1000, 5]);
  expect(kept.every(({ row }) => rows.indexOf(row) < 1000 || row.issues.length === 1)).toBe(true);
});

test('the first 100,000 rows in error are kept, each with all its faults in order', async () => {
  const rows = rowsWith(100_001, 'MISSING_TITLE', 'PRICE_MISSING');
  const { kept, codeCounts } = await chooseIssues(rows, new IssueLimit().takeTurn());
  expect(codeCounts).toEqual({ MISSING_TITLE: 100_001, PRICE_MISSING: 100_001 });
  expect(kept).toHaveLength(200_000);
  expect(kept.slice(-2).map(({ ordinal, issue }) => [ordinal, issue.code])).toEqual([
    [0, 'MISSING_TITLE'],
    [1, 'PRICE_MISSING'],
  ]);
});

test('the 20 gravest of one row are kept, and all are counted', async () => {
  const row = rowWith('MISSING_TITLE', ...Array<RowIssueCode>(99).fill('GTIN_MALFORMED'));
  const { kept, codeCounts } = await chooseIssues([row], new IssueLimit().takeTurn());
  expect(codeCounts).toEqual({ MISSING_TITLE: 1, GTIN_MALFORMED: 99 });
  expect(kept.map(({ ordinal }) => ordinal)).toEqual(Array.from({ length: 20 }, (_, at) => at));
});

describe('batches', () => {
  const first = () => rowsWith(600, 'PRICE_ZERO');
  const second = () => rowsWith(600, 'PRICE_ZERO');

  test('share one limit, in the order of the feed and not in that of their writing', async () => {
    const limit = new IssueLimit();
    const [one, two] = [limit.takeTurn(), limit.takeTurn()];
    const later = chooseIssues(second(), two);
    const earlier = chooseIssues(first(), one);
    expect([(await earlier).kept.length, (await later).kept.length]).toEqual([600, 400]);
  });

  test('that an earlier attempt has written count as they did then', async () => {
    const limit = new IssueLimit();
    limit.skip({ errors: 99_999, codeCounts: { PRICE_ZERO: 700 } });
    const rows = [...second(), ...rowsWith(2, 'MISSING_ID')];
    const { kept } = await chooseIssues(rows, limit.takeTurn());
    expect(kept.map(({ issue }) => issue.code).filter((code) => code === 'MISSING_ID')).toHaveLength(1);
    expect(kept).toHaveLength(301);
  });

  test('that will never be written let those behind them fail instead of waiting for ever', async () => {
    const limit = new IssueLimit();
    const [one, two, three] = [limit.takeTurn(), limit.takeTurn(), limit.takeTurn()];
    const waiting = [chooseIssues(second(), two), chooseIssues(second(), three)];
    one.fail(new Error('the database is gone'));
    for (const choice of waiting) await expect(choice).rejects.toThrow('the database is gone');
  });
});
