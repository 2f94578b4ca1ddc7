// @module-tag import-job
// @module-tag db
import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { buildImportJob } from '../../../test/builders.ts';
import { withRollback } from '../../../test/database.ts';
import { sweepSpool } from './import-job.sweep.ts';

const twoHoursAgo = Date.now() / 1000 - 7200;

test('the spool keeps the feeds of jobs that are still to run, and new ones', () =>
  withRollback(async (db) => {
    const folder = await mkdtemp(join(tmpdir(), 'marketplace-import-spool-'));
    try {
      const put = async (name: string, age: 'old' | 'new') => {
        await writeFile(join(folder, name), '');
        if (age === 'old') await utimes(join(folder, name), twoHoursAgo, twoHoursAgo);
      };
      const waiting = await buildImportJob(db);
      const running = await buildImportJob(db, { status: 'PROCESSING' });
      const ended = await buildImportJob(db, { status: 'FAILED' });
      const unknown = randomUUID();
      const notStoredYet = randomUUID();
      const kept = [
        `${waiting.id}.feed`,
        `${waiting.id}.json`,
        `${running.id}.feed.${randomUUID()}.part`,
        'notes.txt',
      ];
      for (const name of kept) await put(name, 'old');
      await put(`${notStoredYet}.feed`, 'new');
      for (const name of [`${ended.id}.feed`, `${ended.id}.json`, `${unknown}.feed.${randomUUID()}.part`]) {
        await put(name, 'old');
      }
      await sweepSpool(db, folder);
      expect((await readdir(folder)).toSorted()).toEqual([...kept, `${notStoredYet}.feed`].toSorted());
    } finally {
      await rm(folder, { recursive: true });
    }
  }));

test('a spool folder that nobody has made yet is an empty one', () =>
  withRollback((db) => sweepSpool(db, join(tmpdir(), randomUUID()))));
