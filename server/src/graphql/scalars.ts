import { GraphQLError } from 'graphql';
import { builder } from './builder.ts';
import { readMoment } from './moment.ts';

builder.scalarType('DateTime', {
  description: 'A moment, as ISO 8601 has it, in UTC: 2026-01-31T12:00:00.000Z.',
  serialize: (value) => value.toISOString(),
  parseValue: (value) => {
    const moment = typeof value === 'string' ? readMoment(value) : null;
    if (!moment)
      throw new GraphQLError('A DateTime is a moment of the years 1 to 9999, written in ISO 8601.');
    return moment;
  },
});

builder.scalarType('Decimal', {
  description: 'An exact decimal number as text, with a point and two digits behind it: "12.50".',
  serialize: (value) => (typeof value === 'string' ? value : value.toFixed(2)),
  parseValue: (value) => {
    if (typeof value === 'string' && /^\d{1,10}(\.\d{1,2})?$/.test(value)) return value;
    throw new GraphQLError(
      'A Decimal is text such as "12.50": at most ten digits, and two behind the point.',
    );
  },
});

builder.scalarType('BigInt', {
  description: 'A whole number that an Int cannot hold, such as a count of bytes.',
  serialize: (value) => Number(value),
  parseValue: (value) => {
    if (Number.isSafeInteger(value)) return BigInt(value as number);
    throw new GraphQLError('A BigInt is a whole number.');
  },
});

builder.scalarType('JSON', {
  description: 'Any JSON value.',
  serialize: (value) => value,
});
