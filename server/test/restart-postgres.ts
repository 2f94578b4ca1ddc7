import { join } from 'node:path';
import pg from 'pg';
import { findBinaries } from '../src/platform/embedded-postgres/binaries.ts';
import { runProgram } from '../src/platform/embedded-postgres/run-program.ts';
import { serverUser } from '../src/platform/embedded-postgres/system-user.ts';

/**
 * Ends all sessions of an embedded server at once and starts it anew at the same address: `fast` after it has written
 * what is committed to the disk, `immediate` as behind a power cut.
 */
export async function restartPostgres(url: string, mode: 'fast' | 'immediate'): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ data_directory: string }>('SHOW data_directory');
  await client.end();
  const cluster = rows[0]?.data_directory ?? '';
  const user = await serverUser(cluster);
  const { pgCtl } = await findBinaries(user);
  // Without a log of its own the server would keep our pipe open.
  const log = join(cluster, 'server.log');
  const restart = ['restart', '--wait', `--mode=${mode}`, `--pgdata=${cluster}`, `--log=${log}`];
  const { status, output } = await runProgram(pgCtl, restart, user);
  if (status !== 0) throw new Error(`PostgreSQL was not restarted: ${output}`);
}
