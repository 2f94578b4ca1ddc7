// @module-tag import-job
// @module-tag hostile
import { expect, test } from 'vitest';
import { cellText } from './import-error.csv.ts';

test.each([
  ['=HYPERLINK("http://x")', `"'=HYPERLINK(""http://x"")"`],
  ['+1+1', `'+1+1`],
  ['-2+3', `'-2+3`],
  ['@SUM(A1)', `'@SUM(A1)`],
  ['\t=1', `"'\t'=1"`],
  ['\r=1', `"'\r'=1"`],
  ['\n=1', `"'\n'=1"`],
  [' =1', `' =1`],
  ['＝1', `'＝1`],
  ['-8.50 EUR', `'-8.50 EUR`],
  ['a;=1', `"a;'=1"`],
  ['a\n@b', `"a\n'@b"`],
  ['x;"=HYPERLINK(A1)&";y', `"x;'""=HYPERLINK(A1)&"";y"`],
  ['x;"" "=1', `"x;'"""" ""=1"`],
  ['x;＝1', `"x;'＝1"`],
  ['x; =1', `"x;' =1"`],
  ['x;\u00A0-2+3', `"x;'\u00A0-2+3"`],
  ['x; \t=1', `"x; \t'=1"`],
  ['; -)', `";' -)"`],
])('%j is no formula any more', (cell, text) => {
  expect(cellText(cell)).toBe(text);
});

test.each([
  ['-5', '-5'],
  ['+352', '+352'],
  ['-8.50', '-8.50'],
  ['-8,50', '"-8,50"'],
  [null, ''],
  ['', ''],
  [12, '12'],
  ['a, b', '"a, b"'],
  ['a;b', '"a;b"'],
  ['says "no"', '"says ""no"""'],
  ['two\nlines', '"two\nlines"'],
  ['WL-3310', 'WL-3310'],
  ['a = b', 'a = b'],
  ['a; b-c = "d"', '"a; b-c = ""d"""'],
])('%j stays what it is', (cell, text) => {
  expect(cellText(cell)).toBe(text);
});

test('a cell of nothing but separators and quotes takes no time', () => {
  const cell = `${'\n'.repeat(50_000)}${';"'.repeat(50_000)}`;
  const began = performance.now();
  cellText(cell);
  expect(performance.now() - began).toBeLessThan(1_000);
});
