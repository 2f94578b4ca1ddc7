import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Browser, CDPSession } from 'playwright-core';
import { countOf } from '../../server/bench/count-of.ts';
import { openBrowser } from '../test/browser.ts';
import { startDemoProgram } from './demo-program.ts';

interface Load {
  readonly usableMs: number;
  /** Of scripts as they came over the line, packed. */
  readonly scriptBytes: number;
  readonly requests: number;
}

/** A phone in a train: what the issue of a page that is too heavy looks like. */
const line = { roundTripMs: 150, bitsPerSecond: 1_600_000, cpuSlowdown: 4 };
const aimMs = 3_000;
const path = '/store/weber-livres/marketplace';

const login = `mutation ($input: LoginInput!) {
  login(input: $input) { __typename }
}`;

/**
 * Measures the time until the store's import page can be used, by somebody who is signed in and has nothing of it
 * in the cache, on a slow line and a slow machine and, to compare, on this one as it is: `pnpm bench pages`. Each
 * request takes at least a round trip; what the network needs to connect is not in it.
 */
export async function runPagesBench(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: { runs: { type: 'string', default: '7' }, json: { type: 'boolean', default: false } },
  });
  const runs = countOf('runs', values.runs);
  await buildPages();
  await using opened = new AsyncDisposableStack();
  const { origin } = opened.use(await startDemoProgram());
  const browser = await openBrowser();
  opened.defer(() => browser.close());
  // The first one starts the browser's processes and the server's compiled code.
  await loadPage(browser, origin, false);
  const throttled = await repeat(runs, () => loadPage(browser, origin, true));
  const plain = await repeat(runs, () => loadPage(browser, origin, false));
  const result = { page: path, ...line, runs, aimMs, throttled: summary(throttled), plain: summary(plain) };
  console.log(values.json ? JSON.stringify(result) : table(result));
}

/** The other benches do without the pages. */
async function buildPages(): Promise<void> {
  const build = resolve(import.meta.dirname, '../../scripts/build.ts');
  const child = spawn(process.execPath, [build, '--quiet'], { stdio: ['ignore', 'ignore', 'inherit'] });
  const [status] = (await once(child, 'exit')) as [number | null];
  if (status !== 0) throw new Error('The pages could not be built.');
}

async function repeat(runs: number, load: () => Promise<Load>): Promise<readonly Load[]> {
  const loads: Load[] = [];
  for (let run = 0; run < runs; run += 1) loads.push(await load());
  return loads;
}

async function loadPage(browser: Browser, origin: string, slow: boolean): Promise<Load> {
  await using context = await browser.newContext({ locale: 'en-GB' });
  const input = { email: 'owner@example.test', password: 'demo-owner' };
  await context.request.post(`${origin}/graphql`, {
    headers: { origin },
    data: { query: login, variables: { input } },
  });
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  const counted = await count(session);
  if (slow) await slowDown(session);
  await page.addInitScript(noteWhenUsable);
  await page.goto(origin + path, { waitUntil: 'commit' });
  const usableMs = page.waitForFunction(() => (globalThis as Noted).usableMs);
  return { usableMs: await (await usableMs).jsonValue(), ...counted };
}

type Noted = typeof globalThis & { usableMs: number };

/**
 * Runs in the page, which looks at itself before every frame: who asks from outside looks now and then, and late.
 * Usable: the address can be typed, the import started, and the history of imports is there.
 */
function noteWhenUsable(): void {
  const parts = [
    '#start-import input[type="url"]:not(:disabled)',
    '#start-import button[type="submit"]:not(:disabled)',
    'main table a.row-link',
  ];
  const look = () => {
    if (parts.every((part) => document.querySelector(part))) {
      // Since the address was asked for.
      (globalThis as Noted).usableMs = performance.now();
    } else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

async function count(session: CDPSession): Promise<{ scriptBytes: number; requests: number }> {
  const counted = { scriptBytes: 0, requests: 0 };
  const scripts = new Set<string>();
  session.on('Network.responseReceived', ({ requestId, type }) => {
    counted.requests += 1;
    if (type === 'Script') scripts.add(requestId);
  });
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (scripts.has(requestId)) counted.scriptBytes += encodedDataLength;
  });
  await session.send('Network.enable');
  return counted;
}

async function slowDown(session: CDPSession): Promise<void> {
  const bytesPerSecond = line.bitsPerSecond / 8;
  await session.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: line.roundTripMs,
    downloadThroughput: bytesPerSecond,
    uploadThroughput: bytesPerSecond,
  });
  await session.send('Emulation.setCPUThrottlingRate', { rate: line.cpuSlowdown });
}

interface Summary {
  readonly medianMs: number;
  readonly bestMs: number;
  readonly worstMs: number;
  readonly scriptKb: number;
  readonly requests: number;
}

function summary(loads: readonly Load[]): Summary {
  const times = loads.map(({ usableMs }) => Math.round(usableMs)).toSorted((a, b) => a - b);
  const last = loads.at(-1);
  return {
    medianMs: times[Math.floor(times.length / 2)] ?? 0,
    bestMs: times[0] ?? 0,
    worstMs: times.at(-1) ?? 0,
    scriptKb: Math.round((last?.scriptBytes ?? 0) / 1000),
    requests: last?.requests ?? 0,
  };
}

function table(result: {
  readonly runs: number;
  readonly throttled: Summary;
  readonly plain: Summary;
}): string {
  const row = (name: string, { medianMs, bestMs, worstMs, scriptKb, requests }: Summary) =>
    name.padEnd(34) +
    [medianMs, bestMs, worstMs, scriptKb, requests].map((figure) => String(figure).padStart(11)).join('');
  const { roundTripMs, bitsPerSecond, cpuSlowdown } = line;
  const { runs, throttled, plain } = result;
  return [
    `${path}: until it can be used, ${runs} cold loads`,
    ' '.repeat(34) +
      ['median ms', 'best ms', 'worst ms', 'script kB', 'requests'].map((head) => head.padStart(11)).join(''),
    row(`${roundTripMs} ms, ${bitsPerSecond / 1e6} Mbit/s, CPU ${cpuSlowdown}x slower`, throttled),
    row('this machine as it is', plain),
    `Aim: ${aimMs} ms. ${throttled.medianMs <= aimMs ? 'Reached.' : 'Not reached.'}`,
  ].join('\n');
}
