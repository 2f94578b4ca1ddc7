// @module-tag pipeline
import { expect, test } from 'vitest';
import { rowDataWriter } from './row-data.ts';

const entries = (headers: readonly string[], cells: readonly string[]) =>
  Object.entries(JSON.parse(rowDataWriter(headers)(cells)) as Record<string, string>);

test('a row is an object by header, empty cells included', () => {
  expect(entries(['id', ' title ', 'price'], ['1', ' a "b" ', ''])).toEqual([
    ['id', '1'],
    ['title', ' a "b" '],
    ['price', ''],
  ]);
});

test('a short row has only the cells that it has', () => {
  expect(entries(['id', 'title'], ['1'])).toEqual([['id', '1']]);
});

test('repeated headers and columns without a name do not hide one another', () => {
  expect(entries(['x', 'x', '', '', 'x'], ['1', '2', '3', '4', '5'])).toEqual([
    ['x', '1'],
    ['x (2)', '2'],
    ['', '3'],
    [' (2)', '4'],
    ['x (3)', '5'],
  ]);
});

test('a header may look like the name of a repeated one', () => {
  const cells = ['1', '2', '3', '4', '5'];
  for (const headers of [['x', 'x (2)', 'x', 'x', 'x (2)'], ['x', 'x', 'x (2)', 'x', 'x\0'], ['column 3']])
    expect(entries(headers, cells).map(([, cell]) => cell)).toEqual(cells);
});

test('a header may be the name of anything', () => {
  expect(rowDataWriter(['__proto__', 'constructor', 'length'])(['a', 'b', 'c'])).toBe(
    '{"__proto__":"a","constructor":"b","length":"c"}',
  );
});

test('cells beyond the header are shown, a few of them', () => {
  const row = ['1', ...Array.from({ length: 100_000 }, () => 'x')];
  expect(entries(['id'], row).slice(0, 3)).toEqual([
    ['id', '1'],
    ['column 2', 'x'],
    ['column 3', 'x'],
  ]);
  expect(entries(['id'], row).length).toBeLessThan(100);
});

test.each([
  ['ASCII', 'a', 1024],
  ['letters of two bytes', 'é', 512],
  ['emoji', '\u{1F600}', 256],
])('a cell of 1 kB of %s is whole, a longer one is cut between characters', (_kind, letter, fitting) => {
  const [[, whole], [, cut = '']] = entries(
    ['a', 'b'],
    [letter.repeat(fitting), letter.repeat(fitting + 1)],
  ) as [[string, string], [string, string]];
  expect(whole).toBe(letter.repeat(fitting));
  expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(1024);
  expect(cut).toMatch(new RegExp(`^(${letter})+…$`, 'u'));
});

test('what PostgreSQL cannot hold is left out: U+0000 and halves of surrogate pairs', () => {
  expect(entries(['a\0b'], ['x\0y\uD83Dz'])).toEqual([['ab', 'xyz']]);
});

test('long names do not make a short row large', () => {
  const headers = Array.from({ length: 1000 }, (_, at) => `${'x'.repeat(900)}${at}`);
  const text = rowDataWriter(headers)(headers.map(() => ''));
  expect(text.length).toBeLessThan(40_000);
  expect(Object.keys(JSON.parse(text) as object)).toHaveLength(1000);
});

test.each([
  ['letters', 'x'.repeat(1000)],
  ['characters that json writes at length', '\u0001'.repeat(1000)],
])('a wide row of %s is small, and names all its columns', (_kind, cell) => {
  const headers = Array.from({ length: 1024 }, (_, at) => `c${at}`);
  const text = rowDataWriter(headers)(headers.map((_, at) => (at === 1023 ? '' : cell)));
  expect(Buffer.byteLength(text)).toBeLessThan(64_000);
  const cells = Object.entries(JSON.parse(text) as Record<string, string>);
  expect(cells.map(([name]) => name)).toEqual(headers);
  expect([cells[0], cells[1022], cells[1023]]).toEqual([
    ['c0', cell],
    ['c1022', '…'],
    ['c1023', ''],
  ]);
});
