// @module-tag cli
import { expect, test } from 'vitest';
import { readFeedArguments } from './feed-arguments.ts';

const read = (line: string) => readFeedArguments(line === '' ? [] : line.split(' '), '/home/shop');

test('a check has a feed, and defaults for the rest', () => {
  expect(read('check feed.csv')).toEqual({
    command: 'check',
    source: { kind: 'file', path: '/home/shop/feed.csv' },
    json: false,
    language: 'en',
    storeCode: null,
  });
});

test('an import has a store, a language and a batch size', () => {
  expect(read('import https://shop.example/f.csv --store one --language DE --batch-size 250 --json')).toEqual(
    {
      command: 'import',
      source: { kind: 'url', address: 'https://shop.example/f.csv' },
      json: true,
      language: 'de',
      storeCode: 'one',
      batchSize: 250,
    },
  );
});

test.each([
  ['../f.csv', { kind: 'file', path: '/home/f.csv' }],
  ['/f.csv', { kind: 'file', path: '/f.csv' }],
  ['file:///tmp/a%20b.csv', { kind: 'file', path: '/tmp/a b.csv' }],
  ['HTTP://shop.example/f.csv', { kind: 'url', address: 'HTTP://shop.example/f.csv' }],
  ['ftp://shop.example/f.csv', { kind: 'url', address: 'ftp://shop.example/f.csv' }],
  ['odd:name.csv', { kind: 'file', path: '/home/shop/odd:name.csv' }],
])('%s is read as a file or an address', (text, source) => {
  expect(read(`check ${text}`)).toMatchObject({ source });
});

test.each([
  ['', 'Say check or import.'],
  ['export feed.csv', 'There is no command "export".'],
  ['check', 'Name the feed'],
  ['check a.csv b.csv', '"b.csv" is one too many'],
  ['check a.csv --batch-size 500', 'A check has no --batch-size.'],
  ['check a.csv --language lb', '--language is "lb". Choose one of en, fr, de.'],
  ['check a.csv --speed 5', "Unknown option '--speed'."],
  ['check a.csv --json=yes', 'does not take an argument'],
  ['check file://elsewhere/a.csv', 'is no file of this machine'],
  ['import a.csv', '--store CODE'],
  ['import a.csv --store', 'argument missing'],
  ['import a.csv --store one --batch-size 99', 'Choose a number from 100 to 5000.'],
  ['import a.csv --store one --batch-size 1e3', 'Choose a number from 100 to 5000.'],
])('"%s" is refused in a sentence', (line, sentence) => {
  expect(() => read(line)).toThrow(
    expect.objectContaining({ name: 'UsageError', message: expect.stringContaining(sentence) as string }),
  );
});

test('--help wins over everything else that is there', () => {
  expect(read('import --help')).toEqual({ command: 'help' });
});
