// @module-tag web
import { describe, expect, test } from 'vitest';
import {
  formatDay,
  formatDayOfMonth,
  formatMoment,
  formatTimeExact,
  formatWhen,
  nextChangeOfWhen,
  type Place,
} from './dates.ts';
import { Format } from './format.svelte.ts';

const plain = (text: string) => text.replaceAll(/\s/g, ' ');
const inLuxembourg = (language: Place['language']): Place => ({ language, timeZone: 'Europe/Luxembourg' });
const now = new Date('2026-11-23T13:02:46Z');

describe.each<[Place['language'], string, string, string, string, string]>([
  ['en', '25 s ago', '12 min ago', 'yesterday, 18:30', '21 Nov, 07:00', '5 Mar 2025'],
  ['fr', 'il y a 25 s', 'il y a 12 min', 'hier, 18:30', '21 nov., 07:00', '5 mars 2025'],
  ['de', 'vor 25 s', 'vor 12 min', 'gestern, 18:30', '21. Nov., 07:00', '5. März 2025'],
])('in %s', (language, seconds, minutes, yesterday, earlier, lastYear) => {
  test.each([
    ['2026-11-23T13:02:21Z', seconds],
    ['2026-11-23T12:50:10Z', minutes],
    ['2026-11-22T17:30:00Z', yesterday],
    ['2026-11-21T06:00:00Z', earlier],
    ['2025-03-05T06:00:00Z', lastYear],
    ['2026-11-23T13:02:44Z', 'NOW'],
    ['2026-11-23T13:03:00Z', 'NOW'],
  ])('%s was %s', (at, shown) => {
    expect(plain(formatWhen(new Date(at), inLuxembourg(language), now, 'NOW'))).toBe(shown);
  });
});

test('what was more than an hour ago is today, by the clock of the store', () => {
  expect(plain(formatWhen(new Date('2026-11-23T11:02:46Z'), inLuxembourg('en'), now, ''))).toBe(
    'today, 12:02',
  );
  const midnight = new Date('2026-11-23T00:30:00+01:00');
  expect(plain(formatWhen(midnight, inLuxembourg('en'), now, ''))).toBe('today, 00:30');
  expect(plain(formatWhen(midnight, { language: 'en', timeZone: 'America/New_York' }, now, ''))).toBe(
    'yesterday, 18:30',
  );
});

test('yesterday is the day before, also when the clocks were changed in between', () => {
  const monday = new Date('2026-10-26T08:00:00+01:00');
  expect(plain(formatWhen(new Date('2026-10-25T01:30:00+02:00'), inLuxembourg('en'), monday, ''))).toBe(
    'yesterday, 01:30',
  );
});

test('a yesterday of 25 hours ends as well', () => {
  const at = new Date('2026-10-25T00:10:00+02:00');
  const beforeMidnight = new Date('2026-10-26T23:30:00+01:00');
  expect(plain(formatWhen(at, inLuxembourg('en'), beforeMidnight, ''))).toBe('yesterday, 00:10');
  expect(nextChangeOfWhen(at, beforeMidnight)).toBe(60_000);
});

test('times are exact to the second where they are asked for', () => {
  const at = new Date('2026-11-22T17:30:02Z');
  expect(formatTimeExact(at, inLuxembourg('en'))).toBe('18:30:02');
  expect(plain(formatMoment(at, inLuxembourg('de')))).toBe('22. Nov. 2026, 18:30:02');
  expect(plain(formatDay(at, inLuxembourg('fr')))).toBe('dimanche 22 novembre');
});

test.each(['America/New_York', 'Pacific/Auckland'])('a day of the calendar is that day in %s', (timeZone) => {
  const format = new Format(() => ({ language: 'en', timeZone }));
  expect([format.date('2026-01-31'), format.dayShort('2026-01-31')]).toEqual(['31 Jan 2026', '31 Jan']);
});

test('a day names its year only when it is another one', () => {
  expect(plain(formatDayOfMonth(new Date('2026-11-22T12:00:00Z'), inLuxembourg('en'), now))).toBe(
    '22 November',
  );
  expect(plain(formatDayOfMonth(new Date('2025-11-22T12:00:00Z'), inLuxembourg('en'), now))).toBe(
    '22 November 2025',
  );
});

test.each([
  ['2026-11-23T13:02:44Z', 3_000],
  ['2026-11-23T13:02:21Z', 1_000],
  ['2026-11-23T12:50:10Z', 24_000],
  ['2026-11-22T17:30:00Z', 60_000],
  ['2026-11-20T17:30:00Z', null],
])('what was at %s is to be written again in %s ms', (at, wait) => {
  expect(nextChangeOfWhen(new Date(at), now)).toBe(wait);
});
