// @module-tag graphql
import { expect, test } from 'vitest';
import { uuidOf } from './global-id.ts';

const uuid = '0192f3a4-0000-7000-8000-000000000001';
const encode = (text: string) => Buffer.from(text).toString('base64');

test('a global id of the type is its key', () => {
  expect(uuidOf('Store', encode(`Store:${uuid}`))).toBe(uuid);
  expect(uuidOf('Store', encode(`Store:${uuid.toUpperCase()}`))).toBe(uuid);
});

test.each([
  ['of another type', encode(`Merchant:${uuid}`)],
  ['of a type that begins alike', encode(`StoreDomain:${uuid}`)],
  ['without a key', encode('Store:')],
  ['with another kind of key', encode('Store:17')],
  ['with two keys', encode(`Store:${uuid}:${uuid}`)],
  ['that is the key itself', uuid],
  ['that is empty', ''],
  ['that is no base64', '§§§'],
  ['that is very long', 'A'.repeat(1_000_000)],
])('one %s is none', (_what, globalId) => {
  expect(uuidOf('Store', globalId)).toBeNull();
});
