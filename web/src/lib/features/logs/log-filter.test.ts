// @module-tag web
import { expect, test } from 'vitest';
import { apiLogFilter, logWishOf } from './log-filter.ts';

const filterOf = (query: string) => apiLogFilter(logWishOf(new URLSearchParams(query)));

test.each([
  ['', {}],
  ['level=WARN', { level: 'WARN' }],
  ['level=LOUD', {}],
  ['search=%20feed%20', { search: 'feed' }],
  ['about=SW1wb3J0Sm9iOjAxYQ%3D%3D', { jobId: 'SW1wb3J0Sm9iOjAxYQ==' }],
  ['about=01a20bcf-c911-77a4-86f7-c59906dfefb9', { jobId: '01a20bcf-c911-77a4-86f7-c59906dfefb9' }],
  ['about=3f2b1c9a-5d1e-4b7a-9c3d-2f1e0d9c8b7a', { requestId: '3f2b1c9a-5d1e-4b7a-9c3d-2f1e0d9c8b7a' }],
  ['since=yesterday', {}],
  ['since=2026-01-31T12:00', { since: new Date('2026-01-31T12:00').toISOString() }],
])('the address "%s" asks for %o', (query, filter) => {
  expect(filterOf(query)).toEqual(filter);
});
