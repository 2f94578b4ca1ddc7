import { queryFromInfo } from '@pothos/plugin-prisma';
import type { GraphQLResolveInfo } from 'graphql';
import type { Store } from '../../generated/prisma/client.ts';
import { builder } from '../../graphql/builder.ts';
import type { Context } from '../../graphql/context.ts';
import { uuidOf } from '../../graphql/global-id.ts';
import { showNodes } from '../../graphql/nodes.ts';
import { pageComplexity } from '../../graphql/page.ts';
import { searchPattern } from '../../graphql/search.ts';
import { loadWithSiblings } from '../../graphql/siblings.ts';
import type { Viewer } from '../../graphql/viewer.ts';
import { redactUrl } from '../../shared/redact-url.ts';
import { nobodysUuid } from '../../shared/uuid.ts';
import { canSeeMerchant } from '../merchant/merchant.policy.ts';
import { findStore } from './store.access.ts';
import { listStores, listStoresOfMerchant, type LoadStores } from './store.list.ts';
import { canManageStore, canOwnStore, canSeeStore, roleIn } from './store.policy.ts';
import { GoneFromFeedType } from './store.type.ts';

showNodes<Store>('Store', ({ id }, viewer) => canSeeStore(viewer, id));

const StoreViewerRole = builder.enumType('StoreViewerRole', {
  description: 'What the viewer is in a store.',
  values: {
    ADMIN: { description: 'Runs the platform: may do everything in every store.' },
    OWNER: { description: 'Owns the merchant: may do everything in its stores.' },
    MANAGER: { description: 'Imports, publishes and edits settings.' },
    STAFF: { description: 'Looks, and changes nothing.' },
  } as const,
});

const feedDescription = (language: string) =>
  `Where its ${language} feed is, with secrets in it masked; null when none is set. Given back masked, it means the ` +
  'address that is stored.';

const StoreNode = builder.prismaNode('Store', {
  nullable: true,
  id: { field: 'id', description: 'Global id.' },
  description: 'A shop with a catalogue of its own, which imports its products from marketplaces.',
  authScopes: ({ id }, { viewer }) => canSeeStore(viewer, id),
  fields: (t) => ({
    code: t.exposeString('code', { description: 'Unique, and part of the addresses of its pages.' }),
    name: t.exposeString('name', { description: 'As shoppers see it.' }),
    active: t.exposeBoolean('active', {
      description:
        'False when it is switched off: nothing is imported, and it is closed to shoppers. So it is, whatever this ' +
        'says, while its merchant is switched off.',
    }),
    currency: t.exposeString('currency', { description: 'Of its prices; ISO 4217.' }),
    timeZone: t.exposeString('timeZone', { description: 'Of the IANA time zone database.' }),
    letzshopCsvUrlFr: t.string({
      nullable: true,
      description: feedDescription('French'),
      resolve: ({ letzshopCsvUrlFr: url }) => url && redactUrl(url),
    }),
    letzshopCsvUrlEn: t.string({
      nullable: true,
      description: feedDescription('English'),
      resolve: ({ letzshopCsvUrlEn: url }) => url && redactUrl(url),
    }),
    letzshopCsvUrlDe: t.string({
      nullable: true,
      description: feedDescription('German'),
      resolve: ({ letzshopCsvUrlDe: url }) => url && redactUrl(url),
    }),
    autoPublish: t.exposeBoolean('autoPublish', {
      description: 'True when products that an import brings go to the catalogue by themselves.',
    }),
    goneFromFeed: t.expose('goneFromFeed', {
      type: GoneFromFeedType,
      description: 'What becomes of a published product that its feeds have no more.',
    }),
    shrinkLimitPercent: t.exposeInt('shrinkLimitPercent', {
      description:
        'A feed that lacks more than this share of the products it had changes nothing until a person says so.',
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was made.' }),
    updatedAt: t.expose('updatedAt', { type: 'DateTime', description: 'When it was changed last.' }),
    viewerRole: t.field({
      type: StoreViewerRole,
      description: 'What the viewer is in the store.',
      // Who is nothing there does not see the store.
      resolve: ({ id }, _args, { viewer }) => roleIn(viewer, id) ?? 'STAFF',
    }),
    viewerCanManage: t.boolean({
      description: 'True when the viewer may import, publish and edit settings.',
      resolve: ({ id }, _args, { viewer }) => canManageStore(viewer, id),
    }),
    viewerCanOwn: t.boolean({
      description: 'True when the viewer may decide about members, and switch the store on and off.',
      resolve: ({ id }, _args, { viewer }) => canOwnStore(viewer, id),
    }),
  }),
});

builder.queryField('store', (t) =>
  t.prismaField({
    type: 'Store',
    nullable: true,
    description: 'The store of a code; null when there is none that the viewer may see.',
    authScopes: { signedIn: true },
    args: { code: t.arg.string({ required: true, description: 'The code of the store.' }) },
    resolve: (query, _root, { code }, { db, viewer }) => findStore(db, viewer, code, query),
  }),
);

/** Reads stores with what the operation asks of the entries of a connection. */
const loadEntries = (context: Context, info: GraphQLResolveInfo): LoadStores => {
  const query = queryFromInfo({ context, info, typeName: 'Store', path: ['edges', 'node'] });
  return (ids) => context.db.store.findMany({ ...query, where: { id: { in: ids } } });
};

/** The id of no merchant when the viewer may not see it: then not even a store's belonging to it shows. */
const merchantFilter = (viewer: Viewer | null, globalId: string): string => {
  const id = uuidOf('Merchant', globalId);
  return id !== null && canSeeMerchant(viewer, id) ? id : nobodysUuid;
};

builder.queryField('stores', (t) =>
  t.connection(
    {
      type: StoreNode,
      description: 'The stores that the viewer may see, by name: all for an admin.',
      authScopes: { signedIn: true },
      args: {
        search: t.arg.string({
          description: 'Part of the code or of the name; null and blank text find all.',
        }),
        merchantId: t.arg.id({
          description:
            'Only the stores of this merchant, by its global id; none when the viewer may not see it.',
        }),
      },
      complexity: pageComplexity,
      resolve: (_root, args, context, info) => {
        const { merchantId } = args;
        const merchant = typeof merchantId === 'string' ? merchantFilter(context.viewer, merchantId) : null;
        const filter = { pattern: searchPattern(args.search), merchantId: merchant };
        return listStores(context.db, context.viewer, filter, args, loadEntries(context, info));
      },
    },
    { name: 'StoreConnection', description: 'A page of stores.' },
    { name: 'StoreEdge', description: 'A store, and where it stands in the list.' },
  ),
);

builder.prismaObjectField('Merchant', 'stores', (t) =>
  t.connection(
    {
      type: StoreNode,
      description: 'Its stores, by name.',
      complexity: pageComplexity,
      resolve: ({ id }, args, context, info) =>
        listStoresOfMerchant(
          context.db,
          args,
          (part, many) => loadWithSiblings(context, info, part, id, many),
          loadEntries(context, info),
        ),
    },
    { name: 'MerchantStoresConnection', description: 'A page of the stores of one merchant.' },
    { name: 'MerchantStoresEdge', description: 'A store of the merchant, and where it stands in the list.' },
  ),
);
