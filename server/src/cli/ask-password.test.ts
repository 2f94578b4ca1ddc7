// @module-tag cli
import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { HiddenLine, readPipedLine } from './ask-password.ts';

test.each([
  ['typed', ['a', 'b', 'c', '\r'], 'abc'],
  ['pasted', ['pass word\r'], 'pass word'],
  ['corrected', ['abx', '\x7f', 'c', '\r'], 'abc'],
  ['corrected more than there is', ['\x7f\x7fa\r'], 'a'],
  ['begun anew', ['wrong', '\x15', 'right\n'], 'right'],
  ['with accents and more', ['né🚲\r'], 'né🚲'],
])('a password that is %s', (_how, keys, text) => {
  const line = new HiddenLine();
  expect(keys.map((key) => line.type(key)).at(-1)).toBe('entered');
  expect(line.text).toBe(text);
});

test.each([
  ['Ctrl-C', 'half\x03'],
  ['Ctrl-D', '\x04'],
])('%s leaves the question', (_key, keys) => {
  expect(new HiddenLine().type(keys)).toBe('left');
});

test.each([
  ['a line', ['correct horse\n'], 'correct horse'],
  ['a line of Windows', ['correct horse\r\n'], 'correct horse'],
  ['no line end', ['correct', ' horse'], 'correct horse'],
  ['several lines', ['first\nsecond\n'], 'first'],
  ['a line after a byte order mark', ['\ufeffcorrect horse\r\n'], 'correct horse'],
  ['nothing', [], ''],
])('%s piped in gives the first line', async (_what, chunks, text) => {
  expect(await readPipedLine(Readable.from(chunks))).toBe(text);
});
