// @module-tag cli
import { expect, test } from 'vitest';
import { SigningKeysError } from '../modules/user/signing-keys.ts';
import { MigrationError } from '../platform/migration-history.ts';
import { sentenceOf } from './sentence-of.ts';

const url = 'postgresql://shop:secret@db.example.test:5432/shop';
const coded = (code: string, message = 'raw', more: object = {}) =>
  Object.assign(new Error(message), { code, ...more });
const refused = coded('42501', 'permission denied for schema public');

test.each<[error: Error, says: string | RegExp]>([
  [coded('EAI_AGAIN'), 'its name cannot be looked up now'],
  [coded('28P01'), 'it does not take the password'],
  [refused, 'own the database'],
  [new MigrationError('MIGRATION_FAILED', 'one', 'failed', { cause: refused }), 'own the database'],
  [coded('SELF_SIGNED_CERT_IN_CHAIN'), 'certificate'],
  [coded('DEPTH_ZERO_SELF_SIGNED_CERT'), 'certificate'],
  [coded('CERT_HAS_EXPIRED'), 'certificate'],
  [coded('ERR_TLS_CERT_ALTNAME_INVALID'), 'certificate'],
  [new Error('The server does not support SSL connections'), 'sslmode'],
])('a database that cannot be used is a sentence: %s', (error, says) => {
  const sentence = sentenceOf(error, url);
  expect(sentence).toMatch(says);
  expect(sentence).toMatch(/^The database at db\.example\.test:5432 cannot be used: .*Check DATABASE_URL\.$/);
});

test('keys that cannot be used are a sentence', () => {
  expect(sentenceOf(new SigningKeysError('Two keys have the same id.'))).toBe('Two keys have the same id.');
});

test('a migration that fails by itself says so', () => {
  const failed = new MigrationError('MIGRATION_FAILED', 'one', 'failed', { cause: coded('22012') });
  expect(sentenceOf(failed, url)).toBe('Migration one failed');
});

test.each([url, null])('a file of somebody else is named (%s)', (databaseUrl) => {
  const error = coded('EACCES', 'EACCES: permission denied', { path: '/data/auth-keys', syscall: 'open' });
  const sentence = sentenceOf(error, databaseUrl);
  expect(sentence).toContain('/data/auth-keys');
  expect(sentence).not.toContain(' at ');
});

test('what is not known is said with all there is', () => {
  expect(sentenceOf(new Error('odd'), url)).toMatch(/^Error: odd\n\s+at /);
});
