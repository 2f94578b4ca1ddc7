// @module-tag http
import { parseMessage } from 'graphql-ws';
import { expect, test } from 'vitest';
import { resultMessage } from './result-message.ts';

test.each(['1', 'a "quoted" id', 'with ,"type":"next" in it', 'é\u2028'])(
  'a client reads a result of the operation %j as it was',
  (id) => {
    const payload = { data: { a: [1, { b: 'é' }] } };
    expect(parseMessage(resultMessage(id, payload))).toEqual({ id, type: 'next', payload });
  },
);

test('a result is written once, however many it is sent to', () => {
  let written = 0;
  const data = { toJSON: () => ((written += 1), { a: 1 }) };
  const result = { data: data as never };
  for (const id of ['1', '2', '3']) {
    expect(resultMessage(id, result)).toBe(JSON.stringify({ id, type: 'next', payload: { data: { a: 1 } } }));
  }
  expect(written).toBe(1);
});
