// @module-tag web
import { expect, test } from 'vitest';
import { turnBeside } from './job-turn.ts';

const job = (store: string, status: 'PENDING' | 'PROCESSING') => ({
  status,
  store: { id: store, code: store, name: store },
});

test.each([
  ['one of another store that runs too', 'bikes', 'PROCESSING', 'runs'],
  ['one of the same store', 'books', 'PENDING', 'next'],
  ['one of another store that waits', 'bikes', 'PENDING', 'waits'],
] as const)('beside an import that runs, %s', (_which, store, status, turn) => {
  expect(turnBeside(job(store, status), job('books', 'PROCESSING'))).toBe(turn);
});
