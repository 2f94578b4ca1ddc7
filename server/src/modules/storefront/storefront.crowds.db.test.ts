// @module-tag storefront
// @module-tag db
import { expect, test } from 'vitest';
import { buildStore } from '../../../test/builders.ts';
import { buildProduct } from '../../../test/catalogue.ts';
import { withDatabase } from '../../../test/database.ts';
import { execute } from '../../../test/execute.ts';
import type { Db } from '../../platform/database.ts';

test.each([
  ['searches', ', search: "lamp"'],
  ['lists', ''],
])('many %s at once leave connections for everybody else', (_kind, args) =>
  withDatabase(async ({ db }) => {
    const store = await buildStore(db, { code: 'shop' });
    await buildProduct(db, store, 'A-1', { titles: { EN: 'Lamp' } });
    let [underWay, most] = [0, 0];
    const watched = db.$extends({
      query: {
        $queryRaw: async ({ args: statement, query }): Promise<unknown> => {
          most = Math.max(most, ++underWay);
          return query(statement).finally(() => underWay--) as Promise<unknown>;
        },
      },
    }) as unknown as Db;
    const list = `products(first: 1${args}) { totalCount edges { node { number } } }`;
    const source = `{ storefront(code: "shop") { ${Array.from({ length: 9 }, (_, at) => `l${at}: ${list}`).join(' ')} } }`;
    const { data, errors } = await execute({ db: watched }, null, source);
    expect(errors).toBeUndefined();
    const found = { totalCount: 1, edges: [{ node: { number: 'A-1' } }] };
    expect(Object.values(data?.['storefront'] as object)).toEqual(Array.from({ length: 9 }, () => found));
    expect(most).toBe(3);
  }),
);
