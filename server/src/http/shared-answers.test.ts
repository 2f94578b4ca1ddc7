// @module-tag http
import { expect, test, vi } from 'vitest';
import { SharedAnswers } from './shared-answers.ts';

const madeOf = (text: string, ...sources: string[]) => ({
  result: { data: { text } },
  sources: new Set(sources),
});

/** Counts what is made: each answer is its own number. */
function openAnswers() {
  let time = 1_000;
  let made = 0;
  const answers = new SharedAnswers({ ageMs: 1_000, now: () => time });
  return {
    answers,
    wait: (ms: number) => void (time += ms),
    ask: async (key: string, ...sources: string[]) => {
      const answer = await answers.answer(key, async () => madeOf(`${++made}`, ...sources));
      return answer?.result.data?.['text'];
    },
  };
}

test('an answer is made once, and again when it is too old', async () => {
  const { ask, wait } = openAnswers();
  const first = [await ask('a', 'shop'), await ask('a', 'shop'), await ask('b', 'shop')];
  wait(1_001);
  expect([...first, await ask('a', 'shop')]).toEqual(['1', '1', '2', '3']);
});

test('a change of what an answer is made of makes it anew, and no other', async () => {
  const { ask, answers } = openAnswers();
  await ask('a', 'shop', 'merchant');
  await ask('b', 'other');
  answers.outdate('merchant');
  expect([await ask('a', 'shop', 'merchant'), await ask('b', 'other')]).toEqual(['3', '2']);
});

test('everything is made anew after a change of everything', async () => {
  const { ask, answers } = openAnswers();
  await ask('a', 'shop');
  answers.outdateAll();
  expect(await ask('a', 'shop')).toBe('2');
});

test('several who ask at a time get one answer, and who asks after a change another', async () => {
  const answers = new SharedAnswers();
  const going = Promise.withResolvers<ReturnType<typeof madeOf>>();
  const make = vi.fn(() => going.promise);
  const before = [answers.answer('a', make), answers.answer('a', make)];
  answers.outdate('shop');
  const after = answers.answer('a', async () => madeOf('new', 'shop'));
  going.resolve(madeOf('old', 'shop'));
  const texts = (await Promise.all([...before, after])).map((answer) => answer?.result.data?.['text']);
  expect(texts).toEqual(['old', 'old', 'new']);
  // What was under way during the change was not kept over the newer one.
  expect((await answers.answer('a', make))?.result.data).toEqual({ text: 'new' });
  expect(make).toHaveBeenCalledTimes(1);
});

test('an answer that was long in the making is as old as its beginning: a change meanwhile is not forgotten', async () => {
  const { answers, ask, wait } = openAnswers();
  const going = Promise.withResolvers<ReturnType<typeof madeOf>>();
  const slow = answers.answer('a', () => going.promise);
  answers.outdate('shop');
  wait(1_001);
  going.resolve(madeOf('old', 'shop'));
  await slow;
  expect(await ask('a', 'shop')).toBe('1');
});

test.each([
  ['an answer with errors', { result: { errors: [], data: null }, sources: new Set(['shop']) }],
  ['an answer of nothing', madeOf('empty')],
])('%s is nobody else’s', async (_what, made) => {
  const answers = new SharedAnswers();
  expect(await answers.answer('a', async () => made)).toBeNull();
  expect(answers.size).toBe(0);
});

test('what fails is told to who began it; who waits for it makes it', async () => {
  const answers = new SharedAnswers();
  const fail = () => Promise.reject(new Error('down'));
  const [first, second] = await Promise.allSettled([answers.answer('a', fail), answers.answer('a', fail)]);
  expect([first.status, second]).toEqual(['rejected', { status: 'fulfilled', value: null }]);
});

test('what is too large is given once and not kept, and all together stay within bounds', async () => {
  const answers = new SharedAnswers();
  const make = (size: number) => async () => madeOf('x'.repeat(size), 'shop');
  expect(await answers.answer('large', make(600_000))).not.toBeNull();
  expect(answers.size).toBe(0);
  for (let at = 0; at < 100; at++) await answers.answer(`a${at}`, make(400_000));
  expect(answers.size).toBeLessThanOrEqual(40);
});

test('with more changes than are told apart, what may be old is not given', async () => {
  const { ask, answers } = openAnswers();
  await ask('a', 'shop');
  answers.outdate('shop');
  for (let at = 0; at < 10_001; at++) answers.outdate(`other ${at}`);
  expect(await ask('a', 'shop')).toBe('2');
});

test('two answers have two etags, and one has one', async () => {
  const answers = new SharedAnswers();
  const etagOf = async (key: string, text: string) =>
    (await answers.answer(key, async () => madeOf(text, 'shop')))?.etag;
  const [one, same, other] = [await etagOf('a', 'x'), await etagOf('b', 'x'), await etagOf('c', 'y')];
  expect(one).toMatch(/^"[\w-]{27}"$/);
  expect([same === one, other === one]).toEqual([true, false]);
});
