import fc from 'fast-check';

/** A feed of a few dozen records as shops export them: well, badly, and sometimes not at all. */
export interface RandomFeed {
  /** The same products with texts in another language; the very same records in error. */
  readonly text: (word: string) => string;
}

const ids = fc.constantFrom(
  'A1',
  'A2',
  'a1',
  '01',
  '1',
  ' B ',
  'Ü',
  '',
  '\u00a0',
  'x'.repeat(300),
  'constructor',
);
const titles = fc.constantFrom(
  'WORD',
  'WORD "big"',
  'WORD, red; blue',
  'WORD\nsecond line',
  '',
  '<b></b>',
  '<i>WORD</i>',
  'é😀 WORD',
  'WO\u0007RD',
);
const prices = fc.constantFrom(
  '5',
  '12.50 EUR',
  '1.299',
  '12,50',
  '-1',
  'free',
  '',
  '0',
  '9 USD',
  '1.0051',
  '$5',
);
const salePrices = fc.constantFrom('', '', '4', '99999', '1,299', '3 EUR');
const gtins = fc.constantFrom(
  '',
  '4006381333931',
  '4006381333930',
  '4.00638E+12',
  '036000291452,4006381333931',
);
const availabilities = fc.constantFrom('in stock', 'auf Lager', 'preorder', 'perhaps', '');
const others = fc.constantFrom('', 'x', 'a\\b\tc', "it's", '  ', '{"a":1}');

const row = fc.tuple(ids, titles, prices, salePrices, gtins, availabilities, others);
const headers = ['id', 'title', 'price', 'sale_price', 'gtin', 'availability', 'Note'];

/** Records that are no rows, or none that can be taken apart. */
const strange = fc.constantFrom(
  '',
  ' ',
  '# a help text',
  '1,2,3,4,5,6,7,8,9',
  'A9,"a"b,5',
  'A8,"a"b,5,,,,',
  'C,c',
);

const record = fc.oneof({ weight: 6, arbitrary: row }, { weight: 1, arbitrary: strange });

/** Quoted where it has to be, and now and then where it has not. */
const cellText = (cell: string, always: boolean) =>
  always || /[",;\n\r]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;

export const randomFeeds: fc.Arbitrary<RandomFeed> = fc
  .record({
    records: fc.array(record, { maxLength: 30 }),
    quoted: fc.boolean(),
    lineEnd: fc.constantFrom('\n', '\r\n', '\r'),
    end: fc.constantFrom('', '\n', '\n\n'),
  })
  .map(({ records, quoted, lineEnd, end }) => {
    const lines = records.map((each) =>
      typeof each === 'string' ? each : each.map((cell) => cellText(cell, quoted)).join(','),
    );
    const text = [headers.join(','), ...lines].join(lineEnd) + end;
    return { text: (word: string) => text.replaceAll('WORD', word), toString: () => JSON.stringify(text) };
  });
