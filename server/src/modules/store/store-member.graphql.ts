import type { StoreMember } from '../../generated/prisma/client.ts';
import { builder } from '../../graphql/builder.ts';
import { showNodes } from '../../graphql/nodes.ts';
import { results, userError } from '../../graphql/results.ts';
import { lineOfText } from '../../graphql/text-input.ts';
import type { Viewer } from '../../graphql/viewer.ts';
import { longestEmail } from '../user/email.ts';
import { storeFor, storeMemberFor } from './store.access.ts';
import {
  AccountNotFoundError,
  AlreadyMemberError,
  StoreMemberNotFoundError,
  StoreNotFoundError,
  TooManyStoreMembersError,
} from './store.errors.ts';
import { addStoreMember, maxStoreMembers, removeStoreMember, updateStoreMember } from './store.members.ts';
import { canOwnStore, canSeeMember, canSeeMembers } from './store.policy.ts';
import { storePayload } from './store.type.ts';

userError(AccountNotFoundError, 'Nobody has an account under the address.');
userError(AlreadyMemberError, 'The person may do that much in the store already.');
userError(StoreMemberNotFoundError, 'There is no such member, or none that the viewer may see.');
userError(TooManyStoreMembersError, 'The store has as many members as it may have.');

showNodes<StoreMember>('StoreMember', (member, viewer) => canSeeMember(viewer, member));

const StoreMemberRole = builder.enumType('StoreMemberRole', {
  description: 'What a member may do in a store.',
  values: {
    MANAGER: { description: 'Imports, publishes and edits settings.' },
    STAFF: { description: 'Looks, and changes nothing.' },
  } as const,
});

const StoreMemberNode = builder.prismaNode('StoreMember', {
  nullable: true,
  id: { field: 'id', description: 'Global id.' },
  description:
    'Somebody who works in a store. Seen by its managers, the owner, and admins; by everybody for themselves.',
  authScopes: (member, { viewer }) => canSeeMember(viewer, member),
  fields: (t) => ({
    store: t.relation('store', { description: 'Where.' }),
    user: t.relation('user', { description: 'Who it is.' }),
    email: t.string({
      description: 'The address that the member signs in with.',
      select: { user: { select: { email: true } } },
      resolve: ({ user }) => user.email,
    }),
    role: t.field({
      type: StoreMemberRole,
      description: 'What the member may do.',
      resolve: ({ role }) => role,
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'Since when.' }),
  }),
});

builder.prismaObjectFields('Store', (t) => ({
  members: t.field({
    type: [StoreMemberNode],
    nullable: true,
    description:
      `Who works in it besides the owner, longest first: at most ${maxStoreMembers}. Null for staff, who do not see ` +
      'them.',
    complexity: { field: 1, multiplier: maxStoreMembers },
    select: (_args, _context, nested) => ({
      members: nested({ orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] }),
    }),
    resolve: ({ id, members }, _args, { viewer }) => (canSeeMembers(viewer, id) ? members : null),
  }),
}));

const withMember = (typename: string, description: string) =>
  builder.objectRef<StoreMember>(typename).implement({
    description,
    fields: (t) => ({
      storeMember: t.field({
        type: StoreMemberNode,
        description: 'The member.',
        resolve: (member) => member,
      }),
    }),
  });

const AddStoreMemberPayload = withMember('AddStoreMemberPayload', 'A store has one more member.');
const UpdateStoreMemberPayload = withMember('UpdateStoreMemberPayload', 'A member has another role.');
const RemoveStoreMemberPayload = storePayload('RemoveStoreMemberPayload', 'A store has one member less.');

const AddStoreMemberInput = builder.inputType('AddStoreMemberInput', {
  description: 'A member of a store to be.',
  fields: (t) => ({
    storeCode: t.string({ required: true, description: 'The code of the store.' }),
    email: t.string({
      required: true,
      validate: lineOfText(longestEmail),
      description: 'The address of somebody who has an account.',
    }),
    role: t.field({ type: StoreMemberRole, required: true, description: 'What the member may do.' }),
  }),
});

const UpdateStoreMemberInput = builder.inputType('UpdateStoreMemberInput', {
  description: 'Another role of a member.',
  fields: (t) => ({
    id: t.id({ required: true, description: 'The global id of the member.' }),
    role: t.field({ type: StoreMemberRole, required: true, description: 'What the member may do.' }),
  }),
});

const RemoveStoreMemberInput = builder.inputType('RemoveStoreMemberInput', {
  description: 'Which member to remove.',
  fields: (t) => ({ id: t.id({ required: true, description: 'The global id of the member.' }) }),
});

/** What the log says of a member. */
const memberFields = ({ storeId, userId, role }: StoreMember, viewer: Viewer | null) => ({
  ...{ storeId, userId, role },
  byUserId: viewer?.id,
});

builder.mutationField('addStoreMember', (t) =>
  t.field({
    type: AddStoreMemberPayload,
    description: 'Makes somebody a member of a store. For the owner, and for admins.',
    authScopes: { signedIn: true },
    errors: results('AddStoreMember', [
      StoreNotFoundError,
      AccountNotFoundError,
      AlreadyMemberError,
      TooManyStoreMembersError,
    ]),
    args: { input: t.arg({ type: AddStoreMemberInput, required: true, description: 'The member.' }) },
    resolve: async (_root, { input: { storeCode, ...input } }, { db, log, viewer, accessNews }) => {
      const { id } = await storeFor(db, viewer, storeCode, canOwnStore);
      const member = await addStoreMember(db, accessNews, { storeId: id, ...input });
      log.info(memberFields(member, viewer), 'member added to a store');
      return member;
    },
  }),
);

builder.mutationField('updateStoreMember', (t) =>
  t.field({
    type: UpdateStoreMemberPayload,
    description: 'Gives a member another role, at once. For the owner, and for admins.',
    authScopes: { signedIn: true },
    errors: results('UpdateStoreMember', [StoreMemberNotFoundError]),
    args: { input: t.arg({ type: UpdateStoreMemberInput, required: true, description: 'The role.' }) },
    resolve: async (_root, { input: { id, role } }, { db, log, viewer, accessNews }) => {
      const { id: memberId } = await storeMemberFor(db, viewer, id, canOwnStore);
      const member = await updateStoreMember(db, accessNews, { id: memberId, role });
      log.info(memberFields(member, viewer), 'member of a store has another role');
      return member;
    },
  }),
);

builder.mutationField('removeStoreMember', (t) =>
  t.field({
    type: RemoveStoreMemberPayload,
    description: 'Ends a membership, at once. For the owner, and for admins.',
    authScopes: { signedIn: true },
    errors: results('RemoveStoreMember', [StoreMemberNotFoundError]),
    args: { input: t.arg({ type: RemoveStoreMemberInput, required: true, description: 'The member.' }) },
    resolve: async (_root, { input }, { db, log, viewer, accessNews }) => {
      const member = await storeMemberFor(db, viewer, input.id, canOwnStore);
      await removeStoreMember(db, accessNews, member);
      log.info(memberFields(member, viewer), 'member removed from a store');
      return member;
    },
  }),
);
