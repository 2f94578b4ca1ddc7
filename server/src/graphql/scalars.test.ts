// @module-tag graphql
import { GraphQLError, isScalarType } from 'graphql';
import { expect, test } from 'vitest';
import { schema } from '../schema.ts';

function read(typename: string, value: unknown): unknown {
  const type = schema.getType(typename);
  if (!isScalarType(type)) throw new Error(`${typename} is no scalar.`);
  try {
    return type.coerceInputValue(value);
  } catch (error) {
    if (error instanceof GraphQLError) return 'refused';
    throw error;
  }
}

test.each([
  ['2026-01-31', '2026-01-31T00:00:00.000Z'],
  ['2026-01-31T12:30Z', '2026-01-31T12:30:00.000Z'],
  ['2026-01-31T12:30:15.123456789+02:00', '2026-01-31T10:30:15.123Z'],
  ['2028-02-29T00:00:00Z', '2028-02-29T00:00:00.000Z'],
  ['0001-01-01', '0001-01-01T00:00:00.000Z'],
  ['9999-12-31T23:59:59.999Z', '9999-12-31T23:59:59.999Z'],
])('%s is the moment %s', (text, moment) => {
  expect(read('DateTime', text)).toEqual(new Date(moment));
});

test.each([
  ...['', 'yesterday', '2026', '2026-1-31', '31.01.2026', '2026-01-31T12:30', ' 2026-01-31', '2026-01-31\n'],
  ...[
    '2026-02-31',
    '2027-02-29',
    '2026-13-01',
    '2026-00-10',
    '2026-01-00',
    '2026-01-31T25:00Z',
    '2026-01-31T12:60Z',
  ],
  ...['0000-01-01', '0001-01-01T00:00+01:00', '9999-12-31T23:59-01:00', '+010000-01-01'],
  ...[0, 1_767_225_600_000, true, null, {}, []],
])('%j is no DateTime', (value) => {
  expect(read('DateTime', value)).toBe('refused');
});

test.each(['0', '1', '12.5', '12.50', '9999999999.99'])('%s is a Decimal', (text) => {
  expect(read('Decimal', text)).toBe(text);
});

test.each([
  ...['', '-1', '+1', '.5', '1.', '1.234', '12,50', '1e3', ' 1', '1\n', '12345678901', 'NaN', '\u0661'],
  ...[1, 12.5, null, true, {}],
])('%j is no Decimal', (value) => {
  expect(read('Decimal', value)).toBe('refused');
});

test.each([
  [1, 1n],
  [9_007_199_254_740_991, 9_007_199_254_740_991n],
])('%j is a BigInt', (value, number) => {
  expect(read('BigInt', value)).toBe(number);
});

test.each([1.5, 9_007_199_254_740_992, '1', null, Number.NaN])('%j is no BigInt', (value) => {
  expect(read('BigInt', value)).toBe('refused');
});
