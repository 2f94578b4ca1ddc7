// @module-tag web
import { beforeEach, expect, test, vi } from 'vitest';
import { Format } from '#lib/format/format.svelte.ts';
import { Publishing, type PublicationState } from './publishing.svelte.ts';

const job: PublicationState = {
  ...{ id: 'job', action: 'PUBLISH', status: 'PROCESSING', automatic: false, total: 10, done: 2 },
  ...{
    publishedCount: 2,
    unpublishedCount: 0,
    unchangedCount: 0,
    refusedCount: 0,
    refused: [],
    completedAt: null,
  },
};
const memory = new Map<string, string>();
beforeEach(() => {
  memory.clear();
  vi.stubGlobal('sessionStorage', {
    getItem: (name: string) => memory.get(name) ?? null,
    setItem: (name: string, value: string) => memory.set(name, value),
    removeItem: (name: string) => memory.delete(name),
  });
});

/** Pages whose server answers with the job, and whose link to it can be broken. */
function pages() {
  const link = { open: false, fail: () => {}, take: null as ((job: PublicationState) => void) | null };
  const watch = (
    _document: unknown,
    _variables: unknown,
    take: (data: { publicationProgress: PublicationState }) => void,
    onProblem: (problem: object) => void,
  ) => {
    link.open = true;
    link.take = (publicationProgress) => take({ publicationProgress });
    link.fail = () => onProblem({ kind: 'fault', requestId: '7f3a-92c1' });
    return () => (link.open = false);
  };
  const sendLive = () => Promise.resolve({ data: { publishProducts: { publication: job } }, problem: null });
  const api = { watch, sendLive } as unknown as ConstructorParameters<typeof Publishing>[0]['api'];
  const format = new Format(() => ({ language: 'en', timeZone: 'UTC' }));
  return { link, publishing: new Publishing({ api, storeCode: 'a-store', say: () => {}, format }) };
}

test('what can no longer be watched is said to be so, and the next can be begun', async () => {
  const { link, publishing } = pages();
  await publishing.start('PUBLISH', { marketplaceProducts: ['p'] });
  expect([publishing.busy, link.open]).toEqual([true, true]);
  const { version } = publishing;
  link.fail();
  expect(publishing.problem).toMatch(/can no longer be watched.* 7f3a-92c1$/);
  // It was sent, and there was no input to keep.
  expect(publishing.problem).not.toMatch(/saved|input/);
  expect([publishing.job, publishing.busy, link.open]).toEqual([null, false, false]);
  // Some of it may be done: what shows products reads again.
  expect(publishing.version).toBeGreaterThan(version);
  expect(memory.size).toBe(0);
});

test('one of before a reload that the server does not know any more is not mentioned', () => {
  memory.set('publication a-store', 'job');
  const { link, publishing } = pages();
  expect(link.open).toBe(true);
  link.fail();
  expect([publishing.problem, publishing.job, memory.size]).toEqual([null, null, 0]);
});

test('a single product that waits for others of the store is done when its job is over', async () => {
  const { link, publishing } = pages();
  const { version } = publishing;
  const marketplaceProduct = { id: 'p', marketplaceProductId: 'P', translations: [] };
  const refused = { code: 'NO_PRICE', message: 'No price.', marketplaceProduct };
  const publishingOne = publishing.one('PUBLISH', 'p');
  await vi.waitFor(() => expect(link.open).toBe(true));
  link.take?.({ ...job, done: 5 });
  link.take?.({ ...job, status: 'COMPLETED', refused: [refused] });
  expect(await publishingOne).toEqual({ why: expect.stringContaining('price'), lost: false });
  expect(publishing.version).toBeGreaterThan(version);
  expect([publishing.job, link.open]).toEqual([null, false]);
});

test('of a single product that can no longer be watched nobody says that it was not changed', async () => {
  const { link, publishing } = pages();
  const { version } = publishing;
  const publishingOne = publishing.one('PUBLISH', 'p');
  await vi.waitFor(() => expect(link.open).toBe(true));
  link.fail();
  expect(await publishingOne).toEqual({
    why: expect.stringContaining('can no longer be watched'),
    lost: true,
  });
  expect(publishing.version).toBeGreaterThan(version);
});

test('products are published as well where the browser keeps nothing', async () => {
  vi.stubGlobal('sessionStorage', undefined);
  const { link, publishing } = pages();
  expect(await publishing.start('PUBLISH', { marketplaceProducts: ['p'] })).toBe(true);
  publishing.dismiss();
  expect([publishing.job, link.open]).toEqual([null, false]);
});
