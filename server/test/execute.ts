import { randomUUID } from 'node:crypto';
import { graphql } from 'graphql';
import { pino } from 'pino';
import type { User } from '../src/generated/prisma/client.ts';
import type { Context, Services } from '../src/graphql/context.ts';
import type { Viewer } from '../src/graphql/viewer.ts';
import { loadViewers } from '../src/modules/user/viewer.ts';
import type { Db } from '../src/platform/database.ts';
import { schema } from '../src/schema.ts';

/** What the test has of the program; what is missing fails when something asks for it. */
export type TestServices = Partial<Services> & { readonly db: Db };

/** The user signed in, with what is theirs in the database now; null for nobody. */
export async function signedIn(db: Db, user: User | null): Promise<Viewer | null> {
  if (!user) return null;
  const expiresAt = new Date(Date.now() + 3600_000);
  const session = await db.session.create({
    data: { userId: user.id, refreshTokenHash: randomUUID(), expiresAt },
  });
  return (await loadViewers(db, [session.id])).get(session.id) ?? null;
}

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
  const contextValue = {
    log: pino({ level: 'silent' }),
    requestId: randomUUID(),
    ...services,
    viewer,
  } as Context;
  return (await graphql({ schema, source, variableValues, contextValue })) as never;
}
