// @module-tag http
import { expect, test } from 'vitest';
import { createLog, type LogRecord } from '../platform/log.ts';
import { logRequest } from './request-log.ts';

test.each([
  ['a quick request', 12.3, {}, 20, 'request'],
  ['a slow request', 1_000.6, {}, 40, 'slow request'],
  ['a stream of events', 60_000, { stream: true }, 20, 'request'],
])('%s is logged with its request, without its secrets', (_kind, durationMs, values, level, message) => {
  const records: LogRecord[] = [];
  const log = createLog('silent', { store: (record) => records.push(record), storeLevel: 'debug' });
  const url = '/imports/errors.csv?sig=abc&page=2';
  logRequest(log, { requestId: 'r1', method: 'GET', url, status: 200, durationMs, ...values });
  expect(records).toMatchObject([
    {
      ...{ level, message, requestId: 'r1' },
      fields: {
        method: 'GET',
        url: '/imports/errors.csv?sig=***&page=2',
        durationMs: Math.round(durationMs),
      },
    },
  ]);
});
