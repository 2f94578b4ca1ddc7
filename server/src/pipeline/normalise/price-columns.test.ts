// @module-tag pipeline
import { describe, expect, test } from 'vitest';
import { readFeed } from '../../../test/reading.ts';
import { isAmbiguous } from './price-columns.ts';

/** Prices of a feed in the given cells, one row at a time; codes for rows that are left out. */
async function prices(cells: readonly string[], { header = 'id;Titel;Preis', batchSize = 1 } = {}) {
  const rows = cells.map((cell, at) => `${at};x;"${cell}"`);
  const feed = await readFeed([header, ...rows].join('\n'), { batchSize });
  return feed.rows.map(({ values, errorType, codes }) => (errorType ? codes[0] : values['price']));
}

describe('a price with two meanings', () => {
  test.each([
    ['a decimal comma', ['1.299', '12,50'], ['1299.00', '12.50']],
    ['a decimal dot', ['1.299', '12.50'], ['1.30', '12.50']],
    ['grouping in thousands', ['1.299', '1.144.000'], ['1299.00', '1144000.00']],
    ['both separators', ['1,299', '2,500.00'], ['1299.00', '2500.00']],
    ['nothing before the comma to group', ['1,200', '0,000', '1 074,542'], ['1.20', '0.00', '1074.54']],
  ])('is settled by a cell with %s', async (_what, cells, expected) => {
    expect(await prices(cells)).toEqual(expected);
  });

  test('is settled by a cell far behind it, whatever the batches', async () => {
    const cells = ['1.299', ...Array.from({ length: 50 }, () => '5'), '7,90'];
    for (const batchSize of [1, 7, 1000]) expect((await prices(cells, { batchSize }))[0]).toBe('1299.00');
  });

  test.each(['id;Titel;Preis', 'id;title;price'])(
    'is refused when nothing settles it, or cells contradict each other, under %s',
    async (header) => {
      expect(await prices(['1.299', '5'], { header })).toEqual(['PRICE_AMBIGUOUS', '5.00']);
      const contradictory = ['1.299', '1,299', '29,90 EUR', '0.00'];
      const refused = ['PRICE_AMBIGUOUS', 'PRICE_AMBIGUOUS'];
      expect(await prices(contradictory, { header })).toEqual([...refused, '29.90', '0.00']);
    },
  );

  test('groups by its comma in a feed with the names of Google, when no cell says otherwise', async () => {
    const header = 'id;title;price';
    expect(await prices(['1,299'], { header })).toEqual(['1299.00']);
    expect(await prices(['1,299', '12,50'], { header })).toEqual(['1.30', '12.50']);
  });

  test.each([
    ['full-width digits', '１,２９９'],
    ['an entity', '1&#44;299'],
    ['a control character', '1\u0001,299'],
    ['a zero-width blank', '1,2\u200b99'],
  ])('is seen behind %s, so that the column settles it whatever was read before', async (_what, cell) => {
    expect(await prices([cell, '5.50', '1,299'])).toEqual(['1299.00', '5.50', '1299.00']);
    expect(await prices(['1,299', '5.50', cell])).toEqual(['1299.00', '5.50', '1299.00']);
  });

  test('is no evidence in a row that cannot be taken apart', async () => {
    const { rows } = await readFeed('id;Titel;Preis\n1;x;1.299\n2;x;9;5,50;\n3;x;y;5,50\n');
    expect(rows.map(({ codes }) => codes[0])).toEqual([
      'PRICE_AMBIGUOUS',
      'ROW_TOO_MANY_FIELDS',
      'ROW_TOO_MANY_FIELDS',
    ]);
  });
});

test('each column is settled by its own cells', async () => {
  const { rows } = await readFeed('id;Titel;Preis;Aktionspreis\n1;x;2.500;1,299\n2;x;5,50;1.50\n');
  expect(rows.map(({ values }) => [values['price'], values['sale_price']])).toEqual([
    ['2500.00', '1299.00'],
    ['5.50', '1.50'],
  ]);
});

describe('a column without evidence of its own', () => {
  const sales = async (...rows: readonly string[]) => {
    const header = 'id;title;price;sale_price;cost_of_goods_sold';
    const feed = [header, ...rows.map((cells, at) => `${at};x;${cells}`)].join('\n');
    const { rows: read } = await readFeed(feed, { batchSize: 1 });
    return read.map(({ values, errorType, codes }) => (errorType ? codes[0] : values['sale_price']));
  };

  test.each([
    ['is settled by another one', ['1.499,00 EUR;1.299 EUR;'], ['1299.00']],
    ['is settled by one of a later row', ['1.499;1.299;', '2;;0,50'], ['1299.00', undefined]],
    ['is not given three decimals by others', ['12.50;1.299;4.90'], ['PRICE_AMBIGUOUS']],
    ['is refused when the others differ', ['1.499,00;1.299;700.50'], ['PRICE_AMBIGUOUS']],
    [
      'is refused when another one contradicts itself',
      ['1.499,00;1.299;', '5.50;;'],
      ['PRICE_AMBIGUOUS', undefined],
    ],
  ])('%s', async (_how, rows, expected) => {
    expect(await sales(...rows)).toEqual(expected);
  });
});

test('evidence behind which the file breaks off counts as far as it goes', async () => {
  const { rows, refused } = await readFeed('id;Titel;Preis\n1;x;1.299\n2;x;5,50\n3;"x;1\n');
  expect([rows.map(({ values }) => values['price']), refused?.code]).toEqual([
    ['1299.00', '5.50'],
    'UNCLOSED_QUOTE',
  ]);
});

test.each([
  ['1.299', true],
  ['1,299 €', true],
  ['１，２９９', true],
  ['1.2999', false],
  ['12.50', false],
  ['1,299.00', false],
  ['0,299', false],
  ['', false],
  [undefined, false],
  ['1.299 JPY', false],
  ['x1.299', false],
])('%j has two meanings: %s', (cell, expected) => {
  expect(isAmbiguous(cell)).toBe(expected);
});
