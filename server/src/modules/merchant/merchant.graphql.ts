import { queryFromInfo } from '@pothos/plugin-prisma';
import type { Merchant } from '../../generated/prisma/client.ts';
import { builder } from '../../graphql/builder.ts';
import { uuidOf } from '../../graphql/global-id.ts';
import { showNodes } from '../../graphql/nodes.ts';
import { pageComplexity } from '../../graphql/page.ts';
import { searchPattern } from '../../graphql/search.ts';
import { listMerchants } from './merchant.list.ts';
import { canSeeMerchant } from './merchant.policy.ts';

showNodes<Merchant>('Merchant', ({ id }, viewer) => canSeeMerchant(viewer, id));

const MerchantNode = builder.prismaNode('Merchant', {
  nullable: true,
  id: { field: 'id', description: 'Global id.' },
  description: 'Who runs stores and pays for them. Seen by its owner and by admins.',
  authScopes: ({ id }, { viewer }) => canSeeMerchant(viewer, id),
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Its name in business.' }),
    contactEmail: t.exposeString('contactEmail', { description: 'Where the platform writes to.' }),
    vatNumber: t.exposeString('vatNumber', {
      nullable: true,
      description: 'Of the European Union, country first, without blanks; null when it has none.',
    }),
    active: t.exposeBoolean('active', { description: 'False when it is switched off, with all its stores.' }),
    owner: t.relation('owner', { description: 'Who owns it, and so may do everything in its stores.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was made.' }),
    updatedAt: t.expose('updatedAt', { type: 'DateTime', description: 'When it was changed last.' }),
  }),
});

builder.queryField('merchants', (t) =>
  t.connection(
    {
      type: MerchantNode,
      description: 'The merchants that the viewer may see, by name: all for an admin, else the own ones.',
      authScopes: { signedIn: true },
      args: {
        search: t.arg.string({
          description: 'Part of the name or of the contact address; null and blank text find all.',
        }),
      },
      complexity: pageComplexity,
      resolve: (_root, args, context, info) => {
        const { db, viewer } = context;
        const query = queryFromInfo({ context, info, path: ['edges', 'node'] });
        const load = (ids: string[]) => db.merchant.findMany({ ...query, where: { id: { in: ids } } });
        return listMerchants(db, viewer, searchPattern(args.search), args, load);
      },
    },
    { name: 'MerchantConnection', description: 'A page of merchants.' },
    { name: 'MerchantEdge', description: 'A merchant, and where it stands in the list.' },
  ),
);

builder.queryField('merchant', (t) =>
  t.prismaField({
    type: 'Merchant',
    nullable: true,
    description: 'The merchant of a global id; null when there is none that the viewer may see.',
    authScopes: { signedIn: true },
    args: { id: t.arg.id({ required: true, description: 'The global id of the merchant.' }) },
    resolve: (query, _root, { id }, { db, viewer }) => {
      const key = uuidOf('Merchant', id);
      return key !== null && canSeeMerchant(viewer, key)
        ? db.merchant.findUnique({ ...query, where: { id: key } })
        : null;
    },
  }),
);

builder.prismaObjectFields('Store', (t) => ({
  merchant: t.field({
    type: MerchantNode,
    nullable: true,
    description: 'Who runs it; null for managers and staff, who do not see merchants.',
    select: (_args, _context, nested) => ({ merchant: nested() }),
    resolve: ({ merchant }, _args, { viewer }) => (canSeeMerchant(viewer, merchant.id) ? merchant : null),
  }),
}));
