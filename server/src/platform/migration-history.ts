import { createHash } from 'node:crypto';

export type MigrationCode =
  | 'MIGRATION_INTERRUPTED'
  | 'MIGRATION_EDITED'
  | 'MIGRATION_MISSING'
  | 'MIGRATION_OUT_OF_ORDER'
  | 'MIGRATION_UNREADABLE'
  | 'MIGRATION_FAILED';

/** The database and the migrations of this version do not fit together. Nothing was changed by the one named. */
export class MigrationError extends Error {
  readonly code: MigrationCode;
  readonly migration: string;
  constructor(code: MigrationCode, migration: string, message: string, options?: ErrorOptions) {
    super(`Migration ${migration} ${message}`, options);
    this.name = 'MigrationError';
    this.code = code;
    this.migration = migration;
  }
}

/** As the folder has it. */
export interface Migration {
  readonly name: string;
  readonly sql: string;
}

/** As the database has it on record. */
export interface Applied {
  readonly name: string;
  readonly checksum: string;
  readonly finished: boolean;
}

/** In hexadecimal, of the text as UTF-8: what Prisma keeps of a file. */
export const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/** Like Prisma: a checkout may have changed the ends of lines, and nothing else counts as the same file. */
function matches(sql: string, checksum: string): boolean {
  const lines = sql.replaceAll('\r\n', '\n');
  return [sql, lines, lines.replaceAll('\n', '\r\n')].some((form) => sha256(form) === checksum);
}

const interrupted =
  'was started on this database and not finished. See what it did, then mark it with `prisma migrate resolve`.';
const missing =
  'was applied to this database but is not among the migrations of this version, which has later ones.';
const edited =
  'was changed after it had been applied to this database. Undo the change, and write a new migration instead.';

/**
 * The migrations that are still to be applied, in order; both lists come sorted by name. A database that is
 * ahead of this version has none. Throws MigrationError when the histories do not fit.
 */
export function findPending(known: readonly Migration[], applied: readonly Applied[]): Migration[] {
  const files = new Map(known.map((migration) => [migration.name, migration]));
  const newestKnown = known.at(-1)?.name ?? '';
  for (const { name, checksum, finished } of applied) {
    if (!finished) {
      throw new MigrationError('MIGRATION_INTERRUPTED', name, interrupted);
    }
    const file = files.get(name);
    if (!file && name < newestKnown) throw new MigrationError('MIGRATION_MISSING', name, missing);
    if (file && !matches(file.sql, checksum)) throw new MigrationError('MIGRATION_EDITED', name, edited);
  }
  const done = new Set(applied.map(({ name }) => name));
  const pending = known.filter(({ name }) => !done.has(name));
  const newestApplied = applied.at(-1)?.name ?? '';
  const [first] = pending;
  if (first && first.name < newestApplied) {
    throw new MigrationError(
      'MIGRATION_OUT_OF_ORDER',
      first.name,
      `was never applied, but ${newestApplied} was.`,
    );
  }
  return pending;
}
