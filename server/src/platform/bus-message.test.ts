// @module-tag platform
import { expect, test } from 'vitest';
import { readMessage, writeMessage } from './bus-message.ts';

test.each([
  ['a moment', { at: new Date('2026-02-03T04:05:06.789Z') }],
  ['a bigint beyond the safe numbers', { bytes: 9_007_199_254_740_993n, none: null }],
  ['moments within lists', [[new Date(0)], { deep: { er: [new Date(1), 2n] } }]],
  ['an object that looks like a moment', { $date: '2026-02-03T04:05:06.789Z' }],
  ['an object that looks like a bigint, with more', { $bigint: '1', other: new Date(2) }],
  ['an object that looks like an escape', { $entries: [['a', { $date: 'x' }]] }],
  ['text that looks like a message', { text: '{"$date":"2026-02-03T04:05:06.789Z"}' }],
  ['nothing', null],
])('%s is the same at the other end', (_what, event) => {
  expect(readMessage(writeMessage(event))).toEqual(event);
});

test('a key that names the prototype is a key like any other', () => {
  const event: unknown = JSON.parse('{"__proto__": {"admin": true}, "$date": 1}');
  const read = readMessage(writeMessage(event)) as Record<string, unknown>;
  expect(Object.keys(read)).toEqual(['__proto__', '$date']);
  expect(Object.getPrototypeOf(read)).toBe(Object.prototype);
});

test.each([
  '',
  'x',
  '{"$date":"soon"}',
  '{"$date":1}',
  '{"$bigint":"1.5"}',
  '{"$bigint":{}}',
  '{"$entries":1}',
])('the message %s is refused', (message) => {
  expect(() => readMessage(message)).toThrow();
});

test('a moment that is none cannot be written', () => {
  expect(() => writeMessage({ at: new Date(NaN) })).toThrow(RangeError);
});
