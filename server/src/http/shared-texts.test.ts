// @module-tag http
import { expect, test } from 'vitest';
import { SharedTexts } from './shared-texts.ts';

const messageOf = (id: string, payload: object) => JSON.stringify({ id, type: 'next', payload });

test.each(['1', 'a "quoted" id', 'with ,"type":"next" in it', 'é\u2028'])(
  'a message of the operation %j has the result that was held for it, once',
  (id) => {
    const held = new SharedTexts();
    const result = { data: { a: [1, { b: 'é' }] } };
    const sent = messageOf(id, held.hold(id, result));
    expect(held.fill(sent)).toBe(messageOf(id, result));
    expect(held.fill(sent)).toBe(sent);
  },
);

test('results that are held at the same time each go to their own operation', () => {
  const held = new SharedTexts();
  const one = messageOf('1', held.hold('1', { data: { n: 1 } }));
  const two = messageOf('2', held.hold('2', { data: { n: 2 } }));
  expect([held.fill(two), held.fill(one)]).toEqual([
    messageOf('2', { data: { n: 2 } }),
    messageOf('1', { data: { n: 1 } }),
  ]);
});

test('what is no result goes out as it is', () => {
  const held = new SharedTexts();
  held.hold('1', { data: null });
  for (const message of ['{"type":"ping"}', '{"id":"1","type":"complete"}', '{"type":"pong","payload":{}}']) {
    expect(held.fill(message)).toBe(message);
  }
});

test('a result is written once, however many send it', () => {
  let written = 0;
  const data = { toJSON: () => ((written += 1), { a: 1 }) };
  const result = { data: data as never };
  for (let socket = 0; socket < 3; socket += 1) {
    const held = new SharedTexts();
    expect(held.fill(messageOf('1', held.hold('1', result)))).toBe(messageOf('1', { data: { a: 1 } }));
  }
  expect(written).toBe(1);
});
