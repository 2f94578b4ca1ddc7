// @module-tag pipeline
// @module-tag hostile
import { expect, test } from 'vitest';
import { attributes } from '../product-data/attributes.ts';
import { luxembourg } from '../../test/reading.ts';
import { mapColumns } from './map/columns.ts';
import { PriceColumns } from './normalise/price-columns.ts';
import { RowNormaliser } from './normalise.ts';
import type { FeedRow } from './types.ts';

const headers = ['id', ...attributes.map(({ name }) => name), 'currency', 'something else'];
const map = mapColumns(headers, 'EUR');
const normaliser = new RowNormaliser(map, luxembourg, new PriceColumns(map, async function* () {}), true);
const row: FeedRow = {
  ...{ rowNumber: 1, lineNumber: 1, raw: Buffer.alloc(0), quoted: true, fault: null },
  ...{ fieldCount: headers.length, markStart: 0, markEnd: 1 },
};

// A reader that takes the square of its cell's length would need minutes for one of these rows.
test.each([
  ...[',', '","', '"', ' a', '<', '<a ', '&#1;', '1,', '1.', ':', 'a:b,', 'http://a,', '2020-01-01/'],
  ...['\u0301', '👩\u200d', ' \u200b', '\u0001a', '\ud83d', "'", '(', '１'],
])('D47 cells of 10 kB of %j in all columns are read at once', (shape) => {
  const cell = shape.repeat(10_000 / shape.length);
  for (const text of [cell, `"${cell}`, `a${cell}a`]) {
    const start = performance.now();
    const mapped = { row, marketplaceProductId: '1', duplicateOf: 0 };
    expect(
      normaliser.normalise(
        mapped,
        headers.map(() => text),
      ).issues.length,
    ).toBeLessThanOrEqual(120);
    expect(performance.now() - start).toBeLessThan(3000);
  }
});
