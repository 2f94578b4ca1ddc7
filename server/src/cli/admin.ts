import { parseArgs } from 'node:util';
import { readConfig, type Config } from '../config.ts';
import type { User } from '../generated/prisma/client.ts';
import { createLogWriter } from '../modules/log/log.writer.ts';
import { normaliseEmail } from '../modules/user/email.ts';
import { checkPassword, createAdmin } from '../modules/user/user.service.ts';
import { EmailTakenError } from '../modules/user/user.errors.ts';
import { parseSigningKeys } from '../modules/user/signing-keys.ts';
import { parseAllowedAddresses } from '../pipeline/source/allowed-addresses.ts';
import type { Db } from '../platform/database.ts';
import { createLog } from '../platform/log.ts';
import { askHidden, QuestionLeftError, readPipedLine } from './ask-password.ts';
import { exitStatus, UsageError, usageErrorOf } from './exit-status.ts';
import { runCommand } from './run-command.ts';
import { withStorage } from './with-storage.ts';

const usage = `Usage:
  pnpm admin create EMAIL
      makes a platform admin; asks for the password, or reads it from standard input: pnpm admin create EMAIL < FILE

Exit status: 0 made, 1 refused, 2 wrong usage or settings.`;

/** The address of `admin create EMAIL`, or null for `--help`. */
function readArguments(args: readonly string[]): string | null {
  const { values, positionals } = parse(args);
  if (values.help) return null;
  const [command, email, ...surplus] = positionals;
  if (command !== 'create') {
    throw new UsageError(command === undefined ? 'Say create.' : `There is no command "${command}".`);
  }
  if (email === undefined) throw new UsageError('Name the email address of the admin.');
  if (surplus.length > 0) throw new UsageError(`"${surplus[0]}" is one too many.`);
  return email;
}

function parse(args: readonly string[]) {
  try {
    const options = { help: { type: 'boolean', short: 'h', default: false } } as const;
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    throw error instanceof TypeError ? usageErrorOf(error) : error;
  }
}

async function choosePassword(email: string): Promise<string> {
  const { stdin, stderr } = process;
  if (!stdin.isTTY) return readPipedLine(stdin);
  const password = await askHidden(stdin, stderr, `Password for ${email}: `);
  checkPassword(password, email);
  const again = await askHidden(stdin, stderr, 'The same once more: ');
  if (again !== password) throw new DifferentPasswordsError();
  return password;
}

class DifferentPasswordsError extends Error {}

async function create(email: string): Promise<number> {
  const config = readConfig(process.env, {
    allowedAddresses: parseAllowedAddresses,
    authKeys: parseSigningKeys,
  });
  const normalised = normaliseEmail(email);
  try {
    return await withStorage(config, async ({ db }) => {
      // Before anybody thinks of a password.
      if (await db.user.findUnique({ where: { email: normalised } })) throw new EmailTakenError(normalised);
      const admin = await createAdmin(db, { email: normalised, password: await choosePassword(normalised) });
      await noteInLog(db, config, admin);
      console.log(`${admin.email} is a platform admin now.`);
      return exitStatus.done;
    });
  } catch (error) {
    if (error instanceof QuestionLeftError) {
      console.error(error.message);
      return exitStatus.interrupted;
    }
    if (!(error instanceof DifferentPasswordsError)) throw error;
    console.error('The two passwords differ. Nothing was changed.');
    return exitStatus.failed;
  }
}

/** As a node does that makes an account for somebody; nothing of it is printed. */
async function noteInLog(db: Db, { logStoreLevel }: Config, { id, platformAdmin }: User): Promise<void> {
  const writer = createLogWriter();
  writer.start({ db, onError: () => console.error('The log could not be told of it.') });
  const log = createLog('silent', { store: (record) => writer.write(record), storeLevel: logStoreLevel });
  log.info({ userId: id, platformAdmin, by: 'command line' }, 'account created');
  await writer.close();
}

/** `pnpm admin create EMAIL`. */
await runCommand(usage, async (args) => {
  const email = readArguments(args);
  if (email !== null) return create(email);
  console.log(usage);
  return exitStatus.done;
});
