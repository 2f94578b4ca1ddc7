// @module-tag pipeline
import { describe, expect, test } from 'vitest';
import { readFeed, readOnlyRow } from '../../test/reading.ts';
import { rowErrors, rowWarnings } from '../product-data/codes.ts';

/** A row of a feed in which all else is well: cells by header. */
const row = (cells: Readonly<Record<string, string>>) => {
  const whole: Record<string, string> = { id: '1', title: 'Chair', price: '12.50', ...cells };
  const quote = (text: string) => `"${text.replaceAll('"', '""')}"`;
  return `${Object.keys(whole).join(',')}\n${Object.values(whole).map(quote).join(',')}\n`;
};

describe('which error a row counts as', () => {
  test.each([
    ['PARSE_ERROR', '1,,x,y', ['ROW_TOO_MANY_FIELDS']],
    ['MISSING_ID', ',,x', ['MISSING_ID', 'MISSING_TITLE', 'PRICE_UNREADABLE']],
    ['MISSING_TITLE', '0,,x', ['MISSING_TITLE', 'DUPLICATE_ID', 'PRICE_UNREADABLE']],
    ['DUPLICATE_ID', '0,a,x', ['DUPLICATE_ID', 'PRICE_UNREADABLE']],
    ['VALIDATION_ERROR', '1,a,x', ['PRICE_UNREADABLE']],
    [null, '1,a,5', []],
  ])('%s, and its other faults stand behind', async (errorType, cells, codes) => {
    const { rows } = await readFeed(`id,title,price\n0,z,1\n${cells}\n`);
    expect(rows[1]).toMatchObject({ errorType, codes });
  });

  test('warnings come last and change no outcome', async () => {
    const { errorType, codes } = await readOnlyRow(row({ gtin: 'x', price: 'x' }));
    expect([errorType, codes]).toEqual(['VALIDATION_ERROR', ['PRICE_UNREADABLE', 'GTIN_MALFORMED']]);
    expect(await readOnlyRow(row({ gtin: 'x' }))).toMatchObject({
      errorType: null,
      codes: ['GTIN_MALFORMED'],
    });
  });

  test.each([
    ['no price', { title: '', price: '', sale_price: '4' }, ['MISSING_TITLE']],
    ['a price of zero', { title: '', price: '0' }, ['MISSING_TITLE']],
    ['a price that cannot be read', { price: 'x', sale_price: '4' }, ['PRICE_UNREADABLE']],
  ])('nobody is told that a row with %s was saved when it was not', async (_what, cells, expected) => {
    expect((await readOnlyRow(row(cells))).codes).toEqual(expected);
  });

  test('a row that is left out has no values to store', async () => {
    expect((await readOnlyRow(row({ price: 'x' }))).values).toEqual({});
  });
});

const many = (value: string, count: number) => Array.from({ length: count }, (_, at) => value + at).join(',');

/** One row for each code, which gives that code. */
const cases = {
  ROW_TOO_MANY_FIELDS: 'id,title\n1,a,b',
  ROW_QUOTES_BROKEN: 'id,title\n1,"a"b,c',
  ROW_TOO_LARGE: `id,title\n1,${'x'.repeat((1 << 20) + 1)}`,
  MISSING_ID: row({ id: ' ' }),
  ID_TOO_LONG: row({ id: 'x'.repeat(256) }),
  MISSING_TITLE: row({ title: '<b>&nbsp;</b>' }),
  PRICE_UNREADABLE: row({ price: 'from 5' }),
  PRICE_AMBIGUOUS: 'id,Titel,Preis\n1,a,1.299',
  PRICE_NEGATIVE: row({ price: '-5' }),
  PRICE_TOO_LARGE: row({ price: '10000000000.00' }),
  CURRENCY_UNKNOWN: row({ price: '5 ABC' }),
  CURRENCY_AMBIGUOUS: row({ price: '$5' }),
  CURRENCY_CONFLICT: row({ price: '5 EUR', sale_price: '4 USD' }),
  PRICE_MISSING: row({ price: '' }),
  PRICE_ZERO: row({ price: '0' }),
  PRICE_ROUNDED: row({ price: '1.0051' }),
  SALE_PRICE_WITHOUT_PRICE: row({ price: '', sale_price: '4' }),
  SALE_PRICE_ZERO: row({ sale_price: '0' }),
  SALE_PRICE_NOT_LOWER: row({ sale_price: '12.50' }),
  AMOUNT_UNREADABLE: row({ cost_of_goods_sold: 'x' }),
  GTIN_MALFORMED: row({ gtin: '123' }),
  GTIN_CHECK_DIGIT: row({ gtin: '4006381333930' }),
  GTIN_RESTRICTED: row({ gtin: '2000000000008' }),
  GTIN_DAMAGED: row({ gtin: '4.00638E+12' }),
  GTIN_REPAIRED: row({ gtin: '36000291452' }),
  GTIN_TOO_MANY: row({
    gtin: Array.from({ length: 11 }, (_, at) => withCheckDigit(`4006381333${10 + at}`)).join(','),
  }),
  AVAILABILITY_UNKNOWN: row({ availability: 'perhaps' }),
  AVAILABILITY_DATE_MISSING: row({ availability: 'preorder' }),
  CONDITION_UNKNOWN: row({ condition: 'fine' }),
  AGE_GROUP_UNKNOWN: row({ age_group: 'old' }),
  GENDER_UNKNOWN: row({ gender: 'x' }),
  DATE_UNREADABLE: row({ expiration_date: '2024-02-30' }),
  DATE_AMBIGUOUS: row({ expiration_date: '03/04/2024' }),
  DATE_RANGE_REVERSED: row({ sale_price_effective_date: '2024-02-02/2024-02-01' }),
  URL_UNREADABLE: row({ link: 'javascript:alert(1)' }),
  BOOLEAN_UNREADABLE: row({ adult: 'maybe' }),
  INTEGER_UNREADABLE: row({ multipack: 'two' }),
  MEASURE_UNREADABLE: row({ shipping_weight: 'heavy' }),
  COUNTRY_UNKNOWN: row({ ships_from_country: 'Atlantis' }),
  STRUCTURE_UNREADABLE: row({ installment: 'x' }),
  TEXT_TOO_LONG: row({ description: 'x'.repeat(10_001) }),
  TOO_MANY_VALUES: row({ additional_image_link: many('https://example.test/', 11) }),
  CONTROL_CHARACTERS: row({ title: 'Ch\u0007air' }),
  ROW_TOO_FEW_FIELDS: 'id,title,price\n1,a',
} as const;

function withCheckDigit(body: string): string {
  const sum = [...body].reduce((total, digit, at) => total + Number(digit) * (at % 2 === 0 ? 1 : 3), 0);
  return `${body}${(10 - (sum % 10)) % 10}`;
}

/** Codes that take more than one row or more than text. */
const elsewhere = ['DUPLICATE_ID', 'CHARACTERS_UNREADABLE'];

test.each(Object.entries(cases))('%s is given for a row that deserves it', async (code, feed) => {
  const { issues } = await readOnlyRow(feed);
  const issue = issues.find((each) => each.code === code);
  expect(issue?.message).toMatch(/\.$/);
  expect(issue?.severity).toBe(code in rowErrors ? 'ERROR' : 'WARNING');
});

test('every code is given for some row', () => {
  const all = [...Object.keys(rowErrors), ...Object.keys(rowWarnings)];
  expect(all.filter((code) => !(code in cases) && !elsewhere.includes(code))).toEqual([]);
});

test('a row that lacks only cells without a name in the header is whole', async () => {
  const { rows } = await readFeed('id,title,price,brand,, \n1,a,5,x\n2,b,5\n');
  expect(rows.map(({ codes }) => codes)).toEqual([[], ['ROW_TOO_FEW_FIELDS']]);
});

test('damaged characters are said of the rows that hold them, and of no others', async () => {
  const bytes = Buffer.concat([
    Buffer.from('id,title\n1,éééé\n2,caf'),
    Buffer.from([0xc3]),
    Buffer.from('\n'),
  ]);
  const { rows } = await readFeed(bytes);
  expect(rows.map(({ codes }) => codes.includes('CHARACTERS_UNREADABLE'))).toEqual([false, true]);
  expect(rows[1]?.values['title']).toBe('caf\uFFFD');
});

test('a row with a fault keeps what the feed has, one without keeps nothing', async () => {
  const { rows } = await readFeed('id,title,price\n1," a ",x\n2,b,5');
  expect(rows.map(({ rowData }) => rowData)).toEqual([{ id: '1', title: ' a ', price: 'x' }, null]);
});

test('of a row that is too large there is nothing to show', async () => {
  expect((await readOnlyRow(cases.ROW_TOO_LARGE)).rowData).toBeNull();
});

test('a message names the column as the file does, and the value in short', async () => {
  const { issues } = await readOnlyRow('SKU,Titel,Verf\u00fcgbarkeit\n1,a,"maybe\u0007\nnot"');
  const message = issues.find(({ code }) => code === 'AVAILABILITY_UNKNOWN')?.message ?? '';
  expect(message).toContain('"maybe not"');
  expect(message).not.toMatch(/[\0-\x1f]/);
});

test.each(['x', '😀'])(
  'the message and the id of a row are short, however many %s the id has',
  async (letter) => {
    const id = letter.repeat(200_000);
    const { rows } = await readFeed(`id,title\n${id},a\n${id},b\n`);
    for (const { issues } of rows)
      for (const { message } of issues) expect(message.length).toBeLessThan(1000);
    expect(rows[1]?.codes.slice(0, 2)).toEqual(['DUPLICATE_ID', 'ID_TOO_LONG']);
  },
);

test('a row has a hundred warnings at most, beside its errors', async () => {
  const numbers = '1,'.repeat(900);
  const warned = await readOnlyRow(row({ gtin: numbers }));
  expect([warned.codes.length, warned.errorType]).toEqual([100, null]);
  const columns = Array.from({ length: 400 }, () => 'expiration_date').join();
  const dates = Array.from({ length: 400 }, () => 'x').join();
  const refused = await readOnlyRow(`id,title,gtin,${columns},price\n1,a,"${numbers}",${dates},x`);
  expect(refused.errorType).toBe('VALIDATION_ERROR');
});

test('faults beyond those that are shown cost next to no memory, and each code is told once', async () => {
  const { issues, codes } = await readOnlyRow(row({ link: 'x', gtin: 'x,'.repeat(60), multipack: 'x' }));
  expect(codes.filter((code) => code === 'GTIN_MALFORMED')).toHaveLength(60);
  expect(new Set(issues).size).toBe(21);
  expect(issues.find(({ code }) => code === 'INTEGER_UNREADABLE')?.message).toContain('"multipack"');
});

describe('what means the same in any file', () => {
  const selfContained = async (feed: string) => (await readOnlyRow(feed)).selfContained;

  test('a row without faults does', async () => {
    expect(await selfContained(row({ price: '12,50' }))).toBe(true);
  });

  test.each([
    ['a warning', row({ gtin: 'x' })],
    ['an error', row({ price: 'x' })],
  ])('one with %s does not', async (_what, feed) => {
    expect(await selfContained(feed)).toBe(false);
  });

  test.each(['price', 'cost_of_goods_sold'])(
    'one whose %s its column has settled does not',
    async (column) => {
      const { rows } = await readFeed(`id,title,${column}\n1,a,1.299\n2,b,"5,50"\n`);
      const faults = rows.map(({ codes }) => codes.filter((code) => code !== 'PRICE_MISSING'));
      expect([faults, rows[0]?.values[column], rows[0]?.selfContained]).toEqual([[[], []], '1299.00', false]);
    },
  );
});
