import type { Merchant } from '../../generated/prisma/client.ts';
import { builder } from '../../graphql/builder.ts';
import { showNodes } from '../../graphql/nodes.ts';
import { canSeeMerchant } from './merchant.policy.ts';

showNodes<Merchant>('Merchant', ({ id }, viewer) => canSeeMerchant(viewer, id));

builder.prismaNode('Merchant', {
  id: { field: 'id', description: 'Global id.' },
  description: 'Who runs stores and pays for them. Seen by its owner and by admins.',
  authScopes: ({ id }, { viewer }) => canSeeMerchant(viewer, id),
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Its name in business.' }),
    active: t.exposeBoolean('active', { description: 'False when it is switched off, with all its stores.' }),
  }),
});
