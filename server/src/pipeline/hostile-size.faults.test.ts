// @module-tag pipeline
// @module-tag hostile
// @module-tag faults
import { expect, test } from 'vitest';
import { checkLarge } from '../../test/large-feeds.ts';

const flat = 128 << 20;

test.each([
  ['line', 'id,title,price\n1,a,5\n', 'x', '\n2,b,6\n'],
  ['field', 'id,title,price\n1,a,5\n7,"', 'x\n,y', '",5\n2,b,6\n'],
])('C29 a %s of 1 GB is one row in error, and takes no memory', async (_kind, before, filler, after) => {
  const { check, grown } = await checkLarge(before, filler, 1024, after);
  expect(check).toMatchObject({ rows: 3, accepted: 2, errors: { parse_error: 1 }, refused: null });
  expect(grown).toBeLessThan(flat);
});

test('C30 a quote that 300 MB of rows follow is named by its line, and takes no memory', async () => {
  const { check, grown } = await checkLarge('id,title,price\n1,a,5\n2,"b,6\n', '4,dd,8\n', 300, '');
  expect(check).toMatchObject({ rows: 1, refused: { code: 'UNCLOSED_QUOTE' } });
  expect(check.refused?.message).toContain('line 3');
  expect(grown).toBeLessThan(flat);
});

test('C29 128 MB of blank lines takes no memory, and the row behind is found', async () => {
  const { check, grown } = await checkLarge('id,title,price\n', '\n \n  \r\n', 128, '1,a,5');
  expect(check.rows).toBe(1);
  expect(grown).toBeLessThan(flat);
});
