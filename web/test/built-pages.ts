import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { servePages } from '../../server/src/http/pages.ts';

const build = fileURLToPath(new URL('../build', import.meta.url));

export interface BuiltPages extends AsyncDisposable {
  /** `http://127.0.0.1:PORT`, without a slash at the end. */
  readonly origin: string;
}

/** What the API says to who is not signed in: the pages ask for their session before anything else. */
const signedOut = JSON.stringify({ data: { refreshSession: { __typename: 'SessionEndedError' } } });

/** What the build made, served by what the real server serves it with. */
export async function serveBuiltPages(): Promise<BuiltPages> {
  if (!existsSync(`${build}/index.html`)) throw new Error('web/build has no index.html: run `pnpm build`.');
  const pages = servePages(build);
  const server = createServer((request, response) => {
    if (request.url !== '/graphql') return pages(request, response, () => response.writeHead(404).end());
    response.setHeader('content-type', 'application/json').end(signedOut);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
