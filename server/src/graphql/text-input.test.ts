// @module-tag graphql
// @module-tag hostile
import { expect, test } from 'vitest';
import { lineOfText } from './text-input.ts';

const line = lineOfText(20);

test.each([
  'Maison Weber',
  ' Škoda ',
  'd’olive',
  '東京 (店)',
  'שלום\u200f!',
  'می\u200cخواهم',
  '👩\u200d🌾 🇱🇺',
  'cafe\u0301',
])('"%s" is a line of text', (text) => {
  expect(line.safeParse(text).success).toBe(true);
});

test.each([
  ['nothing', ''],
  ['blanks', ' \u00a0\u3000'],
  ['blanks of no width', '\u200b\u2060\ufeff'],
  ['a letter that is not there', '\u3164'],
])('%s is not something', (_what, text) => {
  expect(line.safeParse(text).error?.issues[0]?.message).toBe('Write something here.');
});

test.each([
  ['a null', 'a\0b'],
  ['a tab', 'a\tb'],
  ['a line break of another set', 'a\u0085b'],
  ['the end of a line', 'a\u2028b'],
  ['the end of a paragraph', 'a\u2029b'],
  ['a mark that turns the rest around', 'gnp.\u202eexe'],
  ['a mark that isolates the rest', 'a\u2067b'],
  ['half of a pair', 'a\ud83db'],
])('a text with %s is refused', (_what, text) => {
  expect(line.safeParse(text).error?.issues[0]?.message).toContain('invisible');
});
