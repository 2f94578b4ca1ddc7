// @module-tag product
// @module-tag db
import pg from 'pg';
import { expect, test } from 'vitest';
import { buildStore } from '../../../test/builders.ts';
import { withDatabase } from '../../../test/database.ts';
import { buildPublication } from '../../../test/publications.ts';
import { recordStatements } from '../../../test/statements.ts';
import { loadOpenPublications, mostOpen } from './publication.list.ts';

test('of what is open in stores no more is read than is listed, the oldest first', () =>
  withDatabase(async ({ db, url }) => {
    const [store, other] = [await buildStore(db), await buildStore(db)];
    const ids: string[] = [];
    for (let at = 0; at < mostOpen + 5; at++) ids.push((await buildPublication(db, store)).id);
    const { id: alone } = await buildPublication(db, other);
    const { result, statements } = await recordStatements(() =>
      loadOpenPublications(db, [store.id, other.id], {}),
    );
    const listed = [store, other].map(({ id }) => result.get(id)?.map((job) => job.id));
    expect(listed).toEqual([ids.slice(0, mostOpen), [alone]]);
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    for (const { text, values } of statements) {
      const { rows } = await client.query(text, [...values]);
      expect(rows.length).toBeLessThanOrEqual(mostOpen + 1);
    }
    await client.end();
  }));
