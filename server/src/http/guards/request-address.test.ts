// @module-tag http
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import { openApiServer } from '../../../test/api-server.ts';
import { createLog } from '../../platform/log.ts';

/** What comes back for a request as it stands, and what is logged meanwhile. */
async function ask(start: string, host: string) {
  const lines: string[] = [];
  const log = createLog('warn', { write: (line) => lines.push(line) });
  const server = await openApiServer({ db: {} as never, log });
  onTestFinished(() => server.close());
  const client = connect(Number(new URL(server.origin).port), '127.0.0.1');
  client.write(`${start} HTTP/1.1\r\nHost: ${host}\r\nAccept: application/json\r\nConnection: close\r\n\r\n`);
  return { answer: await text(client), lines };
}

const query = '/graphql?query=%7B__typename%7D';

test.each([
  ['a host that is none', `GET ${query}`, 'a b', 'The header Host names no host.'],
  ['a port that is none', `GET ${query}`, 'x:99999999', 'The header Host names no host.'],
  ['more than a host', `GET ${query}`, 'x?variables={', 'The header Host names no host.'],
  ['variables that break off', `GET ${query}&variables=%7B`, 'x', 'The parameter variables is no JSON.'],
  ['extensions that break off', `GET ${query}&extensions=%7B`, 'x', 'The parameter extensions is no JSON.'],
])(
  '%s in a request is the fault of whoever sends it, and is not logged',
  async (_what, start, host, message) => {
    const { answer, lines } = await ask(start, host);
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    const errors = [{ message, extensions: { code: 'BAD_REQUEST' } }];
    expect(JSON.parse(answer.split('\r\n\r\n')[1] ?? '')).toEqual({ errors });
    expect(lines).toEqual([]);
  },
);

test.each([
  ['an IPv6 address', '[::1]:4000'],
  ['a name of other letters', 'bücher.example'],
  ['nothing', ''],
])('a host of %s is one', async (_what, host) => {
  const { answer } = await ask(`GET ${query}&variables=%7B%7D&extensions=`, host);
  expect(answer).toContain('{"data":{"__typename":"Query"}}');
});
