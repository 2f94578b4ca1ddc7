import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request, type IncomingMessage } from 'node:http';
import { resolve } from 'node:path';
import { json } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { importingNodeEnv, importingNodeFlags } from '../src/platform/node-process.ts';
import { freePort } from '../test/free-port.ts';
import type { Account } from './account.ts';
import type { Operation } from './api-operations.ts';

/** The real program in a process of its own, asked over HTTP. */
export interface ApiNode {
  /** Signs in again before the token ends: a long bench takes longer than it lives. */
  staySignedIn(): Promise<void>;
  /** The answer's data; throws for an answer with errors. */
  ask(operation: Asked): Promise<Readonly<Record<string, unknown>>>;
  close(): Promise<void>;
}

type Asked = Pick<Operation, 'query' | 'variables' | 'signedOut'>;

interface Options {
  /** With the database, which the bench has open too. */
  readonly dataDir: string;
  /** Where feeds may be fetched from. */
  readonly allowedAddresses: string;
}

const main = resolve(import.meta.dirname, '../src/main.ts');
const patienceMs = 60_000;
/** A third of the time for which a token holds. */
const tokenMs = 300_000;

const login = `mutation ($input: LoginInput!) {
  login(input: $input) { __typename ... on LoginPayload { accessToken } }
}`;

/** Starts the program with everything in one process, as one machine has it, and signs in. */
export async function openApiNode(
  { dataDir, allowedAddresses }: Options,
  account: Account,
): Promise<ApiNode> {
  const port = await freePort();
  const env = {
    ...process.env,
    ...importingNodeEnv,
    ...{ DATABASE_URL: '', DATA_DIR: dataDir, PORT: String(port), HOST: '127.0.0.1', DEMO: 'off' },
    ...{ FEED_ALLOWED_ADDRESSES: allowedAddresses, LOG_LEVEL: 'warn' },
  };
  const child = spawn(process.execPath, [...importingNodeFlags, main], {
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const origin = `http://127.0.0.1:${port}`;
  const close = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGTERM');
    await once(child, 'exit');
  };
  try {
    await untilReady(origin, () => child.exitCode !== null);
    let token = await signIn(origin, account);
    let signedInAt = performance.now();
    return {
      async staySignedIn() {
        if (performance.now() - signedInAt < tokenMs) return;
        token = await signIn(origin, account);
        signedInAt = performance.now();
      },
      ask: (operation) => ask(origin, operation.signedOut ? null : token, operation),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function signIn(origin: string, { email, password }: Account): Promise<string> {
  const variables = { input: { email, password } };
  const { login: signedIn } = (await ask(origin, null, { query: login, variables })) as {
    login: { accessToken?: string };
  };
  if (signedIn.accessToken === undefined) throw new Error('The bench could not sign in.');
  return signedIn.accessToken;
}

async function untilReady(origin: string, ended: () => boolean): Promise<void> {
  const deadline = performance.now() + patienceMs;
  while (!(await isReady(origin))) {
    if (ended() || performance.now() > deadline) throw new Error('The server did not start.');
    await wait(100);
  }
}

const isReady = async (origin: string) => {
  try {
    return (await fetch(`${origin}/ready`)).ok;
  } catch {
    return false;
  }
};

/** Node's `fetch` takes a third of a millisecond more for itself, which would count as the API's. */
const agent = new Agent({ keepAlive: true });

async function ask(
  origin: string,
  token: string | null,
  { query, variables }: Pick<Operation, 'query' | 'variables'>,
): Promise<Readonly<Record<string, unknown>>> {
  const headers = {
    'content-type': 'application/json',
    ...(token ? { authorization: `Bearer ${token}` } : {}),
  };
  const asking = request(`${origin}/graphql`, { method: 'POST', agent, headers });
  asking.end(JSON.stringify({ query, variables }));
  const [response] = (await once(asking, 'response')) as [IncomingMessage];
  const answer = (await json(response)) as { data?: Record<string, unknown>; errors?: unknown };
  if (!answer.data || answer.errors) throw new Error(`The API answered ${JSON.stringify(answer.errors)}`);
  return answer.data;
}
