// @module-tag web
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import type { RefreshAnswer } from './session-requests.ts';
import { Session } from './session.svelte.ts';

const tokenOf = (viewerId: string) => ({
  accessToken: `token of ${viewerId}`,
  expiresAt: '2099-01-01T00:00:00Z',
  viewerId,
});

/** What the tabs of one browser share: whose cookie it has, whether the server is there, and what it was asked. */
function openBrowser() {
  const browser = {
    cookieOf: null as string | null,
    online: true,
    asked: [] as string[],
    /** Until then nothing is answered. */
    answers: Promise.resolve(),
  };
  const ask = async (what: string) => {
    browser.asked.push(what);
    await browser.answers;
    if (!browser.online) throw new Error('Nobody answers.');
  };
  const openTab = () => {
    const heard: string[] = [];
    const session = new Session({
      async askRefresh(): Promise<RefreshAnswer> {
        const { cookieOf } = browser;
        await ask('refresh');
        return cookieOf === null ? null : tokenOf(cookieOf);
      },
      async askLogout() {
        await ask('logout');
        browser.cookieOf = null;
      },
      onSignedOut: () => heard.push('forget'),
      onReplaced: () => heard.push('reload'),
    });
    onTestFinished(() => session.close());
    /** As the sign-in form does. */
    const signIn = (viewerId: string) => {
      browser.cookieOf = viewerId;
      session.begin(tokenOf(viewerId));
    };
    return { session, heard, signIn };
  };
  return { browser, openTab };
}

beforeEach(() => {
  const kept = new Map<string, string>();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  });
  return () => vi.unstubAllGlobals();
});

test('who signs in with the form reloads nothing', () => {
  const { session, heard, signIn } = openBrowser().openTab();
  signIn('owner');
  expect(session.state).toBe('signed-in');
  expect(heard).toEqual([]);
});

test.each(['owner', 'colleague'])(
  'after a sign-out %s signs in at the same tab without a reload, which has forgotten what was read',
  async (next) => {
    const { session, heard, signIn } = openBrowser().openTab();
    signIn('owner');
    await session.end();
    expect(heard).toEqual(['forget']);
    signIn(next);
    expect(session.token).toBe(`token of ${next}`);
    expect(heard).toEqual(['forget']);
  },
);

test.each([
  ['somebody else', 'colleague', ['forget', 'reload']],
  ['the same person', 'owner', ['forget']],
])('after a sign-out %s signs in at another tab: this one does %s', async (_who, next, done) => {
  const { openTab } = openBrowser();
  const [here, there] = [openTab(), openTab()];
  there.signIn('owner');
  await expect.poll(() => here.session.state).toBe('signed-in');
  await there.session.end();
  await expect.poll(() => here.session.state).toBe('signed-out');
  there.signIn(next);
  await expect.poll(() => here.session.state).not.toBe('signed-out');
  expect(here.heard).toEqual(done);
  expect(here.session.token).toBe(next === 'owner' ? 'token of owner' : null);
  expect(there.heard).toEqual(['forget']);
});

test('a tab that finds the cookie of somebody else reloads, does nothing in their name, and tells the others', async () => {
  const { browser, openTab } = openBrowser();
  const [here, there] = [openTab(), openTab()];
  here.signIn('owner');
  await expect.poll(() => there.session.state).toBe('signed-in');
  browser.cookieOf = 'colleague';
  expect(await here.session.refresh()).toBe(false);
  expect(await here.session.freshToken()).toBeNull();
  expect(here.heard).toEqual(['reload']);
  await expect.poll(() => there.heard).toEqual(['reload']);
  expect(browser.asked).toEqual(['refresh']);
});

test('a session that has ended is forgotten in all tabs', async () => {
  const { browser, openTab } = openBrowser();
  const [here, there] = [openTab(), openTab()];
  here.signIn('owner');
  await expect.poll(() => there.session.state).toBe('signed-in');
  browser.cookieOf = null;
  expect(await here.session.refresh()).toBe(false);
  await expect.poll(() => there.heard).toEqual(['forget']);
  expect(here.heard).toEqual(['forget']);
});

test('who signs in while another tab is being told that nobody is, stays so in both', async () => {
  const { browser, openTab } = openBrowser();
  const [here, there] = [openTab(), openTab()];
  const answers = Promise.withResolvers<void>();
  browser.answers = answers.promise;
  const asking = here.session.freshToken();
  await expect.poll(() => browser.asked).toEqual(['refresh']);
  there.signIn('owner');
  await expect.poll(() => here.session.state).toBe('signed-in');
  answers.resolve();
  expect(await asking).toBe('token of owner');
  expect([here.heard, there.heard]).toEqual([[], []]);
});

/** Signed out in a tab that the server did not hear. */
async function signOutOffline() {
  const { browser, openTab } = openBrowser();
  const { session, signIn } = openTab();
  signIn('owner');
  browser.online = false;
  await session.end();
  expect(session.state).toBe('signed-out');
  browser.asked.length = 0;
  return { browser, openTab };
}

test('a sign-out that the server did not hear is sent before a session is asked for, which is not while it cannot be sent', async () => {
  const { browser, openTab } = await signOutOffline();
  const offline = openTab();
  expect(await offline.session.freshToken()).toBeNull();
  expect(offline.session.state).toBe('signed-out');
  expect(browser.asked).toEqual(['logout']);

  browser.online = true;
  const { session } = openTab();
  expect(await session.freshToken()).toBeNull();
  expect(browser).toMatchObject({ cookieOf: null, asked: ['logout', 'logout'] });
  await session.refresh();
  expect(browser.asked).toEqual(['logout', 'logout', 'refresh']);
});

test('a sign-out that is still to be sent is forgotten when somebody signs in', async () => {
  const { browser, openTab } = await signOutOffline();
  browser.online = true;
  openTab().signIn('colleague');
  expect(await openTab().session.freshToken()).toBe('token of colleague');
  expect(browser.asked).toEqual(['refresh']);
});

test('a browser that keeps nothing signs in and out all the same', async () => {
  const refuse = () => {
    throw new Error('Storage is off.');
  };
  vi.stubGlobal('localStorage', { getItem: refuse, setItem: refuse, removeItem: refuse });
  const { browser, openTab } = await signOutOffline();
  browser.online = true;
  expect(await openTab().session.freshToken()).toBe('token of owner');
});
