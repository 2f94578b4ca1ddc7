import { queryFromInfo } from '@pothos/plugin-prisma';
import type { User } from '../../generated/prisma/client.ts';
import { builder } from '../../graphql/builder.ts';
import { showNodes } from '../../graphql/nodes.ts';
import { pageComplexity } from '../../graphql/page.ts';
import { searchPattern } from '../../graphql/search.ts';
import { visibleEmails, visibleMemberships, visibleOwnerships } from './user.access.ts';
import { listUsers } from './user.list.ts';
import { canSeeUser } from './user.policy.ts';

showNodes<User>('User', ({ id }, viewer) => canSeeUser(viewer, id));

const mostListed = 100;
/** Half of them: hardly anybody has more than a few, and a page of people asks for those of each. */
const listedComplexity = { field: 1, multiplier: mostListed / 2 };

const UserNode = builder.prismaNode('User', {
  nullable: true,
  id: { field: 'id', description: 'Global id.' },
  description:
    'Somebody with an account. Whoever meets one, as the creator of an import or as a member of a store, sees the name; the rest is for the user and for admins, unless a field says otherwise.',
  authScopes: (_user, { viewer }) => viewer !== null,
  fields: (t) => ({
    name: t.exposeString('name', { description: 'As others see it.' }),
    email: t.loadable({
      type: 'String',
      nullable: true,
      description:
        'What they sign in with, in lower case. Also for owners and managers of a store that they are a member of; null for others.',
      load: (users: User[], { db, viewer }) => visibleEmails(db, viewer, users),
      resolve: (user) => user,
    }),
    platformAdmin: t.boolean({
      nullable: true,
      description: 'True for those who may see and do everything. Null for a viewer who may not see it.',
      resolve: ({ id, platformAdmin }, _args, { viewer }) => (canSeeUser(viewer, id) ? platformAdmin : null),
    }),
    active: t.boolean({
      nullable: true,
      description:
        'False for an account that is switched off: nobody signs in with it. Null for a viewer who may not see it.',
      resolve: ({ id, active }, _args, { viewer }) => (canSeeUser(viewer, id) ? active : null),
    }),
    createdAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When the account was made. Null for a viewer who may not see it.',
      resolve: ({ id, createdAt }, _args, { viewer }) => (canSeeUser(viewer, id) ? createdAt : null),
    }),
    memberships: t.relation('memberships', {
      complexity: listedComplexity,
      description:
        'Stores that they are a manager or staff of, the latest first, 100 at most. Owners and managers see those in their own stores, and no others.',
      query: (_args, { viewer }) => ({
        where: visibleMemberships(viewer),
        orderBy: { id: 'desc' },
        take: mostListed,
      }),
    }),
    merchants: t.relation('merchants', {
      complexity: listedComplexity,
      description: 'Merchants that they own, by name, 100 at most. Empty for a viewer who may not see them.',
      query: (_args, { viewer }) => ({
        where: visibleOwnerships(viewer),
        orderBy: [{ name: 'asc' }, { id: 'asc' }],
        take: mostListed,
      }),
    }),
  }),
});

builder.queryField('viewer', (t) =>
  t.prismaField({
    type: 'User',
    nullable: true,
    description: 'Who is signed in; null when nobody is.',
    resolve: (query, _root, _args, { db, viewer }) =>
      viewer && db.user.findUnique({ ...query, where: { id: viewer.id } }),
  }),
);

builder.queryField('users', (t) =>
  t.connection(
    {
      type: UserNode,
      description: 'All users, by email address. For admins.',
      authScopes: { admin: true },
      args: {
        search: t.arg.string({
          description: 'Part of the email address or of the name; null and blank text find all.',
        }),
      },
      complexity: pageComplexity,
      resolve: (_root, { search, ...page }, context, info) => {
        const { db } = context;
        const query = queryFromInfo({ context, info, path: ['edges', 'node'] });
        const load = (ids: string[]) => db.user.findMany({ ...query, where: { id: { in: ids } } });
        return listUsers(db, searchPattern(search), page, load);
      },
    },
    { name: 'UserConnection', description: 'A page of users, by email address.' },
    { name: 'UserEdge', description: 'A user, and where they stand in the list.' },
  ),
);
