// @module-tag pipeline
import { describe, expect, test } from 'vitest';
import { readFeed, readOnlyRow } from '../../../test/reading.ts';
import { hasCheckDigit } from '../../product-data/gtin.ts';

const valuesOf = async (feed: string) => (await readOnlyRow(feed)).values;

describe('several columns for one attribute', () => {
  test('the first filled one counts, row by row', async () => {
    const { rows } = await readFeed('id,title,description,Description\n1,a,x,y\n2,b," ",z\n3,c,\u200b,\n');
    expect(rows.map(({ values }) => values['description'])).toEqual(['x', 'z', undefined]);
  });

  test.each([
    ['condition', 'N/A;used', 'used'],
    ['condition', '-;unknown', 'unknown'],
    ['brand', 'keine;Esprit', 'Esprit'],
    ['color', 'N/A;blue', 'blue'],
    ['sale_price', '-;3', '3.00'],
    ['currency', 'N/A;USD', 'USD'],
    ['description', '-;x', '-'],
    ['identifier_exists', 'no;yes', 'false'],
  ])('what says nothing in one %s does not hide the other: %s', async (name, cells, value) => {
    expect((await valuesOf(`id;title;price;${name};${name}\n1;a;5;${cells}`))[name]).toBe(value);
  });

  test('nor does a price that says nothing, but one that went wrong does', async () => {
    const { rows } = await readFeed('id;title;price;price\n1;a;N/A;2,00\n2;b;NaN;2,00\n3;c;-;N/A\n');
    expect(rows.map(({ values, codes }) => [values['price'], codes])).toEqual([
      ['2.00', []],
      [undefined, ['PRICE_UNREADABLE']],
      [undefined, ['PRICE_MISSING']],
    ]);
  });

  test('lists are put together', async () => {
    const url = 'https://example.test/';
    const feed = `id,title,additional_image_link,additional_image_link_2,Zusatzbilder\n1,a,"${url}1,${url}2",,${url}3`;
    expect((await valuesOf(feed))['additional_image_link']).toBe(
      JSON.stringify([`${url}1`, `${url}2`, `${url}3`]),
    );
  });

  test('each cell of a list is read on its own; one that says nothing adds nothing', async () => {
    const columns = [1, 2, 3].map((number) => `additional_image_link_${number}`).join(';');
    const feed = (cells: string) => readOnlyRow(`id;title;price;${columns}\n1;a;5;${cells}`);
    const url = 'https://example.test/1.jpg';
    const relative = await feed(`${url};/img/2.jpg; `);
    for (const { values } of [await feed(`${url};-;N/A`), relative])
      expect(values['additional_image_link']).toBe(JSON.stringify([url]));
    expect(relative.issues.map(({ message }) => message)).toEqual([
      expect.stringContaining('"/img/2.jpg" in "additional_image_link_2" is not a web address'),
    ]);
  });

  test('a list has no more values than it may, however many columns there are', async () => {
    const columns = Array.from({ length: 12 }, (_, at) => `additional_image_link_${at + 1}`);
    const urls = columns.map((name) => `https://example.test/${name}`);
    const row = await readOnlyRow(`id,title,price,${columns.join()}\n1,a,5,${urls.join()}`);
    expect(row.values['additional_image_link']).toBe(JSON.stringify(urls.slice(0, 10)));
    expect(row.codes).toEqual(['TOO_MANY_VALUES']);
  });

  test.each(['4;10', '0;5'])('costs of delivery in two columns are two: %s', async (cells) => {
    const values = await valuesOf(`id;title;deliveryCosts_dhl;deliveryCosts_ups\n1;a;${cells}`);
    expect(values['shipping']).toBe(JSON.stringify(cells.split(';').map((price) => ({ price }))));
  });

  test('each has the parts that its own header names', async () => {
    const feed = (names: readonly string[], cells: string) =>
      valuesOf(`id;title;${names.join(';')}\n1;a;${cells}`);
    const shipping = ['shipping(country:region:price)', 'shipping(country:service:price)', 'shipping'];
    expect((await feed(shipping, 'LU:L:5;LU:DHL:6;DE:::7'))['shipping']).toBe(
      JSON.stringify([
        { country: 'LU', region: 'L', price: '5' },
        { country: 'LU', service: 'DHL', price: '6' },
        { country: 'DE', price: '7' },
      ]),
    );
    const installment = ['installment(months:amount)', 'installment(amount:months)'];
    expect((await feed(installment, ';50 EUR:6'))['installment']).toBe(
      JSON.stringify({ amount: '50 EUR', months: '6' }),
    );
  });

  test('GTINs are put together, each item once: the first is the product’s', async () => {
    const feed = 'id,title,gtin,ean,upc\n1,a,4006381333931,"4006381333931,0036000291452",036000291452';
    expect(await valuesOf(feed)).toMatchObject({
      gtin: '4006381333931',
      additional_gtin: '["0036000291452"]',
    });
  });

  test.each(['N/A', '-', 'keine', '0'])('%s is no GTIN, and none that is wrong', async (cell) => {
    const { values, codes } = await readOnlyRow(`id,title,price,gtin\n1,a,5,${cell}`);
    expect([values['gtin'], codes]).toEqual([undefined, []]);
  });

  test.each([1, 6, 11])(
    'the first ten GTINs are kept, of columns with %d each, and it is said once',
    async (each) => {
      const bodies = Array.from({ length: 12 }, (_, at) => `4006381333${at + 10}`);
      const gtins = bodies.map((body) => [...'0123456789'].map((last) => body + last).find(hasCheckDigit));
      const cells = Array.from({ length: Math.ceil(12 / each) }, (_, at) =>
        gtins.slice(at * each, (at + 1) * each),
      );
      const header = cells.map((_, at) => `EAN ${at + 1}`).join();
      const row = cells.map((cell) => cell.join('|')).join();
      const { values, codes } = await readOnlyRow(`id,title,price,${header}\n1,a,5,${row}`);
      expect(codes).toEqual(['GTIN_TOO_MANY']);
      expect([values['gtin'], values['additional_gtin']]).toEqual([
        gtins[0],
        JSON.stringify(gtins.slice(1, 10)),
      ]);
    },
  );
});

describe('a title', () => {
  test.each([
    ['0', '0'],
    ['<b>Chair</b>', '<b>Chair</b>'],
    ['\u00a0 Chair \u200b', 'Chair'],
    ['?', '?'],
    ['<Kind of Blue>', '<Kind of Blue>'],
  ])('%j is stored as %j', async (cell, title) => {
    expect((await valuesOf(`id,title\n1,${cell}`))['title']).toBe(title);
  });

  test.each([' ', '\u00a0', '\u200b', '<b></b>', '&nbsp;', '<p> &nbsp; </p>', '"\n"'])(
    '%j is none',
    async (cell) => {
      expect(await readOnlyRow(`id,title,price\n1,${cell},5`)).toMatchObject({ errorType: 'MISSING_TITLE' });
    },
  );

  test.each([
    ['trained_algorithmic_media:Chair', 'Chair'],
    ['trained_algorithmic_media: Chair: red', 'Chair: red'],
    ['"trained_algorithmic_media:""Chair, red"""', 'Chair, red'],
    ['Chair', 'Chair'],
  ])('may be a structured one: %s', async (cell, title) => {
    const values = await valuesOf(`id,title,structured_title,price\n1,,${cell},5`);
    expect(values['title']).toBe(title);
    expect((await valuesOf(`id,structured_title,price\n1,${cell},5`))['title']).toBe(title);
  });

  test.each(['&nbsp;', '<p></p>', ' '])('is looked for behind a column that holds %j', async (blank) => {
    const row = await readOnlyRow(`id,title,Title,price\n1,${blank},Chair,5`);
    expect([row.values['title'], row.errorType]).toEqual(['Chair', null]);
  });

  test('of its own wins against a structured one', async () => {
    expect((await valuesOf('id,title,structured_title\n1,Own,default:Other'))['title']).toBe('Own');
  });

  test('that is structured is cut like any other', async () => {
    const row = await readOnlyRow(`id,structured_title,price\n1,default:${'x'.repeat(9000)},5`);
    expect([row.values['title']?.length, row.codes]).toEqual([500, ['TEXT_TOO_LONG']]);
  });

  test('whose structure is empty is missing, and the column that should have it is named', async () => {
    const { errorType, issues } = await readOnlyRow('id,structured_title\n1,default:');
    expect(errorType).toBe('MISSING_TITLE');
    expect(issues[0]?.message).toContain('Fill in the column "structured_title"');
  });
});

describe('columns that are no attribute', () => {
  test('are kept by their header; blank ones leave no trace', async () => {
    const values = await valuesOf('id,title,Farbton, Note ,leer\n1,a,"say ""x""",  y ,\u00a0');
    expect(values['extra']).toBe('{"Farbton":"say \\"x\\"","Note":"y"}');
  });

  test('nothing is kept when there is nothing', async () => {
    expect(await valuesOf('id,title,x\n1,a,')).not.toHaveProperty('extra');
  });

  test('of two with one header the first filled one counts', async () => {
    expect((await valuesOf('id,title,x,x,x\n1,a,,2,3'))['extra']).toBe('{"x":"2"}');
  });

  test.each(['__proto__', 'constructor', 'toString', 'then'])('may be called %s', async (name) => {
    expect((await valuesOf(`id,title,${name}\n1,a,polluted`))['extra']).toBe(`{"${name}":"polluted"}`);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});

describe('a product that is not there yet', () => {
  const codes = async (cells: string) =>
    (await readOnlyRow(`id,title,price,availability,availability_date\n1,a,5,${cells}`)).codes;

  test.each([
    ['preorder,', ['AVAILABILITY_DATE_MISSING']],
    ['backorder,', ['AVAILABILITY_DATE_MISSING']],
    ['preorder,soon', ['DATE_UNREADABLE']],
    ['preorder,2030-01-01', []],
    ['in_stock,', []],
  ])('%s gives %j', async (cells, expected) => {
    expect(await codes(cells)).toEqual(expected);
  });

  test('needs a date also where the feed has no column for it', async () => {
    expect((await readOnlyRow('id,title,price,availability\n1,a,5,preorder')).codes).toEqual([
      'AVAILABILITY_DATE_MISSING',
    ]);
  });
});

describe('a period of a sale', () => {
  const sold = (period: string) =>
    readOnlyRow(`id;title;price;sale_price;sale_price_effective_date\n1;a;100;80;${period}`);

  test('becomes two instants in the zone of the store', async () => {
    expect((await sold('2024-02-01/2024-02-03')).values).toMatchObject({
      sale_price: '80.00',
      sale_price_effective_from: '2024-01-31T23:00:00.000Z',
      sale_price_effective_until: '2024-02-03T22:59:59.000Z',
    });
  });

  test('may have no end', async () => {
    const { values } = await sold('2024-02-01/null');
    expect(values).toMatchObject({ sale_price_effective_from: '2024-01-31T23:00:00.000Z' });
    expect(values).not.toHaveProperty('sale_price_effective_until');
  });

  test.each(['', ' ', '-', 'N/A', '/'])('%j is none: the sale has no end', async (period) => {
    const { values, codes } = await sold(period);
    expect([values['sale_price'], codes]).toEqual(['80.00', []]);
  });

  test.each([
    ['01/02/2024 - 10/02/2024', 'DATE_AMBIGUOUS'],
    ['2026-02-30/2026-03-05', 'DATE_UNREADABLE'],
    ['2024-02-01', 'DATE_UNREADABLE'],
    ['2024-02-10/2024-02-01', 'DATE_RANGE_REVERSED'],
  ])('%s cannot be kept to, so that there is no sale', async (period, code) => {
    const { values, errorType, issues } = await sold(period);
    expect([values['price'], values['sale_price'], errorType]).toEqual(['100.00', undefined, null]);
    expect(issues).toMatchObject([
      { code, message: expect.stringContaining('left out with the sale price') },
    ]);
    expect(issues[0]?.message).not.toContain('2030-12-31T');
  });
});

test('a sale without a period that can be read is none, also when the row has no room for one more warning', async () => {
  const cellsOf = (cell: string) => Array.from({ length: 100 }, () => cell).join();
  const header = `id,title,price,sale_price,sale_price_effective_date,${cellsOf('document_link')}`;
  const { values, codes } = await readOnlyRow(`${header}\n1,a,100,80,soon,${cellsOf('x')}`);
  expect([values['sale_price'], new Set(codes)]).toEqual([undefined, new Set(['URL_UNREADABLE'])]);
});

describe('a sentence says what became of the value', () => {
  const sentences = async (column: string, cell: string) => {
    const { issues } = await readOnlyRow(`id;title;price;${column}\n1;a;5;${cell}`);
    return issues.map(({ message }) => message);
  };
  const url = 'https://example.test/';

  test.each([
    [
      'additional_image_link',
      `${url}1,/img/2.jpg,${url}3`,
      '"/img/2.jpg" in "additional_image_link" is not a web address and was left out.',
    ],
    [
      'shopping_ads_excluded_country',
      'LU,Mars',
      '"Mars" in "shopping_ads_excluded_country" is not a country',
    ],
    ['image_link', `${url}1,${url}2`, '"image_link" holds more than one value; the first one was kept.'],
    ['size_type', 'regular,petite,tall', '"size_type" holds more than 2 values; the first ones were kept.'],
  ])('in %s', async (column, cell, sentence) => {
    expect(await sentences(column, cell)).toEqual([expect.stringContaining(sentence)]);
  });
});
