// @module-tag product-data
import { describe, expect, test } from 'vitest';
import {
  cleanText,
  cutText,
  hasControlCharacters,
  isBlankText,
  isPlaceholder,
  plainText,
  stripSpreadsheetArmour,
} from './text.ts';

describe('a text is cleaned', () => {
  test.each([
    ['of blanks at its ends', '  Lamp \t', 'Lamp'],
    ['of blanks that do not break', '\u00a0Lamp\u202f', 'Lamp'],
    ['of zero-width characters at its ends', '\u200b\ufeffLamp\u200d', 'Lamp'],
    ['of NUL', 'La\0mp', 'Lamp'],
    ['of control characters', '\x01La\x1bmp\x7f\x85\x9f', 'Lamp'],
    ['of half characters', 'La\ud83dmp\udc4d', 'Lamp'],
    ['but not of line ends and tabs inside', 'one\r\ntwo\tthree', 'one\r\ntwo\tthree'],
    ['but not of marks', '<b>Lamp</b> <script>', '<b>Lamp</b> <script>'],
    ['but not of emoji, zero-width joiners and U+FFFF inside', 'a👩‍👧 b\u200bc\uffffd', 'a👩‍👧 b\u200bc\uffffd'],
    ['until nothing is left', ' \u200b\u00a0\0 ', ''],
  ])('%s', (_what, raw, text) => {
    expect(cleanText(raw)).toBe(text);
  });

  test('and says whether it lost more than blanks', () => {
    expect(['a\0b', 'a\ud800b', 'a\x9bb'].map(hasControlCharacters)).toEqual([true, true, true]);
    expect([' a ', 'a\r\n\tb', '👍', 'é'].map(hasControlCharacters)).toEqual([false, false, false, false]);
  });
});

test.each(['', ' ', '\u00a0', '\u200b', '<b></b>', '&nbsp;', ' <p>&#160;</p>\n', '<br/>', '\u2060\u00ad'])(
  'nobody can read anything in %j',
  (text) => {
    expect(isBlankText(text)).toBe(true);
  },
);

test.each(['0', '-', 'a', '<b>x</b>', '< 5 W', '5 > 4', '&amp;', '👍', 'é'])('%j can be read', (text) => {
  expect(isBlankText(text)).toBe(false);
});

test.each([
  '<br />',
  '<P class="x"> </P>',
  '<img src=x onerror="alert(1)">',
  '<svg/onload=alert(1)>',
  '<!-- x -->',
])('a tag of HTML is nothing to read: %s', (text) => {
  expect(isBlankText(text)).toBe(true);
});

test.each(['<Kind of Blue>', '<Titanic>', '<A Love Supreme>', '<<>>', '<3'])(
  'a name between angle brackets can be read: %s',
  (text) => {
    expect(isBlankText(text)).toBe(false);
  },
);

test('unclosed marks by the million are looked at once', () => {
  const started = performance.now();
  for (const part of ['<', '<b', '<b =', '&nbsp', '\u200b ']) isBlankText(part.repeat(500_000));
  for (const part of ['=', ' ', 'a=']) isBlankText(`<b ${part.repeat(500_000)}`);
  cleanText(`${' '.repeat(1e6)}a${' '.repeat(1e6)}`);
  expect(performance.now() - started).toBeLessThan(1500);
});

describe('a text is cut', () => {
  test.each([
    ['where it fits', 'abc', 3, 'abc'],
    ['at the limit', 'abcdef', 3, 'abc'],
    ['before a blank that would come last', 'ab cdef', 3, 'ab'],
    ['not inside a code point', 'ab👍', 3, 'ab'],
    ['not between a letter and its accent', 'abe\u0301cd', 3, 'ab'],
    ['not inside a family', 'ab👩‍👩‍👧‍👦cd', 8, 'ab'],
    ['not inside a flag', '🇱🇺🇱🇺🇱🇺', 10, '🇱🇺🇱🇺'],
    ['not inside a line end', 'a\r\nb', 2, 'a'],
  ])('%s', (_where, text, maxLength, cut) => {
    expect(cutText(text, maxLength)).toBe(cut);
  });

  test('through a letter with more marks than the limit, but not through a code point', () => {
    expect(cutText(`a${'\u0301'.repeat(200)}`, 50)).toHaveLength(50);
    expect(cutText('👍\u200d'.repeat(50), 10).isWellFormed()).toBe(true);
  });

  test('in no time, however long it is', () => {
    const started = performance.now();
    expect(cutText('\u0301'.repeat(5_000_000), 10_000)).toHaveLength(10_000);
    expect(performance.now() - started).toBeLessThan(500);
  });
});

test.each(['N/A', 'n/a', '-', '--', 'None', 'KEINE', 'aucun', 'Does not apply', 'null', '#N/A', 'k.A.'])(
  '%j stands for no value',
  (text) => {
    expect(isPlaceholder(text)).toBe(true);
  },
);

test.each(['', '0', 'Nona', 'Kein & Co', 'constructor'])('%j is a value', (text) => {
  expect(isPlaceholder(text)).toBe(false);
});

test('what spreadsheets put around a number is taken off', () => {
  expect(["'0123", '="0123"', '= "0123"', '0123', '=0123'].map(stripSpreadsheetArmour)).toEqual([
    ...['0123', '0123', '0123', '0123'],
    '=0123',
  ]);
});

test('plain text has plain digits and blanks', () => {
  expect(plainText('\u200b１２\u202f５０ ')).toBe('12 50');
});
