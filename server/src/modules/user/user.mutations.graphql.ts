import { builder } from '../../graphql/builder.ts';
import { fault } from '../../graphql/errors.ts';
import { uuidOf } from '../../graphql/global-id.ts';
import { results, userError } from '../../graphql/results.ts';
import { lineOfText } from '../../graphql/text-input.ts';
import { longestEmail } from './email.ts';
import {
  EmailMalformedError,
  EmailTakenError,
  LastAdminError,
  PasswordTooWeakError,
  UserNotFoundError,
} from './user.errors.ts';
import { canManageUsers, canSeeUser } from './user.policy.ts';
import { createUser } from './user.service.ts';
import { isAdministration, updateUser, type UserChanges } from './user.update.ts';

userError(EmailMalformedError, 'The text is no email address.');
userError(EmailTakenError, 'Another account has this email address.');
userError(PasswordTooWeakError, 'The password is too short, too long, or easy to guess.');
userError(UserNotFoundError, 'There is no such user, or none that the viewer may see.');
userError(LastAdminError, 'Nobody would be left who can manage users.');

const refusals = [EmailMalformedError, EmailTakenError, PasswordTooWeakError];
const longestName = 100;

const CreateUserInput = builder.inputType('CreateUserInput', {
  description: 'A user to be, who can sign in at once.',
  fields: (t) => ({
    email: t.string({
      required: true,
      validate: lineOfText(longestEmail),
      description: 'What they sign in with, in any case. One account each.',
    }),
    name: t.string({
      required: true,
      validate: lineOfText(longestName),
      description: 'As others see it: 1 to 100 characters.',
    }),
    password: t.string({
      required: true,
      description: '12 to 1,000 characters that nobody guesses. They can change it.',
    }),
    platformAdmin: t.boolean({
      required: true,
      defaultValue: false,
      description: 'True for somebody who may see and do everything.',
    }),
  }),
});

const UpdateUserInput = builder.inputType('UpdateUserInput', {
  description: 'What to change of a user. What is left out, or null, stays.',
  fields: (t) => ({
    id: t.id({ required: true, description: 'The global id of the user.' }),
    name: t.string({ validate: lineOfText(longestName), description: 'As others see it.' }),
    email: t.string({
      validate: lineOfText(longestEmail),
      description: 'What they sign in with. Admins only.',
    }),
    active: t.boolean({
      description: 'False switches the account off, and ends all its sessions at once. Admins only.',
    }),
    platformAdmin: t.boolean({ description: 'Whether they may see and do everything. Admins only.' }),
    password: t.string({
      description:
        'Another password, which ends all their sessions. Admins only: for the own one there is `changePassword`.',
    }),
  }),
});

/** Payloads that hold a user, who is read with what the operation asks of them. */
const userPayload = (name: string, description: string) =>
  builder.objectRef<{ readonly userId: string }>(name).implement({
    description,
    fields: (t) => ({
      user: t.prismaField({
        type: 'User',
        description: 'The user as they are now.',
        resolve: (query, { userId }, _args, { db }) =>
          db.user.findUniqueOrThrow({ ...query, where: { id: userId } }),
      }),
    }),
  });

const CreateUserPayload = userPayload('CreateUserPayload', 'A user was made.');
const UpdateUserPayload = userPayload('UpdateUserPayload', 'A user was changed.');

/** What the log says of a change: which fields, and the values of those that say what somebody may do. */
const accountChange = ({ active, platformAdmin, ...others }: UserChanges) => ({
  ...{ active: active ?? undefined, platformAdmin: platformAdmin ?? undefined },
  changed: Object.entries({ active, platformAdmin, ...others })
    .filter(([, value]) => (value ?? null) !== null)
    .map(([name]) => name),
});

builder.mutationField('createUser', (t) =>
  t.field({
    type: CreateUserPayload,
    description: 'Makes a user, who belongs to no store yet. Admins only.',
    authScopes: { admin: true },
    errors: results('CreateUser', refusals),
    args: { input: t.arg({ type: CreateUserInput, required: true, description: 'The user.' }) },
    resolve: async (_root, { input }, { db, log, viewer }) => {
      const { id, platformAdmin } = await createUser(db, input);
      log.info({ userId: id, platformAdmin, byUserId: viewer?.id }, 'account created');
      return { userId: id };
    },
  }),
);

builder.mutationField('updateUser', (t) =>
  t.field({
    type: UpdateUserPayload,
    description: 'Changes a user. For admins, and for the user all but what says otherwise.',
    authScopes: { signedIn: true },
    errors: results('UpdateUser', [UserNotFoundError, ...refusals, LastAdminError]),
    args: { input: t.arg({ type: UpdateUserInput, required: true, description: 'The changes.' }) },
    resolve: async (_root, { input }, { db, log, viewer, accessNews }) => {
      const { id, ...changes } = input;
      const key = uuidOf('User', id);
      if (key === null || !canSeeUser(viewer, key)) throw new UserNotFoundError();
      if (isAdministration(changes) && !canManageUsers(viewer)) throw fault('FORBIDDEN');
      await updateUser(db, accessNews, key, changes);
      log.info({ ...accountChange(changes), userId: key, byUserId: viewer?.id }, 'account changed');
      return { userId: key };
    },
  }),
);
