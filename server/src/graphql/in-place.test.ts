// @module-tag graphql
import { expect, test } from 'vitest';
import { inPlace } from './in-place.ts';

test('who waits for a place for too long is sent away, and takes none from others', async () => {
  const [held, free] = [Promise.withResolvers<string>(), Promise.withResolvers<string>()];
  const both = [inPlace('store', () => held.promise), inPlace('store', () => free.promise)];
  await expect(inPlace('store', () => Promise.resolve('late'), { waitMs: 10 })).rejects.toThrow('Try again');
  const next = inPlace('store', () => Promise.resolve('next'));
  expect(await inPlace('other store', () => Promise.resolve('at once'))).toBe('at once');
  free.reject(new Error('no'));
  await expect(both[1]).rejects.toThrow('no');
  expect(await next).toBe('next');
  held.resolve('done');
  expect(await both[0]).toBe('done');
});
