// @module-tag pipeline
import { describe, expect, test } from 'vitest';
import { readFeed, readOnlyRow } from '../../../test/reading.ts';

const outcome = async (feed: string) => {
  const { values, errorType, codes } = await readOnlyRow(feed);
  return errorType ? codes[0] : `${values['price'] ?? ''} ${values['currency'] ?? ''}`;
};

test('of repeated currency columns the first that is filled counts, as the warning says', async () => {
  const { rows, file } = await readFeed('id,title,price,currency,currency\n1,a,10,,USD\n2,b,10,CHF,USD\n');
  expect(rows.map(({ values }) => values['currency'])).toEqual(['USD', 'CHF']);
  expect(file?.warnings.map(({ code }) => code)).toEqual(['COLUMN_REPEATED']);
});

describe('a header that names a currency', () => {
  test.each([
    ['with the row’s currency', 'Price EUR,currency', '10,EUR', '10.00 EUR'],
    ['with a row that names none', 'Price EUR,currency', '10,', '10.00 EUR'],
    ['with a row in another currency', 'Price EUR,currency', '10,USD', 'CURRENCY_CONFLICT'],
    ['of a sale price, with a price in another', 'price,Aktionspreis (EUR)', '10 USD,9', 'CURRENCY_CONFLICT'],
    ['of a sale price, with a price in the same', 'price,Aktionspreis (EUR)', '10,9', '10.00 EUR'],
  ])('%s', async (_what, headers, cells, expected) => {
    expect(await outcome(`id,title,${headers}\n1,a,${cells}\n`)).toBe(expected);
  });
});

describe('amounts', () => {
  test.each([
    ['the cell', '5 USD', '', 'USD'],
    ['the column of currencies', '5', 'USD', 'USD'],
    ['the store', '5', '', 'EUR'],
    ['the column, for a sign of several', '$5', 'CAD', 'CAD'],
  ])('have the currency of %s', async (_source, price, currency, expected) => {
    const { values } = await readOnlyRow(
      `id,title,price,currency,sale_price,cost_of_goods_sold\n1,a,${price},${currency},4,3`,
    );
    expect(values).toMatchObject({
      ...{ price: '5.00', currency: expected },
      ...{ sale_price: '4.00', cost_of_goods_sold: '3.00' },
    });
  });

  test('a sale price in the currency of the price is one, and no other refuses the row for less', async () => {
    const feed = (cells: string) => readOnlyRow(`id,title,price,sale_price,cost_of_goods_sold\n1,a,${cells}`);
    expect(await feed('5 USD,4 USD,3 USD')).toMatchObject({ errorType: null, codes: [] });
    expect(await feed('5 USD,4 EUR,3 USD')).toMatchObject({ codes: ['CURRENCY_CONFLICT'] });
    expect(await feed('5 USD,4 USD,3 EUR')).toMatchObject({ errorType: null, codes: ['AMOUNT_UNREADABLE'] });
  });

  test.each(['10 EUR', '10 USD', '$10'])('a sale price of %s beside no price is left out', async (cell) => {
    expect(await readOnlyRow(`id,title,price,sale_price\n1,a,,${cell}`)).toMatchObject({
      codes: ['PRICE_MISSING', 'SALE_PRICE_WITHOUT_PRICE'],
      errorType: null,
    });
  });

  test.each(['N/A', '-', 'keine', ' '])('a price of %j is none', async (cell) => {
    expect(await readOnlyRow(`id,title,price\n1,a,${cell}`)).toMatchObject({
      codes: ['PRICE_MISSING'],
      errorType: null,
    });
  });

  test.each([
    ['12,5 €', '12.50', []],
    ['0 EUR', '0.00', []],
    ['N/A', undefined, []],
    ['1.0050 EUR', '1.01', ['PRICE_ROUNDED']],
    ['12 USD', undefined, ['AMOUNT_UNREADABLE']],
    ['-1 EUR', undefined, ['AMOUNT_UNREADABLE']],
    ['1.299', undefined, ['AMOUNT_UNREADABLE']],
  ])('beside the price, %s is stored as %s', async (cell, amount, expected) => {
    const { values, codes } = await readOnlyRow(`id;Titel;price;cost_of_goods_sold\n1;a;5;${cell}`);
    expect([values['cost_of_goods_sold'], codes]).toEqual([amount, expected]);
  });
});

test('a price of NaN is none that can be read, as it is a sum that went wrong', async () => {
  expect(await readOnlyRow('id,title,price\n1,a,NaN')).toMatchObject({ codes: ['PRICE_UNREADABLE'] });
});
