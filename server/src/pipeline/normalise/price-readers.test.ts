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
