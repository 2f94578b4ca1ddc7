// @module-tag product
// @module-tag db
import { expect, onTestFinished, test } from 'vitest';
import { buildStore } from '../../../test/builders.ts';
import { withDatabase } from '../../../test/database.ts';
import { until } from '../../../test/until.ts';
import { buildPublication } from '../../../test/publications.ts';
import { openBus } from '../../platform/bus.ts';
import { Publisher } from './publisher.ts';

const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000);

test('a job that has been over for three months is forgotten, and no other', () =>
  withDatabase(async ({ db }) => {
    const store = await buildStore(db);
    const build = async (values: { status: 'COMPLETED' | 'FAILED'; completedAt: Date }) => {
      const { id } = await buildPublication(db, store);
      return db.publicationJob.update({ where: { id }, data: values });
    };
    await build({ status: 'COMPLETED', completedAt: daysAgo(91) });
    await build({ status: 'FAILED', completedAt: daysAgo(400) });
    const recent = await build({ status: 'COMPLETED', completedAt: daysAgo(89) });
    const waiting = await buildPublication(db, store);
    await db.publicationJob.update({ where: { id: waiting.id }, data: { createdAt: daysAgo(400) } });
    const errors: unknown[] = [];
    const onError = (error: unknown) => void errors.push(error);
    const publisher = new Publisher({ db, bus: openBus({ redisUrl: null, onError }), onError, sweepMs: 20 });
    onTestFinished(() => publisher.stop());
    await until(async () => (await db.publicationJob.count()) === 2, 'the end of old jobs');
    const left = await db.publicationJob.findMany({ orderBy: { id: 'asc' } });
    expect([left.map(({ id }) => id), errors]).toEqual([[recent.id, waiting.id], []]);
  }));
