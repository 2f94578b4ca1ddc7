import { initContextCache } from '@pothos/core';
import { z } from 'zod';
import { builder } from '../../graphql/builder.ts';
import type { Context } from '../../graphql/context.ts';
import { fault } from '../../graphql/errors.ts';
import { results, userError } from '../../graphql/results.ts';
import type { Viewer } from '../../graphql/viewer.ts';
import { signAccessToken, type AccessToken } from './access-token.ts';
import { longestEmail } from './email.ts';
import type { LoginGuard } from './login-guard.ts';
import type { SessionCookies } from './session-cookies.ts';
import { signOut, signOutEverywhere } from './session.end.ts';
import { refreshSession } from './session.refresh.ts';
import { signIn, type OpenSession } from './session.service.ts';
import type { SigningKeys } from './signing-keys.ts';
import {
  InvalidCredentialsError,
  PasswordTooWeakError,
  SessionEndedError,
  TooManyAttemptsError,
  WrongPasswordError,
} from './user.errors.ts';
import { noteRefusal } from './user.log.ts';
import { changePassword } from './user.update.ts';
import { loadViewer } from './viewer.ts';

declare module '../../graphql/context.ts' {
  interface Services {
    readonly signingKeys: SigningKeys;
    readonly loginGuard: LoginGuard;
  }
}

userError(
  InvalidCredentialsError,
  'No active account has this email address and password. Which of it is wrong is not said.',
);
userError(TooManyAttemptsError, 'Too many passwords were tried, for this account or from this address.');
userError(SessionEndedError, 'There is no session to go on with. Sign in again.');
userError(WrongPasswordError, 'The current password is another one.');

const TooManyAttempts: unknown = TooManyAttemptsError;
builder.objectField(TooManyAttempts as new () => TooManyAttemptsError, 'retryAfterSeconds', (t) =>
  t.exposeInt('retryAfterSeconds', { description: 'When it can be tried again, from now.' }),
);

type SignedIn = AccessToken & OpenSession;

const signedInPayload = (name: string, description: string) =>
  builder.objectRef<SignedIn>(name).implement({
    description,
    fields: (t) => ({
      accessToken: t.exposeString('accessToken', {
        description:
          'Sent as `Authorization: Bearer …`, or as `connectionParams.authorization` on a socket. The refresh token ' +
          'comes in a cookie, which no script can read.',
      }),
      expiresAt: t.expose('expiresAt', {
        type: 'DateTime',
        description: 'When the access token expires: refresh the session before.',
      }),
      viewer: t.prismaField({
        type: 'User',
        description: 'Who is signed in now.',
        resolve: (query, { userId }, _args, { db }) =>
          db.user.findUniqueOrThrow({ ...query, where: { id: userId } }),
      }),
    }),
  });

const LoginPayload = signedInPayload('LoginPayload', 'A new session.');
const RefreshSessionPayload = signedInPayload('RefreshSessionPayload', 'The session, which goes on.');
const ChangePasswordPayload = signedInPayload(
  'ChangePasswordPayload',
  'A new session in place of all that the viewer had.',
);

const endedPayload = (name: string) =>
  builder.objectRef<{ readonly sessionsEnded: number }>(name).implement({
    description: 'Nobody is signed in any more.',
    fields: (t) => ({
      sessionsEnded: t.exposeInt('sessionsEnded', {
        description: 'How many sessions have ended by it; 0 when none was open.',
      }),
    }),
  });

const LogoutPayload = endedPayload('LogoutPayload');
const LogoutEverywherePayload = endedPayload('LogoutEverywherePayload');

/** The cookie of the answer. On a socket there is none, so nobody signs in there. */
function cookiesOf({ cookies }: Context): SessionCookies {
  if (!cookies) throw fault('FORBIDDEN', 'Sign in and out over HTTP: a socket carries no cookies.');
  return cookies;
}

/** From here on the operation is answered to this viewer; what was found out for the one before is forgotten. */
function become(context: Context, viewer: Viewer | null): void {
  Object.assign(context, { viewer }, initContextCache());
}

/** The answer to somebody with a session; what is left of the operation is answered to them too. */
async function answerTo(context: Context, session: OpenSession): Promise<SignedIn> {
  const { db, signingKeys } = context;
  const viewer = await loadViewer(db, session.sessionId);
  // Ended by somebody else in the moment since.
  if (!viewer) throw fault('UNAUTHENTICATED');
  cookiesOf(context).setRefreshToken(session.refreshToken, session.expiresAt);
  become(context, viewer);
  return { ...session, ...(await signAccessToken(signingKeys, session)) };
}

/** The answer to somebody without one, from here on. */
function answerToNobody(context: Context, sessionsEnded: number): { readonly sessionsEnded: number } {
  cookiesOf(context).clearRefreshToken();
  become(context, null);
  return { sessionsEnded };
}

const longest = (characters: number) =>
  z.string().max(characters, `Write at most ${characters.toLocaleString('en')} characters.`);

const LoginInput = builder.inputType('LoginInput', {
  description: 'An account and its password.',
  fields: (t) => ({
    email: t.string({
      required: true,
      validate: longest(longestEmail),
      description: 'The email address of the account, in any case.',
    }),
    password: t.string({ required: true, validate: longest(1_000), description: 'The password.' }),
  }),
});

builder.mutationField('login', (t) =>
  t.field({
    type: LoginPayload,
    description:
      'Signs in: an access token for 15 minutes, and a cookie that `refreshSession` goes on with for 30 days. For everybody.',
    args: { input: t.arg({ type: LoginInput, required: true, description: 'Who signs in.' }) },
    errors: results('Login', [InvalidCredentialsError, TooManyAttemptsError]),
    resolve: async (_root, { input }, context) => {
      cookiesOf(context);
      const { db, log, loginGuard, clientAddress } = context;
      const signingIn = signIn(db, loginGuard, { ...input, address: clientAddress });
      return answerTo(context, await noteRefusal(log, { email: input.email, clientAddress }, signingIn));
    },
  }),
);

builder.mutationField('refreshSession', (t) =>
  t.field({
    type: RefreshSessionPayload,
    description:
      'The next access token, for the cookie of the session, which is replaced. Send it without an access token that has expired. For everybody who has the cookie.',
    errors: results('RefreshSession', [SessionEndedError]),
    resolve: async (_root, _args, context) => {
      const cookies = cookiesOf(context);
      try {
        const session = await refreshSession(context.db, context.accessNews, cookies.refreshToken ?? '');
        return await answerTo(context, session);
      } catch (error) {
        if (error instanceof SessionEndedError && cookies.refreshToken !== null) cookies.clearRefreshToken();
        throw error;
      }
    },
  }),
);

builder.mutationField('logout', (t) =>
  t.field({
    type: LogoutPayload,
    description:
      'Ends the session of the access token and of the cookie, with its open subscriptions. For everybody; twice is once.',
    errors: results('Logout'),
    resolve: async (_root, _args, context) => {
      const { refreshToken } = cookiesOf(context);
      const sessionId = context.viewer?.sessionId ?? null;
      const ended = await signOut(context.db, context.accessNews, { sessionId, refreshToken });
      return answerToNobody(context, ended);
    },
  }),
);

builder.mutationField('logoutEverywhere', (t) =>
  t.field({
    type: LogoutEverywherePayload,
    description:
      'Ends all sessions of the viewer, on all devices, this one included. For everybody signed in.',
    authScopes: { signedIn: true },
    errors: results('LogoutEverywhere'),
    resolve: async (_root, _args, context) => {
      const { db, accessNews, viewer } = context;
      if (!viewer) throw fault('UNAUTHENTICATED');
      cookiesOf(context);
      return answerToNobody(context, await signOutEverywhere(db, accessNews, viewer.id));
    },
  }),
);

const ChangePasswordInput = builder.inputType('ChangePasswordInput', {
  description: 'The password of the viewer, and the one to come.',
  fields: (t) => ({
    currentPassword: t.string({
      required: true,
      validate: longest(1_000),
      description: 'The one until now.',
    }),
    password: t.string({
      required: true,
      description: 'The new one: 12 to 1,000 characters that nobody guesses.',
    }),
  }),
});

builder.mutationField('changePassword', (t) =>
  t.field({
    type: ChangePasswordPayload,
    description:
      'Gives the viewer another password, and ends all their sessions but for a new one, which goes on here. For everybody signed in.',
    authScopes: { signedIn: true },
    args: { input: t.arg({ type: ChangePasswordInput, required: true, description: 'Both passwords.' }) },
    errors: results('ChangePassword', [WrongPasswordError, TooManyAttemptsError, PasswordTooWeakError]),
    resolve: async (_root, { input }, context) => {
      cookiesOf(context);
      const { db, log, viewer, clientAddress } = context;
      if (!viewer) throw fault('UNAUTHENTICATED');
      const change = { ...input, userId: viewer.id, address: clientAddress };
      const who = { userId: viewer.id, clientAddress };
      const session = await noteRefusal(log, who, changePassword(db, context, change));
      log.info(who, 'own password changed');
      return answerTo(context, session);
    },
  }),
);
