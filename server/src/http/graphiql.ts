import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { namesEtag } from './answers.ts';
import { graphiqlTabs } from './graphiql-tabs.ts';
import { graphqlPath } from './yoga.ts';

/** Answers with GraphiQL. */
export type GraphiqlPage = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

interface Page {
  readonly html: Buffer;
  readonly gzipped: Buffer;
  readonly etag: string;
  readonly policy: string;
}

/** GraphiQL as one page with everything in it, made when it is first asked for. */
export function createGraphiql(): GraphiqlPage {
  let page: Promise<Page> | undefined;
  return async (request, response) => {
    const { html, gzipped, etag, policy } = await (page ??= makePage());
    const takesGzip = /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''));
    response.setHeader('Content-Security-Policy', policy);
    response.setHeader('ETag', etag);
    response.setHeader('Cache-Control', 'no-cache');
    response.setHeader('Vary', 'Accept, Accept-Encoding');
    if (namesEtag(request.headers['if-none-match'], etag)) {
      response.writeHead(304).end();
      return;
    }
    const body = takesGzip ? gzipped : html;
    response
      .writeHead(200, {
        'Content-Type': 'text/html; charset=utf-8',
        'Content-Length': body.length,
        ...(takesGzip ? { 'Content-Encoding': 'gzip' } : {}),
      })
      .end(body);
  };
}

async function makePage(): Promise<Page> {
  // Nine megabytes that most servers never need.
  const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql');
  const text = renderGraphiQL({
    title: 'GraphiQL',
    endpoint: graphqlPath,
    defaultTabs: graphiqlTabs.map(({ query, variables }) => ({
      query,
      variables: variables === undefined ? null : JSON.stringify(variables, null, 2),
      headers: null,
    })),
    // Tokens are for those who sign in, not for whoever uses the browser next.
    shouldPersistHeaders: false,
    subscriptionsProtocol: 'SSE',
    credentials: 'same-origin',
  });
  const html = Buffer.from(text);
  const hash = (content: string | Buffer) => createHash('sha256').update(content).digest('base64');
  return {
    html,
    gzipped: await promisify(gzip)(html),
    etag: `"${hash(html)}"`,
    policy: policyFor(
      [...text.matchAll(/<script>([^]*?)<\/script>/g)].map(([, script = '']) => hash(script)),
    ),
  };
}

/** Its scripts are in the page, and its editor's workers are made of text in them. */
const policyFor = (scripts: readonly string[]) =>
  [
    "default-src 'none'",
    `script-src ${scripts.map((hash) => `'sha256-${hash}'`).join(' ')} blob:`,
    'worker-src blob:',
    "style-src 'unsafe-inline'",
    "img-src 'self' data:",
    'font-src data:',
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
