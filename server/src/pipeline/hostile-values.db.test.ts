// @module-tag pipeline
// @module-tag db
// @module-tag hostile
import { expect, test } from 'vitest';
import { withDatabase } from '../../test/database.ts';
import { importFeed, type Imported } from '../../test/importing.ts';

const quote = (text: string) => `"${text.replaceAll('"', '""')}"`;

/** A feed of these products; each has all that a product needs unless it says otherwise. */
function feedOf(products: readonly Readonly<Record<string, string>>[]): string {
  const whole = products.map((product, at) => ({ id: `P${at}`, title: 'Chair', price: '5', ...product }));
  const names = [...new Set(whole.flatMap((product) => Object.keys(product)))];
  const rows = whole.map((product) =>
    names.map((name) => quote((product as Record<string, string>)[name] ?? '')).join(),
  );
  return [names.join(), ...rows].join('\n');
}

const imported = (products: readonly Readonly<Record<string, string>>[]) =>
  withDatabase((database) => importFeed(database, { feed: feedOf(products) }));

const shared = ({ products }: Imported, column: string) =>
  Object.fromEntries(products.map((product) => [product.id, product.shared[column] ?? null]));
const titles = ({ products }: Imported) =>
  Object.fromEntries(products.map(({ id, translations }) => [id, translations['EN']?.['title']]));
const codes = ({ errors }: Imported) => errors.map(({ row, code }) => [row, code]);

test('D42 ids are kept as they are but for blanks around them, whatever they look like', async () => {
  const kept = [
    'ABC',
    'abc',
    '1',
    '01',
    '1.0',
    '1E5',
    '😀',
    '../../x',
    'null',
    'undefined',
    'NaN',
    'true',
    'constructor',
    '__proto__',
  ];
  const trimmed = [' A1\t', '\u00a0B\u200b', '\uFEFFC'];
  const ids = [...kept, ...trimmed, 'x'.repeat(255), 'y'.repeat(300)];
  const result = await imported(ids.map((id) => ({ id })));
  expect(result.products.map(({ id }) => id).toSorted()).toEqual(
    [...kept, 'A1', 'B', 'C', 'x'.repeat(255)].toSorted(),
  );
  expect(result.errors).toMatchObject([
    { code: 'ID_TOO_LONG', type: 'VALIDATION_ERROR', identifier: 'y'.repeat(255) },
  ]);
});

test('D43 the same id twice is one product, the first, with the same data or with other', async () => {
  const result = await imported([{ id: 'A' }, { id: 'A' }, { id: ' A ', title: 'Other' }, { id: 'B' }]);
  expect([result.counts, titles(result)]).toEqual([[2, 0, 0, 2, 0], { A: 'Chair', B: 'Chair' }]);
  expect(codes(result)).toEqual([
    [2, 'DUPLICATE_ID'],
    [3, 'DUPLICATE_ID'],
  ]);
});

test('D44 a title that nobody can read is none, and 0 is one', async () => {
  const blank = [' ', '\u00a0', '\u200b', '<b></b>', '&nbsp;', '<p>&#160;</p>\n'];
  const result = await imported([...blank.map((title) => ({ title })), { id: 'Z', title: '0' }]);
  expect(titles(result)).toEqual({ Z: '0' });
  expect(codes(result)).toEqual(blank.map((_, at) => [at + 1, 'MISSING_TITLE']));
});

test('D45 a price is never guessed, never zero by accident, and never breaks the batch', async () => {
  const prices: Record<string, string | number> = {
    '-5': 'PRICE_NEGATIVE',
    '0': 0,
    '1e9': 'PRICE_UNREADABLE',
    Infinity: 'PRICE_UNREADABLE',
    '10000000000.00': 'PRICE_TOO_LARGE',
    '9999999999.99': 9999999999.99,
    '9999999999.995': 'PRICE_TOO_LARGE',
    ['9'.repeat(400)]: 'PRICE_UNREADABLE',
    '1.0050': 1.01,
    '1,2,3': 'PRICE_UNREADABLE',
    '٣٫٥': 'PRICE_UNREADABLE',
    '12.34.56': 'PRICE_UNREADABLE',
    '0x10': 'PRICE_UNREADABLE',
    '5 - 9': 'PRICE_UNREADABLE',
  };
  const result = await imported(Object.keys(prices).map((price, at) => ({ id: `P${10 + at}`, price })));
  const errors = new Map(
    result.errors
      .filter(({ severity }) => severity === 'ERROR')
      .map(({ identifier, code }) => [identifier, code]),
  );
  const stored = shared(result, 'price');
  const found = Object.keys(prices).map((price, at) => [
    price,
    errors.get(`P${10 + at}`) ?? stored[`P${10 + at}`],
  ]);
  expect(Object.fromEntries(found)).toEqual(prices);
});

test('D46 a GTIN that is none is left empty with a warning, and the product kept', async () => {
  const gtins = [
    '4.00638E+12',
    '00000000',
    '4006381333930',
    '1'.repeat(10_000),
    Array(11).fill('4006381333930').join(),
  ];
  const result = await imported(gtins.map((gtin) => ({ gtin })));
  expect(Object.values(shared(result, 'gtin'))).toEqual(gtins.map(() => null));
  expect(result.counts.slice(0, 4)).toEqual([5, 0, 0, 0]);
  expect(new Set(result.errors.map(({ row, severity, type }) => `${row} ${severity} ${type}`)).size).toBe(5);
});

test('D47 texts and lists are cut at a stated limit, rows that are larger still are errors', async () => {
  const urls = Array.from({ length: 30_000 }, (_, at) => `https://shop.example/${at}`).join();
  const result = await imported([
    { id: 'A', description: 'é'.repeat(400_000) },
    { id: 'B', additional_image_link: urls },
    { id: 'C', title: 'x'.repeat(2 << 20) },
    { id: 'D', description: 'y'.repeat(10 << 20) },
    { id: 'E' },
  ]);
  const [a, b] = result.products;
  expect(a?.translations['EN']?.['description']).toBe('é'.repeat(10_000));
  expect(b?.shared['additional_image_link']).toHaveLength(10);
  expect(result.products.map(({ id }) => id)).toEqual(['A', 'B', 'E']);
  expect(codes(result)).toEqual([
    [1, 'TEXT_TOO_LONG'],
    [2, 'TOO_MANY_VALUES'],
    [3, 'ROW_TOO_LARGE'],
    [4, 'ROW_TOO_LARGE'],
  ]);
  expect(JSON.stringify(result.errors).length).toBeLessThan(10_000);
});

test('D48, D50, D51, D52, D54 what is text is stored to the letter, whatever it would do elsewhere', async () => {
  const verbatim = [
    '<script>alert(1)</script>',
    'Chair <img src=x onerror="alert(1)">',
    '<svg/onload=alert(1)> unclosed <b',
    "'; DROP TABLE products;--",
    '100% of_it \\ $1 :name \\',
    '=HYPERLINK("http://evil","x")',
    '+1+1',
    '-2+3',
    '@SUM(A1)',
    '＝1+1',
    'right\u202eleft',
    `z${'\u0301'.repeat(200)}a`,
    '👩‍👩‍👧‍👦 family',
    'é and e\u0301, ıİ, ﬁ, \uFFFE\uFFFF',
    '{{7*7}} ${jndi:ldap://x} %s%n',
  ];
  const products = verbatim.map((text, at) => {
    const id = `P${10 + at}`;
    return { id, title: text, description: text, brand: text.slice(0, 90), note: text };
  });
  const result = await imported(products);
  const stored = result.products.map(({ id, shared: { brand }, translations: { EN = {} } }) => {
    const { title, description, extra } = EN;
    return { id, title, description, brand, ...(extra as object) };
  });
  expect([stored, result.errors]).toEqual([products, []]);
});

test('D49 only http and https are addresses', async () => {
  const bad = [
    ...[
      'javascript:alert(1)',
      'JaVaScRiPt:x',
      ' javascript:x',
      'java\nscript:x',
      'data:text/html,x',
      'vbscript:x',
    ],
    ...['//evil', 'file:///etc/passwd', 'http:', 'https://user:pass@shop.example/', 'shop.example/x'],
  ];
  const result = await imported([
    ...bad.map((link) => ({ link, image_link: link })),
    { id: 'Z', link: 'HTTPS://shop.example/ä?q=1' },
  ]);
  expect(result.products.map(({ translations }) => translations['EN']?.['link']).filter(Boolean)).toEqual([
    'HTTPS://shop.example/ä?q=1',
  ]);
  expect(Object.values(shared(result, 'image_link')).filter(Boolean)).toEqual([]);
  expect(new Set(codes(result).map(([, code]) => code))).toEqual(new Set(['URL_UNREADABLE']));
});

test('D52 controls are taken out with a warning, and no letter is cut in two', async () => {
  const controls = 'a\u0001\u0008b\u001b[31mc\u007fd';
  const family = '👩‍👩‍👧‍👦';
  const long = `${'x'.repeat(495)}${family.repeat(3)}`;
  const result = await imported([
    { id: 'A', title: controls },
    { id: 'B', title: long },
  ]);
  expect(titles(result)).toEqual({ A: 'ab[31mcd', B: 'x'.repeat(495) });
  expect(codes(result)).toEqual([
    [1, 'CONTROL_CHARACTERS'],
    [2, 'TEXT_TOO_LONG'],
  ]);
});

test('D53 a date that is none is left empty with a warning, and no day is shifted', async () => {
  const bad = [
    '2024-02-30T00:00Z',
    '0000-00-00',
    '275760-09-13',
    '2024-13-01',
    'now',
    '1456272000',
    'Invalid Date',
  ];
  const result = await imported([
    ...bad.map((date) => ({ expiration_date: date })),
    { id: 'X', expiration_date: '9999-12-31T23:59:59-05:00' },
    { id: 'Y', expiration_date: '24/02/2016' },
    { id: 'Z', sale_price_effective_date: '2024-02-02/2024-02-01' },
  ]);
  const stored = shared(result, 'expiration_date');
  expect(Object.entries(stored).filter(([, date]) => date !== null)).toEqual([
    ['X', '9999-12-31T23:59:59.999+00:00'],
    ['Y', '2016-02-23T23:00:00+00:00'],
  ]);
  expect(codes(result).map(([, code]) => code)).toEqual([
    ...bad.map(() => 'DATE_UNREADABLE'),
    'DATE_RANGE_REVERSED',
  ]);
});

test('D54 a message is one line without control characters, whatever a cell holds', async () => {
  const tricks = ['a\nb', 'a\u001b[31mb', 'a\r\nInjected: 1', '%s%n${jndi:ldap://x}'];
  const result = await imported(tricks.map((text) => ({ gtin: text, availability: text, link: text })));
  expect(result.errors.length).toBeGreaterThan(9);
  for (const { message } of result.errors) expect(message).not.toMatch(/[\0-\x1f\x7f]/);
});

test('D56 a feed that shrinks, or whose ids all change, takes no product away', () =>
  withDatabase(async (database) => {
    const many = Array.from({ length: 300 }, (_, at) => ({ id: `OLD${at}` }));
    const { storeId } = await importFeed(database, { feed: feedOf(many) });
    const fewer = await importFeed(database, { feed: feedOf(many.slice(0, 3)), storeId });
    expect([fewer.counts, fewer.products.length]).toEqual([[0, 0, 3, 0, 0], 300]);
    const others = await importFeed(database, { feed: feedOf([{ id: 'NEW' }]), storeId });
    expect([others.counts, others.products.length]).toEqual([[1, 0, 0, 0, 0], 301]);
  }));

test('C34 no NUL, and no half of a surrogate pair, reaches the database', async () => {
  const bytes = Buffer.concat([
    Buffer.from('id,title,title\0,price,gtin,no\0te,additional_image_link,shipping\n'),
    Buffer.from('A\0,a\0b,,5,x\0,n\0,https://shop.example/\0,DE:::5\0 EUR\n\0,,\0,,,,,\n'),
    Buffer.from([0x42, 0x2c, 0xed, 0xa0, 0x80, 0x2c, 0x2c, 0x78, 0x0a]),
  ]);
  const result = await withDatabase((database) => importFeed(database, { feed: bytes }));
  expect(result.outcome?.kind).toBe('finished');
  expect(result.products.map(({ id }) => id)).toEqual(['A']);
  expect(JSON.stringify(result)).not.toContain('\\u0000');
});

test('C38 names of columns do not make small rows large', async () => {
  const names = Array.from({ length: 1000 }, (_, at) => `${'n'.repeat(58)}${at}`);
  const row = (id: number) => [id, id % 2 === 0 ? 'a' : '', ...names.map(() => 'x')].join();
  const feed = [['id', 'title', ...names].join(), ...Array.from({ length: 60 }, (_, at) => row(at))].join(
    '\n',
  );
  const { counts, errors } = await withDatabase((database) => importFeed(database, { feed, connections: 2 }));
  expect(counts.slice(0, 4)).toEqual([30, 0, 0, 30]);
  expect(JSON.stringify(errors[0]?.data).length).toBeLessThan(50_000);
});
