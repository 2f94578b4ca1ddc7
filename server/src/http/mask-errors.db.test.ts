// @module-tag http
// @module-tag db
import { GraphQLError } from 'graphql';
import { expect, test } from 'vitest';
import { withDatabase } from '../../test/database.ts';
import { createDb, type Database } from '../platform/database.ts';
import { createLog } from '../platform/log.ts';
import { maskErrors } from './mask-errors.ts';

/** Holds the only connection meanwhile. */
const startsBesideAnother = (db: Database['db']) =>
  db.$transaction(() => db.$transaction((inner) => inner.$queryRaw`SELECT 1`, { maxWait: 1 }));

const takesTooLong = (db: Database['db']) =>
  db.$transaction((transaction) => transaction.$queryRaw`SELECT pg_sleep(0.1)::text`, { timeout: 10 });

test.each([
  ['a connection', startsBesideAnother],
  ['its end', takesTooLong],
])('a transaction that waited too long for %s is no fault: it can be tried again', (_what, act) =>
  withDatabase(async ({ url }) => {
    const { db, close } = createDb(url, { maxConnections: 1 });
    const cause = await act(db).then(
      () => null,
      (error: unknown) => error,
    );
    await close();
    const place = { requestId: 'id', operationName: null, log: createLog('silent') };
    const [masked] = maskErrors([new GraphQLError('', { originalError: cause as Error })], place);
    expect(masked?.extensions).toEqual({ code: 'TOO_BUSY' });
  }),
);
