// @module-tag http
import { serverAudits } from 'graphql-http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openApiServer, type ApiServer } from '../../test/api-server.ts';

let server: ApiServer;
beforeAll(async () => {
  server = await openApiServer({ db: {} as never });
});
afterAll(() => server.close());

/** The audits of graphql-http, which follow the draft of GraphQL over HTTP. */
describe('over real HTTP', () => {
  // Their list is made before the server has its port.
  const audits = serverAudits({ url: () => `${server.origin}/graphql` });

  test.each(audits.map(({ name, fn }) => ({ name, fn })))('$name', async ({ name, fn }) => {
    const result = await fn();
    const reason = 'reason' in result ? result.reason : undefined;
    // What a server MAY do is a choice: a notice says that it was made otherwise.
    if (name.startsWith('MAY')) expect(['ok', 'notice'], reason).toContain(result.status);
    else expect([result.status, reason]).toEqual(['ok', undefined]);
  });
});
