import { builder } from './builder.ts';

builder.globalConnectionField('totalCount', (t) =>
  t.int({
    description:
      'Entries of the whole list: exact up to 10,000, an estimate beyond. Counted when it is asked for.',
    resolve: async ({ total }) => (await total()).count,
  }),
);

builder.globalConnectionField('totalCountExact', (t) =>
  t.boolean({
    description: 'False when `totalCount` is an estimate.',
    resolve: async ({ total }) => (await total()).exact,
  }),
);
