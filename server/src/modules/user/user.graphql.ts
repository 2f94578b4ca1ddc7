import type { User } from '../../generated/prisma/client.ts';
import { builder } from '../../graphql/builder.ts';
import { showNodes } from '../../graphql/nodes.ts';
import type { Viewer } from '../../graphql/viewer.ts';

const isSelfOrAdmin = ({ id }: User, viewer: Viewer | null) =>
  viewer !== null && (viewer.platformAdmin || viewer.id === id);

showNodes<User>('User', isSelfOrAdmin);

builder.prismaNode('User', {
  id: { field: 'id', description: 'Global id.' },
  description: 'Somebody with an account.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'As others see it.' }),
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
