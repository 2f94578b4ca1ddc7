import { existsSync } from 'node:fs';
import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  openEmbeddedPostgres,
  type EmbeddedPostgres,
} from '../src/platform/embedded-postgres/open-embedded-postgres.ts';
import { tryFileLock } from '../src/platform/file-lock.ts';

const prefix = 'marketplace-import-test-';

/** Nothing here has to survive a crash. */
const settings = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_connections: '200',
  shared_buffers: '128MB',
};

async function remove(folder: string, server: EmbeddedPostgres): Promise<void> {
  await server.close();
  await rm(folder, { recursive: true, force: true });
}

/** A run that was killed leaves its server behind, and nobody else would ever open that one again. */
async function removeAbandoned(folder: string): Promise<void> {
  if (!existsSync(join(folder, 'postgres/postmaster.pid'))) return;
  const unused = tryFileLock(join(folder, 'postgres.seats.lock'), 'exclusive');
  if (!unused) return;
  unused.release();
  await remove(folder, await openEmbeddedPostgres(folder));
}

async function removeAllAbandoned(): Promise<void> {
  const names = (await readdir(tmpdir())).filter((name) => name.startsWith(prefix));
  // Another user's, or another run is removing it just now: then it is not ours to remove.
  await Promise.allSettled(names.map((name) => removeAbandoned(join(tmpdir(), name))));
}

/** An empty server in a temporary folder, which `close` removes with all that is in it. */
export async function openThrowawayPostgres(): Promise<EmbeddedPostgres> {
  await removeAllAbandoned();
  const folder = await mkdtemp(join(tmpdir(), prefix));
  // As root the server runs as another user, who has to come in.
  await chmod(folder, 0o755);
  const server = await openEmbeddedPostgres(folder, settings);
  return { url: server.url, close: () => remove(folder, server) };
}
