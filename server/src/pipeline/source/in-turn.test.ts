// @module-tag pipeline
import { expect, onTestFinished, test, vi } from 'vitest';
import type { ResolvedAddress } from './address.ts';
import { inTurn } from './in-turn.ts';

const found: readonly ResolvedAddress[] = [{ address: '93.184.215.14', family: 4 }];

/** A resolver that answers when it is told to. */
function openResolver() {
  const asked: string[] = [];
  const answers = new Map<string, PromiseWithResolvers<readonly ResolvedAddress[]>>();
  const lookup = (name: string) => {
    asked.push(name);
    const answer = Promise.withResolvers<readonly ResolvedAddress[]>();
    answers.set(name, answer);
    return answer.promise;
  };
  return { asked, answers, lookup };
}

/** What was set off by now has happened. */
const turnOfLoop = () => new Promise((resolve) => setImmediate(resolve));

test('one name is looked up at a time, the next also after one that is unknown', async () => {
  const { asked, answers, lookup } = openResolver();
  const one = inTurn(lookup);
  const [first, second] = [one('a.example'), one('b.example')];
  await turnOfLoop();
  expect(asked).toEqual(['a.example']);
  answers.get('a.example')?.reject(Object.assign(new Error('unknown'), { code: 'ENOTFOUND' }));
  await expect(first).rejects.toThrow('unknown');
  await turnOfLoop();
  expect(asked).toEqual(['a.example', 'b.example']);
  answers.get('b.example')?.resolve(found);
  expect(await second).toEqual(found);
});

test('who has waited for too long is told to come again, and is not looked up any more', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  const { asked, answers, lookup } = openResolver();
  const one = inTurn(lookup, 5_000);
  const waiting = Promise.allSettled([one('a.example'), one('b.example')]);
  await turnOfLoop();
  vi.advanceTimersByTime(5_000);
  const late = { status: 'rejected', reason: expect.objectContaining({ code: 'EAI_AGAIN' }) };
  expect(await waiting).toEqual([late, late]);
  answers.get('a.example')?.resolve(found);
  const third = one('c.example');
  await turnOfLoop();
  answers.get('c.example')?.resolve(found);
  expect(await third).toEqual(found);
  expect(asked).toEqual(['a.example', 'c.example']);
});
