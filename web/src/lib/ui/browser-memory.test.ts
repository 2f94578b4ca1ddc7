// @module-tag web
import { afterEach, expect, test, vi } from 'vitest';
import { keptByBrowser, keptByTab } from './browser-memory.ts';

afterEach(() => vi.unstubAllGlobals());

const refuse = () => {
  throw new Error('Denied.');
};
/** Storage that throws as soon as it is named, as where data of sites is blocked. */
function blockStorage(): void {
  for (const name of ['localStorage', 'sessionStorage']) {
    // Stubbed first, so that what was there before comes back.
    vi.stubGlobal(name, undefined);
    Object.defineProperty(globalThis, name, { configurable: true, get: refuse });
  }
}
function fillStorage(): void {
  const full = { getItem: () => null, setItem: refuse, removeItem: refuse };
  for (const name of ['localStorage', 'sessionStorage']) vi.stubGlobal(name, full);
}

test.each([
  ['blocked', blockStorage],
  ['full', fillStorage],
])('a browser whose storage is %s keeps nothing, and nothing fails', (_what, stub) => {
  stub();
  for (const memory of [keptByBrowser, keptByTab]) {
    memory.write('theme', 'dark');
    memory.write('theme', null);
    expect(memory.read('theme')).toBe(null);
  }
});

test('what is written is read, until it is forgotten', () => {
  const kept = new Map<string, string>();
  vi.stubGlobal('localStorage', {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => kept.set(name, value),
    removeItem: (name: string) => kept.delete(name),
  });
  keptByBrowser.write('theme', 'dark');
  expect(keptByBrowser.read('theme')).toBe('dark');
  keptByBrowser.write('theme', null);
  expect([keptByBrowser.read('theme'), kept.size]).toEqual([null, 0]);
});
