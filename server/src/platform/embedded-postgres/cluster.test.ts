// @module-tag platform
import { expect, test } from 'vitest';
import { clusterFailure } from './cluster.ts';

test.each([
  [
    'DISK_FULL',
    'initdb: error: could not write to file "pg_wal/xlogtemp.31": No space left on device',
    /^It did not start: the disk is full\. Make room and start again\.$/,
  ],
  ['DISK_FULL', 'FATAL:  could not write lock file "postmaster.pid": Disk quota exceeded', /disk is full/],
  [
    'PORT_UNAVAILABLE',
    'LOG:  could not bind IPv4 address "127.0.0.1": Address already in use',
    /no port of 127\.0\.0\.1 could be opened/,
  ],
  [
    'START_FAILED',
    'FATAL:  could not create shared memory segment\n',
    /^It did not start\.\nFATAL: .*segment$/,
  ],
])('tells %s from what the server said', (code, output, message) => {
  const failure = clusterFailure('It did not start', output);
  expect(failure.code).toBe(code);
  expect(failure.message).toMatch(message);
});
