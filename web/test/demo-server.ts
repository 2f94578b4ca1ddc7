import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, inject } from 'vitest';
import { freePort } from '../../server/test/free-port.ts';
import {
  endProgramsAfterTests,
  startProgram,
  temporaryFolder,
  type Program,
} from '../../server/test/programs.ts';
import { until } from '../../server/test/until.ts';
import { copyDemoData } from './demo-data.ts';

export type DemoAccount = 'admin' | 'owner' | 'staff' | 'other';

export interface DemoServer {
  /** `http://localhost:PORT`, without a slash at the end. */
  readonly origin: string;
  readonly port: number;
  /** Ends it as Ctrl-C does. */
  stop(): Promise<void>;
  /** Ends it as a power cut does. */
  kill(): Promise<void>;
  /** Starts it again, on the same port with the same data. */
  startAgain(): Promise<void>;
}

// Here, while a file's tests are collected: a hook that is set up within another hook is never called.
const folder = temporaryFolder();
endProgramsAfterTests();
const running = new Set<Program>();
afterAll(async () => {
  for (const program of running) program.signal('SIGINT');
  await Promise.all([...running].map(({ ended }) => ended));
});

/**
 * The real program with its own database and the demo's stores, as `pnpm start` shows it, ready and with its first
 * imports behind it. It ends with the file's tests.
 */
export async function startDemoServer(settings: Readonly<Record<string, string>> = {}): Promise<DemoServer> {
  const port = await freePort();
  const data = `${folder}/${port}`;
  await copyDemoData(inject('demoData'), data);
  const env = { PORT: String(port), DATA_DIR: data, LOG_LEVEL: 'warn', ...settings };
  const origin = `http://localhost:${port}`;
  const start = async () => {
    const started = startProgram('main.ts', { env });
    running.add(started);
    void started.ended.then(() => running.delete(started));
    await started.says(/Ready: /);
    await until(async () => (await fetch(`${origin}/ready`)).ok);
    return started;
  };
  let program = await start();
  return {
    origin,
    port,
    async stop() {
      program.signal('SIGINT');
      await program.ended;
    },
    async kill() {
      program.signal('SIGKILL');
      await program.ended;
    },
    async startAgain() {
      program = await start();
    },
  };
}

const login = `mutation ($input: LoginInput!) {
  login(input: $input) { __typename }
}`;

/** A browser of its own for somebody who is signed in already: its cookie is there, the page asks for the rest. */
export async function signedInContext(
  browser: Browser,
  { origin }: DemoServer,
  account: DemoAccount,
  options: Parameters<Browser['newContext']>[0] = {},
): Promise<BrowserContext> {
  const context = await browser.newContext({ locale: 'en-GB', ...options });
  const answer = await context.request.post(`${origin}/graphql`, {
    headers: { origin },
    data: {
      query: login,
      variables: { input: { email: `${account}@example.test`, password: `demo-${account}` } },
    },
  });
  const { data } = (await answer.json()) as { data?: { login: { __typename: string } } };
  if (data?.login.__typename !== 'LoginPayload') throw new Error(`${account} could not sign in.`);
  return context;
}

/** Asks the API as somebody, past the pages: to make what a page is to show. */
export async function askApi<Data>(
  context: BrowserContext,
  { origin }: DemoServer,
  query: string,
  variables: Readonly<Record<string, unknown>> = {},
): Promise<Data> {
  const post = async (data: object, headers: Readonly<Record<string, string>> = {}) =>
    (await (
      await context.request.post(`${origin}/graphql`, { headers: { origin, ...headers }, data })
    ).json()) as { data?: Data & { refreshSession?: { accessToken?: string } }; errors?: unknown };
  const refresh = 'mutation { refreshSession { __typename ... on RefreshSessionPayload { accessToken } } }';
  const token = (await post({ query: refresh })).data?.refreshSession?.accessToken ?? '';
  const { data, errors } = await post({ query, variables }, { authorization: `Bearer ${token}` });
  if (!data) throw new Error(`The API gave nothing: ${JSON.stringify(errors)}`);
  return data;
}

/** What went wrong on a page so far: errors and warnings of the console, and of scripts. */
export function complaintsOf(page: Page): readonly string[] {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  return complaints;
}
