// @module-tag web
import { expect, test } from 'vitest';
import { apiFilter, isFiltered, isWanted, jobFilterOf } from './job-filter.ts';

const filterOf = (query: string) => jobFilterOf(new URLSearchParams(query));

test('an address without parameters means all imports', () => {
  expect(isFiltered(filterOf(''))).toBe(false);
  expect(apiFilter(filterOf(''))).toEqual({});
});

test('every filter of an address is asked of the API', () => {
  const query = 'store=weber-livres&status=FAILED,PENDING&marketplace=Letzshop&language=DE&mine=1';
  expect(apiFilter(filterOf(query))).toEqual({
    storeCode: 'weber-livres',
    status: ['PENDING', 'FAILED'],
    marketplace: 'Letzshop',
    language: 'DE',
    createdByMe: true,
  });
});

test.each(['status=BROKEN', 'language=IT', 'mine=yes', 'store='])('%s means nothing', (query) => {
  expect(isFiltered(filterOf(query))).toBe(false);
});

const job = {
  store: { id: 's', code: 'weber-livres', name: 'Weber Livres' },
  status: 'FAILED',
  marketplace: 'Letzshop',
  language: 'DE',
  createdBy: { id: 'me', name: 'Me' },
} as const;

test.each([
  ['', true],
  ['store=weber-livres', true],
  ['store=kirchberg-velo', false],
  ['status=FAILED,PENDING', true],
  ['status=COMPLETED', false],
  ['language=DE', true],
  ['language=FR', false],
  ['marketplace=Elsewhere', false],
  ['mine=1', true],
])('an import that is told of belongs into the list of "%s": %s', (query, wanted) => {
  expect(isWanted(filterOf(query), job, 'me')).toBe(wanted);
});

test('an import that nobody started is nobody’s own', () => {
  expect(isWanted(filterOf('mine=1'), { ...job, createdBy: null }, null)).toBe(false);
});
