import type { Store } from '../../generated/prisma/client.ts';
import { builder } from '../../graphql/builder.ts';
import { showNodes } from '../../graphql/nodes.ts';
import { findStore } from './store.access.ts';
import { canSeeStore } from './store.policy.ts';

showNodes<Store>('Store', ({ id }, viewer) => canSeeStore(viewer, id));

builder.prismaNode('Store', {
  id: { field: 'id', description: 'Global id.' },
  description: 'A shop with a catalogue of its own, which imports its products from marketplaces.',
  authScopes: ({ id }, { viewer }) => canSeeStore(viewer, id),
  fields: (t) => ({
    code: t.exposeString('code', { description: 'Unique, and part of the addresses of its pages.' }),
    name: t.exposeString('name', { description: 'As shoppers see it.' }),
    active: t.exposeBoolean('active', { description: 'False when it is switched off: nothing is imported.' }),
    currency: t.exposeString('currency', { description: 'Of its prices; ISO 4217.' }),
    timeZone: t.exposeString('timeZone', { description: 'Of the IANA time zone database.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was made.' }),
  }),
});

builder.queryField('store', (t) =>
  t.prismaField({
    type: 'Store',
    nullable: true,
    description: 'The store of a code; null when there is none that the viewer may see.',
    authScopes: { signedIn: true },
    args: { code: t.arg.string({ required: true, description: 'The code of the store.' }) },
    resolve: (_query, _root, { code }, { db, viewer }) => findStore(db, viewer, code),
  }),
);
