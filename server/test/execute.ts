import { randomBytes, randomUUID } from 'node:crypto';
import { graphql } from 'graphql';
import { pino } from 'pino';
import type { User } from '../src/generated/prisma/client.ts';
import type { Context } from '../src/graphql/context.ts';
import type { Viewer } from '../src/graphql/viewer.ts';
import { LoginGuard } from '../src/modules/user/login-guard.ts';
import { parseSigningKeys, type SigningKeys } from '../src/modules/user/signing-keys.ts';
import { loadViewer } from '../src/modules/user/viewer.ts';
import type { Database, Db } from '../src/platform/database.ts';
import { schema } from '../src/schema.ts';
import { buildUser } from './builders.ts';

/**
 * What the test has of the program, and of its request; what is missing and has no default here fails when something
 * asks for it.
 */
export type TestServices = Partial<Omit<Context, 'viewer' | 'db'>> & { readonly db: Db };

/** Of a program with nobody else in it, and of a request that brought no cookies. */
const defaults = () => ({
  log: pino({ level: 'silent' }),
  requestId: randomUUID(),
  accessNews: { announce: () => {} },
  catalogueNews: { announce: () => {} },
  loginGuard: new LoginGuard(),
  signingKeys: testKeys,
  cookies: null,
  clientAddress: '127.0.0.1',
});

/** Keys of access tokens. */
export const testKeys: SigningKeys = parseSigningKeys(`test:${randomBytes(32).toString('base64')}`);

/** The user signed in, with what is theirs in the database now; null for nobody. */
export async function signedIn(db: Db, user: User | null): Promise<Viewer | null> {
  if (!user) return null;
  const expiresAt = new Date(Date.now() + 3600_000);
  const session = await db.session.create({
    data: { userId: user.id, refreshTokenHash: randomUUID(), expiresAt },
  });
  return loadViewer(db, session.id);
}

/** An admin, signed in. */
export const signedInAdmin = async (db: Db): Promise<Viewer | null> =>
  signedIn(db, await buildUser(db, { platformAdmin: true }));

/** What resolvers have for one operation of the viewer. */
export const operationContext = (services: TestServices, viewer: Viewer | null): Context =>
  ({ ...defaults(), ...services, viewer }) as Context;

/** Runs an operation of the API in this process, as the viewer. Errors are in the result. */
export async function execute<Data = Record<string, unknown>>(
  services: TestServices,
  viewer: Viewer | null,
  source: string,
  variableValues: Readonly<Record<string, unknown>> = {},
): Promise<{
  data?: Data | null;
  errors?: readonly { message: string; extensions: Record<string, unknown> }[];
}> {
  const contextValue = operationContext(services, viewer);
  return (await graphql({ schema, source, variableValues, contextValue })) as never;
}

class Undone extends Error {}

/** As `execute`, in a transaction that is undone. */
export async function executeUndone(
  services: TestServices & Pick<Database, 'db'>,
  viewer: Viewer | null,
  source: string,
  variableValues: Readonly<Record<string, unknown>> = {},
): ReturnType<typeof execute> {
  let answer: Awaited<ReturnType<typeof execute>> = {};
  const asking = services.db.$transaction(
    async (db) => {
      answer = await execute({ ...services, db }, viewer, source, variableValues);
      throw new Undone();
    },
    { timeout: 30_000 },
  );
  await asking.catch((error: unknown) => {
    if (!(error instanceof Undone)) throw error;
  });
  return answer;
}
