// @module-tag user
// @module-tag db
import { expect, test } from 'vitest';
import { buildMerchant, buildUser } from '../../../test/builders.ts';
import { withRollback } from '../../../test/database.ts';
import { execute, testKeys } from '../../../test/execute.ts';
import type { Db } from '../../platform/database.ts';
import { createLog } from '../../platform/log.ts';
import { authenticate } from './authenticate.ts';
import { LoginGuard } from './login-guard.ts';
import { hashPassword } from './password.ts';

const password = 'correct horse battery';
const passwordHash = await hashPassword(password);
const another = 'another horse battery';
const email = 'owner@shop.example';

/** The cookie of a browser, between its requests. */
class Jar {
  refreshToken: string | null = null;
  expiresAt: Date | null = null;

  setRefreshToken(token: string, expiresAt: Date): void {
    this.refreshToken = token;
    this.expiresAt = expiresAt;
  }

  clearRefreshToken(): void {
    this.refreshToken = null;
  }
}

type Result = Record<string, unknown> & { readonly accessToken: string };

/** The result of one mutation, asked with these fields of its payload. */
async function mutate(
  services: Parameters<typeof execute>[0],
  field: string,
  { fields = 'accessToken expiresAt', authorization = null as string | null, variables = {} } = {},
) {
  const viewer = await authenticate(services.db, testKeys, authorization);
  const name = /^\w+/.exec(field)?.[0] ?? '';
  const payload = `${name.charAt(0).toUpperCase()}${name.slice(1)}Payload`;
  const source = `mutation ($input: LoginInput!) { ${field} { __typename ... on UserError { code } ... on ${payload} { ${fields} } } login(input: $input) @skip(if: true) { __typename } }`;
  const { data, errors } = await execute<Record<string, Result>>(services, viewer, source, {
    input: { email, password },
    ...variables,
  });
  if (errors) throw Object.assign(new Error(errors[0]?.message), errors[0]);
  return data?.[name] as Result;
}

const login = (services: Parameters<typeof execute>[0], fields?: string) =>
  mutate(services, 'login(input: $input)', fields === undefined ? {} : { fields });

const nameOf = async (db: Db, token: string) =>
  (
    await execute<{ viewer: { name: string } | null }>(
      { db },
      await authenticate(db, testKeys, `Bearer ${token}`),
      '{ viewer { name } }',
    )
  ).data?.viewer?.name;

test('signing in gives a token of 15 minutes, a cookie of 30 days, and the viewer as they see themselves', () =>
  withRollback(async (db) => {
    const user = await buildUser(db, { email, passwordHash });
    const merchant = await buildMerchant(db, { ownerId: user.id });
    const jar = new Jar();
    const fields = 'accessToken expiresAt viewer { name email active merchants { name } }';
    const result = await login({ db, cookies: jar }, fields);
    expect(result).toMatchObject({
      __typename: 'LoginPayload',
      viewer: { name: user.name, email, active: true, merchants: [{ name: merchant.name }] },
    });
    const minutes = (Date.parse(String(result['expiresAt'])) - Date.now()) / 60_000;
    expect(minutes).toBeCloseTo(15, 1);
    expect(jar.expiresAt?.getTime()).toBeGreaterThan(Date.now() + 29 * 86_400_000);
    expect(JSON.stringify(result)).not.toContain(jar.refreshToken);
    expect(await nameOf(db, result.accessToken)).toBe(user.name);
  }));

test('the log tells of refused credentials and where they came from, once when they are too many, and no secret', () =>
  withRollback(async (db) => {
    const lines: string[] = [];
    const log = createLog('info', { write: (line) => lines.push(line) });
    const services = { db, log, cookies: new Jar(), clientAddress: '203.0.113.7' };
    const guarded = { ...services, loginGuard: new LoginGuard() };
    for (let time = 0; time < 13; time++) await login(guarded);
    const said = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(said.map(({ msg }) => msg)).toEqual([
      ...Array<string>(10).fill('sign-in refused'),
      'sign-ins refused for a while: too many attempts',
    ]);
    for (const line of said) {
      expect(line).toMatchObject({ level: 40, clientAddress: '203.0.113.7', email: 'o***@shop.example' });
    }
    const mixedUp = { input: { email: password, password: email } };
    await mutate(guarded, 'login(input: $input)', { variables: mixedUp });
    expect(lines).toHaveLength(12);
    expect(lines.join()).not.toContain(password);
    expect(lines.join()).not.toContain(email);
  }));

test('refused credentials are a result with a code, and set no cookie', () =>
  withRollback(async (db) => {
    const services = { db, cookies: new Jar(), loginGuard: new LoginGuard() };
    const results: unknown[] = [];
    for (let time = 0; time < 11; time++) results.push(await login(services));
    expect(results[9]).toEqual({ __typename: 'InvalidCredentialsError', code: 'INVALID_CREDENTIALS' });
    expect(results[10]).toEqual({ __typename: 'TooManyAttemptsError', code: 'TOO_MANY_ATTEMPTS' });
    expect(services.cookies.refreshToken).toBeNull();
  }));

test.each([
  ['a password of 2 MB', { email, password: 'x'.repeat(2e6) }],
  ['an email of 2 MB', { email: 'x'.repeat(2e6), password }],
])('%s is refused before anything is looked up', (_what, input) =>
  withRollback(async (db) => {
    const result = await mutate({ db, cookies: new Jar() }, 'login(input: $input)', { variables: { input } });
    expect(result).toEqual({ __typename: 'InvalidInputError', code: 'INVALID_INPUT' });
  }),
);

test('the session goes on with its cookie, which is replaced', () =>
  withRollback(async (db) => {
    const user = await buildUser(db, { email, passwordHash });
    const jar = new Jar();
    await login({ db, cookies: jar });
    const before = jar.refreshToken;
    const result = await mutate({ db, cookies: jar }, 'refreshSession');
    expect(jar.refreshToken).not.toBe(before);
    expect(await nameOf(db, result.accessToken)).toBe(user.name);
  }));

test.each([null, 'x'.repeat(5000)])(
  'without a session to go on with, the cookie is cleared',
  (refreshToken) =>
    withRollback(async (db) => {
      const jar = new Jar();
      jar.refreshToken = refreshToken;
      const result = await mutate({ db, cookies: jar }, 'refreshSession');
      expect(result).toEqual({ __typename: 'SessionEndedError', code: 'SESSION_ENDED' });
      expect(jar.refreshToken).toBeNull();
    }),
);

test('signing out ends the token and the cookie, and may be done again', () =>
  withRollback(async (db) => {
    await buildUser(db, { email, passwordHash });
    const jar = new Jar();
    const { accessToken } = await login({ db, cookies: jar });
    const stolen = Object.assign(new Jar(), { refreshToken: jar.refreshToken });
    const fields = 'sessionsEnded';
    expect(await mutate({ db, cookies: jar }, 'logout', { fields })).toMatchObject({ sessionsEnded: 1 });
    expect(jar.refreshToken).toBeNull();
    expect(await mutate({ db, cookies: jar }, 'logout', { fields })).toMatchObject({ sessionsEnded: 0 });
    const ended = { extensions: { reason: 'SESSION_ENDED' } };
    await expect(nameOf(db, accessToken)).rejects.toMatchObject(ended);
    expect(await mutate({ db, cookies: stolen }, 'refreshSession')).toMatchObject({ code: 'SESSION_ENDED' });
  }));

test('signing out everywhere ends every device, and asks for somebody who is signed in', () =>
  withRollback(async (db) => {
    await buildUser(db, { email, passwordHash });
    const [phone, laptop] = [new Jar(), new Jar()];
    const { accessToken } = await login({ db, cookies: phone });
    await login({ db, cookies: laptop });
    const everywhere = { fields: 'sessionsEnded', authorization: `Bearer ${accessToken}` };
    const asked = mutate({ db, cookies: phone }, 'logoutEverywhere', { fields: 'sessionsEnded' });
    await expect(asked).rejects.toMatchObject({ extensions: { code: 'UNAUTHENTICATED' } });
    expect(await mutate({ db, cookies: phone }, 'logoutEverywhere', everywhere)).toMatchObject({
      sessionsEnded: 2,
    });
    expect(await mutate({ db, cookies: laptop }, 'refreshSession')).toMatchObject({ code: 'SESSION_ENDED' });
  }));

test('changing the password goes on in a new session, and ends the others', () =>
  withRollback(async (db) => {
    const user = await buildUser(db, { email, passwordHash });
    const [phone, laptop] = [new Jar(), new Jar()];
    await login({ db, cookies: laptop });
    const { accessToken } = await login({ db, cookies: phone });
    const field = (current: string) =>
      `changePassword(input: { currentPassword: "${current}", password: "${another}" })`;
    const authorization = `Bearer ${accessToken}`;
    const wrong = await mutate({ db, cookies: phone }, field(another), { authorization });
    expect(wrong).toMatchObject({ code: 'WRONG_PASSWORD' });
    const result = await mutate({ db, cookies: phone }, field(password), { authorization });
    expect(await nameOf(db, result.accessToken)).toBe(user.name);
    expect((await mutate({ db, cookies: phone }, 'refreshSession')).accessToken).toBeDefined();
    expect(await mutate({ db, cookies: laptop }, 'refreshSession')).toMatchObject({ code: 'SESSION_ENDED' });
    expect(await login({ db, cookies: laptop })).toMatchObject({ code: 'INVALID_CREDENTIALS' });
  }));

test.each(['login(input: $input)', 'refreshSession', 'logout'])(
  '%s is refused on a socket, which has no cookies, and opens no session',
  (field) =>
    withRollback(async (db) => {
      await buildUser(db, { email, passwordHash });
      const fields = '__typename';
      const asked = mutate({ db }, field, { fields });
      await expect(asked).rejects.toMatchObject({ extensions: { code: 'FORBIDDEN' } });
      expect(await db.session.count()).toBe(0);
    }),
);

test('what follows in the operation that signs in or out is answered to whoever is signed in then', () =>
  withRollback(async (db) => {
    const admin = await buildUser(db, { email, passwordHash, platformAdmin: true });
    const create = (name: string) =>
      `${name}: createUser(input: { email: "${name}@shop.example", name: "${name}", password: "${another}" }) { __typename }`;
    const source = `mutation ($input: LoginInput!) { login(input: $input) { __typename } ${create('first')} logout { __typename } ${create('second')} }`;
    const variables = { input: { email, password } };
    const { data, errors } = await execute({ db, cookies: new Jar() }, null, source, variables);
    expect(data).toBeNull();
    expect(errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
    expect(await db.user.findMany({ where: { id: { not: admin.id } } })).toMatchObject([{ name: 'first' }]);
  }));
