// @module-tag web
import { expect, test } from 'vitest';
import { listStateOf } from './list-state.ts';

const problem = { kind: 'fault', requestId: null } as const;
const [some, empty] = [{ edges: [{}] }, { edges: [] }];
const first = { place: null };
const later = { place: { after: 'x' } };

test.each([
  ['what was asked for is there', { problem: null, current: true }, some, first, 'rows'],
  [
    'the rows of before stay while others are asked for',
    { problem: null, current: false },
    some,
    first,
    'rows',
  ],
  ['nothing is known of another filter yet', { problem: null, current: false }, empty, first, 'rows'],
  [
    'the rows of before do not stand for others that failed',
    { problem, current: false },
    some,
    first,
    'unread',
  ],
  ['nothing could be read at all', { problem, current: false }, null, first, 'unread'],
  ['rows that could not be read again are still theirs', { problem, current: true }, some, first, 'rows'],
  ['nothing matches', { problem: null, current: true }, empty, first, 'none'],
  ['a later page has become empty', { problem: null, current: true }, empty, later, 'beyond'],
] as const)('%s', (_case, read, found, filter, state) => {
  expect(listStateOf(read, found, filter)).toBe(state);
});
