// @module-tag web
import { expect, test } from 'vitest';
import { refusalWords } from './refusal-words.ts';

test.each([
  'STORE_INACTIVE',
  'STORE_NOT_FOUND',
  'TOO_MANY_WAITING',
  'IMPORT_JOB_NOT_ENDED',
  'IMPORT_JOB_NOT_FOUND',
  'IMPORT_FILE_GONE',
  'BATCH_SIZE_OUT_OF_RANGE',
  'ADDRESS_SCHEME',
])('%s, as a start or a retry is refused, has words in the language of the page', (code) => {
  expect(refusalWords(code, 'words of the server')).not.toBe('words of the server');
});

test('a code that came with a newer server has the words of the server', () => {
  expect(refusalWords('MOON_IS_FULL', 'The moon is full.')).toBe('The moon is full.');
});
