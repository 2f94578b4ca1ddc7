// @module-tag import-job
import { expect, test } from 'vitest';
import type { Viewer } from '../../graphql/viewer.ts';
import { LatestOverflowError } from '../../shared/latest.ts';
import type { WatchedJob } from './import-job.record.ts';
import { JobStream } from './import-job.stream.ts';

const admin: Viewer = {
  ...{ id: 'admin', sessionId: 'session', platformAdmin: true },
  ...{ merchantIds: new Set(), storeRoles: new Map() },
};

test('a stream that fails, because nobody reads it, is closed', async () => {
  let closed = 0;
  const live = { ended: new AbortController().signal, current: () => admin };
  const stream = new JobStream(live, { onlyOne: false, onClose: () => (closed += 1) });
  for (let at = 0; at <= 10_000; at++) {
    stream.offer({ id: String(at), storeId: 'store', revision: 1 } as WatchedJob);
  }
  await expect(stream.next()).rejects.toThrow(LatestOverflowError);
  expect(closed).toBe(1);
});
