import { ConfigError } from '../config.ts';
import { SigningKeysError } from '../modules/user/signing-keys.ts';
import { EmbeddedPostgresError } from '../platform/embedded-postgres/embedded-postgres-error.ts';
import { MigrationError } from '../platform/migration-history.ts';
import { FeedRefusal } from '../product-data/feed-refusal.ts';
import { DomainError } from '../shared/domain-error.ts';
import { UsageError } from './exit-status.ts';

/** Errors whose message was written for the person at the terminal. */
const forPeople = [
  ConfigError,
  UsageError,
  SigningKeysError,
  EmbeddedPostgresError,
  MigrationError,
  FeedRefusal,
  DomainError,
];

const untrusted = 'its certificate is signed by nobody whom this machine trusts (see NODE_EXTRA_CA_CERTS)';

/** Node's codes, and PostgreSQL's (Appendix A), for a server that DATABASE_URL names and that cannot be had. */
const databaseReasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing answers there',
  ECONNRESET: 'it closed the connection',
  EHOSTUNREACH: 'there is no way to it',
  ENETUNREACH: 'there is no way to it',
  EAI_AGAIN: 'its name cannot be looked up now',
  ENOTFOUND: 'no server has that name',
  ETIMEDOUT: 'it does not answer',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  CERT_NOT_YET_VALID: 'its certificate is not valid yet',
  DEPTH_ZERO_SELF_SIGNED_CERT: untrusted,
  SELF_SIGNED_CERT_IN_CHAIN: untrusted,
  UNABLE_TO_GET_ISSUER_CERT: untrusted,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: untrusted,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: untrusted,
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name',
  '28P01': 'it does not take the password',
  '28000': 'it does not let that user in',
  '42501': 'its user may not make tables there, and has to own the database (ALTER DATABASE … OWNER TO …)',
  '3D000': 'it has no database of that name',
  '53300': 'it has no connection left',
  '57P03': 'it is starting or stopping',
};

const codeOf = (error: unknown) =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

function databaseReason(error: unknown): string | undefined {
  // The only one that has no code.
  if (error instanceof Error && error.message.includes('does not support SSL'))
    return 'it takes no encrypted connections, which sslmode asks for';
  // A migration that the user may not make fails for the setting; one that fails otherwise says why.
  if (error instanceof MigrationError) return databaseReasons[codeOf(error.cause) === '42501' ? '42501' : ''];
  return databaseReasons[codeOf(error)];
}

/** A file or folder that is somebody else's: most often an earlier start by root made it. */
function foreignFile(error: unknown): string | undefined {
  if (!(error instanceof Error) || !/^(EACCES|EPERM)$/.test(codeOf(error))) return undefined;
  if (!('path' in error) || typeof error.path !== 'string') return undefined;
  return (
    `${error.path} belongs to another user, and this one may not use it. Give it to this one (chown), ` +
    'or choose another DATA_DIR.'
  );
}

/** What went wrong, for the person at the terminal: a sentence where we know one, else everything there is. */
export function sentenceOf(error: unknown, databaseUrl: string | null = null): string {
  const reason = databaseUrl === null ? undefined : databaseReason(error);
  if (reason !== undefined) {
    const host = URL.parse(databaseUrl ?? '')?.host ?? '';
    return `The database at ${host} cannot be used: ${reason}. Check DATABASE_URL.`;
  }
  if (forPeople.some((known) => error instanceof known)) return (error as Error).message;
  const foreign = foreignFile(error);
  if (foreign !== undefined) return foreign;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
