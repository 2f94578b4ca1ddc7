import { ConfigError } from '../config.ts';
import { StoreInactiveError } from '../modules/import-job/import-job.errors.ts';
import { StoreNotFoundError } from '../modules/store/store.errors.ts';
import { exitStatus, UsageError } from './exit-status.ts';
import { surviveClosedOutput } from './interruption.ts';
import { sentenceOf } from './sentence-of.ts';

/** Runs a command with its arguments and the folder that it was called in; gives the exit status. */
type Command = (args: readonly string[], folder: string) => Promise<number>;

/** Runs the program's command and ends the program with its status; what goes wrong is said on standard error. */
export async function runCommand(usage: string, command: Command): Promise<never> {
  surviveClosedOutput();
  // pnpm runs scripts in the folder of package.json and tells where it was called.
  const folder = process.env['INIT_CWD'] ?? process.cwd();
  const status = await command(process.argv.slice(2), folder).catch((error: unknown) => {
    const sentence = sentenceOf(error, process.env['DATABASE_URL'] ?? null);
    console.error(error instanceof UsageError ? `${error.message}\n\n${usage}` : sentence);
    return isUsage(error) ? exitStatus.usage : exitStatus.failed;
  });
  // What was printed may still be on its way into a pipe.
  await Promise.all(
    [process.stdout, process.stderr].map((stream) => new Promise((done) => stream.write('', done))),
  );
  process.exit(status);
}

const isUsage = (error: unknown) =>
  [UsageError, ConfigError, StoreNotFoundError, StoreInactiveError].some((kind) => error instanceof kind);
