// @module-tag product-data
import { expect, test } from 'vitest';
import { instantOfLocalTime } from './time-zone.ts';

const utc = (local: string, timeZone: string) =>
  new Date(instantOfLocalTime(Date.parse(`${local}Z`), timeZone)).toISOString();

test.each([
  ['in winter', '2024-01-15T12:00', 'Europe/Luxembourg', '2024-01-15T11:00:00.000Z'],
  ['in summer', '2024-07-15T12:00', 'Europe/Luxembourg', '2024-07-15T10:00:00.000Z'],
  ['just before clocks go forward', '2024-03-31T01:59', 'Europe/Luxembourg', '2024-03-31T00:59:00.000Z'],
  [
    'that clocks leave out, as much later',
    '2024-03-31T02:30',
    'Europe/Luxembourg',
    '2024-03-31T01:30:00.000Z',
  ],
  ['just after clocks went forward', '2024-03-31T03:00', 'Europe/Luxembourg', '2024-03-31T01:00:00.000Z'],
  ['that clocks show twice, the first', '2024-10-27T02:30', 'Europe/Luxembourg', '2024-10-27T00:30:00.000Z'],
  ['just after it was shown twice', '2024-10-27T03:00', 'Europe/Luxembourg', '2024-10-27T02:00:00.000Z'],
  ['west of Greenwich', '2024-03-10T03:00', 'America/New_York', '2024-03-10T07:00:00.000Z'],
  [
    'where clocks move by half an hour',
    '2024-04-07T01:45',
    'Australia/Lord_Howe',
    '2024-04-06T14:45:00.000Z',
  ],
  [
    'where they have just moved by half an hour',
    '2024-10-06T02:30',
    'Australia/Lord_Howe',
    '2024-10-05T15:30:00.000Z',
  ],
  ['of UTC', '2024-03-31T02:30', 'UTC', '2024-03-31T02:30:00.000Z'],
])('a local time %s', (_when, local, timeZone, instant) => {
  expect(utc(local, timeZone)).toBe(instant);
});

test('an unknown zone is an error of the caller', () => {
  expect(() => utc('2024-01-15T12:00', 'Mars/Olympus')).toThrow(RangeError);
});
