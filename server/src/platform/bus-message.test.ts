// @module-tag platform
import { expect, test } from 'vitest';
import { readMessage, writeMessage } from './bus-message.ts';

test.each([
  ['a moment', { at: new Date('2026-02-03T04:05:06.789Z') }],
  ['a bigint beyond the safe numbers', { bytes: 9_007_199_254_740_993n, none: null }],
  ['moments within lists', [[new Date(0)], { deep: { er: [new Date(1), 2n] } }]],
  ['text of any script', { name: 'Épicerie „Zënter“ 🥖' }],
  ['text that looks like a message', { text: writeMessage(new Date(0)) }],
  ['nothing', null],
])('%s is the same at the other end', (_what, event) => {
  expect(readMessage(writeMessage(event))).toEqual(event);
});

test('a key that names the prototype is a key like any other', () => {
  const read = readMessage(writeMessage(JSON.parse('{"__proto__": {"admin": true}}'))) as object;
  expect(Object.keys(read)).toEqual(['__proto__']);
  expect(Object.getPrototypeOf(read)).toBe(Object.prototype);
});

test.each(['', 'x', '{"at":"2026-02-03T04:05:06.789Z"}', writeMessage({ a: 1 }).slice(0, 8)])(
  'the message %j is refused',
  (message) => {
    expect(() => readMessage(message)).toThrow();
  },
);

test('what cannot be cloned cannot be written', () => {
  expect(() => writeMessage({ later: () => 1 })).toThrow();
});
