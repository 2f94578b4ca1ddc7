// @module-tag pipeline
import { expect, test } from 'vitest';
import { luxembourg, withSpooledFeed } from '../../test/reading.ts';
import { checkFeed } from './check.ts';

const check = (content: string | Buffer) => withSpooledFeed(content, (feed) => checkFeed(feed, luxembourg));

test('tells what an import would do', async () => {
  const feed = 'id;Titel;Preis;Farbton;gtin\n1;a;5,50;rot;x\n2;;5;;\n2;b;5;;\n;c;5;;\n3;d;viel;;\n4;e;6;;\n';
  expect(await check(feed)).toEqual({
    encoding: 'utf-8',
    delimiter: ';',
    format: 'catalogue',
    columns: {
      recognised: { id: 'id', Titel: 'title', Preis: 'price', gtin: 'gtin' },
      extra: ['Farbton'],
    },
    rows: 6,
    accepted: 2,
    errors: { missing_title: 1, duplicate_id: 1, missing_id: 1, validation_error: 1 },
    warnings: { GTIN_MALFORMED: 1 },
    refused: null,
    sample: [
      { id: '1', title: 'a', extra: '{"Farbton":"rot"}', price: '5.50', currency: 'EUR' },
      { id: '4', title: 'e', price: '6.00', currency: 'EUR' },
    ],
    firstCells: { id: '1', Titel: 'a', Preis: '5,50', gtin: 'x' },
    examples: {
      errors: {
        missing_title: expect.stringMatching(/^Row 2: .*"Titel"/),
        duplicate_id: expect.stringMatching(/^Row 3: 2 is in row 2 already/),
        missing_id: expect.stringMatching(/^Row 4: /),
        validation_error: expect.stringMatching(/^Row 5: .*"viel"/),
      },
      warnings: { GTIN_MALFORMED: expect.stringMatching(/^Row 1: "x"/) },
    },
  });
});

test('shows three products at most', async () => {
  const rows = Array.from({ length: 9 }, (_, at) => `${at},a,5`);
  const { sample, accepted } = await check(['id,title,price', ...rows].join('\n'));
  expect([sample.length, accepted]).toEqual([3, 9]);
});

test('counts the warnings of the header with those of the rows', async () => {
  const { warnings } = await check('id,title,price,description,description\n1,a,,x,y\n');
  expect(warnings).toEqual({ COLUMN_REPEATED: 1, PRICE_MISSING: 1 });
});

test('a header without rows is a feed of none', async () => {
  expect(await check('id,title\n')).toMatchObject({ rows: 0, accepted: 0, refused: null });
});

test('a refusal is an answer, with all that was found out before it', async () => {
  expect(await check('id,title,price\n1,a,5\n2,"b,5\n')).toMatchObject({
    ...{ encoding: 'utf-8', rows: 1, accepted: 1 },
    refused: { code: 'UNCLOSED_QUOTE', message: expect.stringContaining('line 3') },
  });
  expect(await check('a,b\n')).toMatchObject({
    encoding: 'utf-8',
    rows: 0,
    refused: { code: 'NO_ID_COLUMN' },
  });
});

test('a feed with too many rows is refused, with what was read of it', async () => {
  const found = await withSpooledFeed('id,title\n1,a\n2,b\n3,c\n', (feed) =>
    checkFeed(feed, luxembourg, { maxRows: 2 }),
  );
  expect(found).toMatchObject({ rows: 2, accepted: 2, refused: { code: 'TOO_MANY_ROWS' } });
});

test('a header may have the name of anything', async () => {
  const { columns, sample } = await check('id,title,price,__proto__\n1,a,5,x\n');
  expect([columns.extra, sample[0]?.['extra']]).toEqual([['__proto__'], '{"__proto__":"x"}']);
});
