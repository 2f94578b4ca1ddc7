// @module-tag product-data
import { describe, expect, test } from 'vitest';
import { PriceColumn, readPrice } from './price.ts';

const column = (...cells: string[]) => {
  const evidence = new PriceColumn();
  for (const cell of cells) evidence.observe(cell);
  return [...evidence.proved].join('');
};

describe('reads a price in any usual writing', () => {
  test.each([
    ['24.90 EUR', '24.90', 'EUR'],
    ['24.9', '24.90', null],
    ['24', '24.00', null],
    ['24,90', '24.90', null],
    ['24,90 €', '24.90', 'EUR'],
    ['24,90€', '24.90', 'EUR'],
    ['EUR24.90', '24.90', 'EUR'],
    ['eur 24,90', '24.90', 'EUR'],
    ['24,90 Euro', '24.90', 'EUR'],
    ['24€90', '24.90', 'EUR'],
    ['24,- €', '24.00', 'EUR'],
    ['24.– CHF', '24.00', 'CHF'],
    ['Fr. 24.50', '24.50', 'CHF'],
    ['Fr.24.50', '24.50', 'CHF'],
    ['SFr. 1’024.50', '1024.50', 'CHF'],
    ['1.024,50 €', '1024.50', 'EUR'],
    ['1 024,50 €', '1024.50', 'EUR'],
    ['1\u00a0024,50\u202f€', '1024.50', 'EUR'],
    ['1\u2009024,50\u00a0€', '1024.50', 'EUR'],
    ['1,024.50 USD', '1024.50', 'USD'],
    ['1.024.500 SEK', '1024500.00', 'SEK'],
    ['10 500 Ft', '10500.00', 'HUF'],
    [',90 €', '0.90', 'EUR'],
    ['.9', '0.90', null],
    ['007.50', '7.50', null],
    ['0,500 KWD', '0.50', 'KWD'],
    ['1024.500', '1024.50', null],
    ['+24.90 EUR', '24.90', 'EUR'],
    ['２４.９０ EUR', '24.90', 'EUR'],
    ['24.90&nbsp;&euro;', '24.90', 'EUR'],
    ['24,90&#160;&#x20AC;', '24.90', 'EUR'],
    ['\ufeff 24.90\tEUR ', '24.90', 'EUR'],
    ['24,90 € *', '24.90', 'EUR'],
    ["'24.90", '24.90', null],
    ['$24.90', '24.90', '$'],
    ['US-$ 24.90', '24.90', 'USD'],
    ['24,90 US-$', '24.90', 'USD'],
    ['$24.90 CAD', '24.90', 'CAD'],
    ['249 kr.', '249.00', 'kr'],
    ['9350 JPY', '9350.00', 'JPY'],
    ['9999999999.99 EUR', '9999999999.99', 'EUR'],
  ])('%j', (raw, amount, currency) => {
    expect(readPrice(raw)).toEqual({ ok: true, value: { amount, currency } });
  });
});

describe('refuses what is not exactly one price', () => {
  test.each([
    ...[
      '',
      'price',
      'free',
      'auf Anfrage',
      'sur demande',
      'EUR',
      'NaN',
      'Infinity EUR',
      '=24.90',
      '24.90;EUR',
    ],
    ...[
      '1e3 EUR',
      '1.5E+2',
      '0x1F',
      '12⁹⁹ €',
      '½ €',
      '٢٤ EUR',
      '24.90 EUR USD',
      '24.90 pro Stück',
      'ab 24,90 €',
    ],
    ...['19.99 EUR - 24.90 EUR', '19,99 – 24,90 €', '2 x 9,99 €', '9,99 €/kg', 'à partir de 9,99 €'],
    ...['1,024,50', '12,34.56', '10.0.00.00', '1.29.99', '1 30', '1,2,3', '0.000.123', "1'024 500", '$..75'],
    ...['24.90 &#9999999;', '24.90 &bogus;'],
  ])('%j', (raw) => {
    expect(readPrice(raw)).toEqual({ ok: false, code: 'PRICE_UNREADABLE' });
  });

  test.each([
    '-5.00 EUR',
    '−5.00',
    '–5,00 €',
    '(5.00) EUR',
    '5.00- EUR',
    'EUR -5.00',
    '€ –5',
    '-0.01',
    'US-$ -5',
  ])('%j, below zero', (raw) => {
    expect(readPrice(raw)).toEqual({ ok: false, code: 'PRICE_NEGATIVE' });
  });

  test.each(['24.90 XXX', '24.90 ZZZ', '24.90 EU', 'DEM 170', '24 ₶'])('%j, in no currency', (raw) => {
    expect(readPrice(raw)).toEqual({ ok: false, code: 'CURRENCY_UNKNOWN' });
  });

  test.each(['10000000000', '10000000000.00 EUR', '9999999999.995 EUR', '99 999 999 999,00 €'])(
    '%j, larger than numeric(12,2)',
    (raw) => {
      expect(readPrice(raw)).toEqual({ ok: false, code: 'PRICE_TOO_LARGE' });
    },
  );
});

test.each([
  ['1.0050', '1.01'],
  ['1.00499', '1.00'],
  ['29.9950 EUR', '30.00'],
  ['0,995', '1.00'],
  ['1.11000000000000009770', '1.11'],
])('%s is rounded half up on its digits, with a warning', (raw, amount) => {
  expect(readPrice(raw)).toMatchObject({ ok: true, value: { amount }, warning: 'PRICE_ROUNDED' });
});

test.each(['0', '0.00 EUR', '0,00 €', '0,-'])('the price %s is zero, with a warning', (raw) => {
  expect(readPrice(raw)).toMatchObject({ ok: true, value: { amount: '0.00' }, warning: 'PRICE_ZERO' });
});

describe('a cell with three digits behind its only separator', () => {
  test.each(['1.299', '1,299 EUR', '$ 119.999', '10.000 SEK', '12,000 JPY', '25.000 IQD'])(
    '%s is ambiguous on its own',
    (raw) => {
      expect(readPrice(raw)).toEqual({ ok: false, code: 'PRICE_AMBIGUOUS' });
    },
  );

  test.each([
    ['1.299 EUR', { grouping: '.' }, '1299.00', undefined],
    ['1.299 EUR', { decimal: '.' }, '1.30', 'PRICE_ROUNDED'],
    ['1,299 EUR', { grouping: ',' }, '1299.00', undefined],
    ['1,200', { decimal: ',' }, '1.20', undefined],
  ] as const)('%s is settled by what is known of its column, %j', (raw, separators, amount, warning) => {
    const price = readPrice(raw, separators);
    expect(price).toMatchObject({ ok: true, value: { amount } });
    expect(price.ok && price.warning).toBe(warning);
  });

  test('has decimals when its currency has three', () => {
    expect(readPrice('423.900 KD')).toMatchObject({ ok: true, value: { amount: '423.90', currency: 'KWD' } });
  });

  test('groups when its currency has no decimals that it could have', () => {
    expect(readPrice('12,500円')).toMatchObject({ ok: true, value: { amount: '12500.00', currency: 'JPY' } });
  });

  test('is ambiguous still where only the use of the other separator is known', () => {
    expect(readPrice('1.299 EUR', { grouping: ',' })).toEqual({ ok: false, code: 'PRICE_AMBIGUOUS' });
  });

  test('changes no cell that has one meaning', () => {
    expect(readPrice('12.50', { decimal: ',' })).toMatchObject({ value: { amount: '12.50' } });
  });
});

describe('a column tells its decimal separator', () => {
  test.each([
    ['by decimals behind a comma', ['1.299', '12,50'], ','],
    ['by decimals behind a dot', ['1,299', '12.50 EUR'], '.'],
    ['by groups', ['1.299 SEK', '1.144.000 SEK'], ','],
    ['by both separators in one cell', ['1,200', '1 074,542'], ','],
    ['by a zero, behind which nothing is grouped', ['1,200', '3,000', '0,000'], ','],
    ['by yen that cannot have decimals', ['12,000 JPY', '12,500 JPY'], '.'],
    ['not by cells without separators', ['1.299', '12', '10 500', 'on request', ''], ''],
    ['not by cells that are all ambiguous', ['1,299', '2,499'], ''],
    ['not by cells that contradict each other', ['1,299', '12,50', '12.50'], ',.'],
    ['not when it is empty', [], ''],
  ])('%s', (_how, cells, separator) => {
    expect(column(...cells)).toBe(separator);
  });
});

test('a hostile cell is refused in no time', () => {
  const started = performance.now();
  for (const cell of ['1 '.repeat(1e6), '&'.repeat(1e6), '1,'.repeat(120), ' '.repeat(255), '('.repeat(250)])
    readPrice(cell);
  expect(performance.now() - started).toBeLessThan(200);
});

test('an amount of hundreds of digits is refused', () => {
  expect(readPrice('9'.repeat(200))).toEqual({ ok: false, code: 'PRICE_TOO_LARGE' });
  expect(readPrice('9'.repeat(400))).toEqual({ ok: false, code: 'PRICE_UNREADABLE' });
});
