// @module-tag import-job
import { executeSubscriptionEvent, parse, validateSubscriptionArgs } from 'graphql';
import { expect, test } from 'vitest';
import { globalIdOf } from '../../../test/global-id.ts';
import type { Context } from '../../graphql/context.ts';
import type { Viewer } from '../../graphql/viewer.ts';
import { schema } from '../../schema.ts';

const admin: Viewer = {
  ...{ id: 'admin', sessionId: 'session', platformAdmin: true },
  ...{ merchantIds: new Set(), storeRoles: new Map() },
};

const source = `subscription {
  importJobProgress(id: "x") {
    id status progress { phase } phases { phase } sourceUrl
    store { id code } createdBy { id name }
  }
}`;

const job = {
  ...{ id: 'j', storeId: 's', status: 'PENDING', sourceUrl: 'https://example.test/feed.csv' },
  ...{ store: { id: 's', code: 'shop' }, createdBy: { id: 'u', name: 'Jo' } },
};

test('an event has its result at once: a thousand subscribers would wait for a promise as often', () => {
  const contextValue = { viewer: admin, live: null, measured: true } as Context;
  const args = validateSubscriptionArgs({ schema, document: parse(source), contextValue, rootValue: job });
  if (!('schema' in args)) throw new Error('not valid');
  expect(executeSubscriptionEvent(args)).toMatchObject({
    data: {
      importJobProgress: {
        ...{ id: globalIdOf('ImportJob', 'j'), status: 'PENDING' },
        ...{ store: { id: globalIdOf('Store', 's') }, createdBy: { id: globalIdOf('User', 'u') } },
      },
    },
  });
});
