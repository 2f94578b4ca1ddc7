import { ConfigError } from '../config.ts';
import { EmbeddedPostgresError } from '../platform/embedded-postgres/embedded-postgres-error.ts';
import { MigrationError } from '../platform/migration-history.ts';
import { FeedRefusal } from '../product-data/feed-refusal.ts';
import { DomainError } from '../shared/domain-error.ts';

/** Errors whose message was written for the person at the terminal. */
const forPeople = [ConfigError, EmbeddedPostgresError, MigrationError, FeedRefusal, DomainError];

/** Node's codes, and PostgreSQL's (Appendix A), for a server that DATABASE_URL names and that cannot be had. */
const databaseReasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing answers there',
  ECONNRESET: 'it closed the connection',
  EHOSTUNREACH: 'there is no way to it',
  ENETUNREACH: 'there is no way to it',
  ENOTFOUND: 'no server has that name',
  ETIMEDOUT: 'it does not answer',
  '28P01': 'it does not take the password',
  '28000': 'it does not let that user in',
  '3D000': 'it has no database of that name',
  '53300': 'it has no connection left',
  '57P03': 'it is starting or stopping',
};

const codeOf = (error: unknown) =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

/** What went wrong, for the person at the terminal: a sentence where we know one, else everything there is. */
export function sentenceOf(error: unknown, databaseUrl: string | null = null): string {
  if (forPeople.some((known) => error instanceof known)) return (error as Error).message;
  const reason = databaseUrl === null ? undefined : databaseReasons[codeOf(error)];
  if (reason !== undefined) {
    const host = URL.parse(databaseUrl ?? '')?.host ?? '';
    return `The database at ${host} cannot be used: ${reason}. Check DATABASE_URL.`;
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
