import { readConfig } from '../config.ts';
import { parseSigningKeys } from '../modules/user/signing-keys.ts';
import { parseAllowedAddresses } from '../pipeline/source/allowed-addresses.ts';
import { createLog } from '../platform/log.ts';
import { feedUsage, readFeedArguments } from './feed-arguments.ts';
import { exitStatus } from './exit-status.ts';
import { runCheck } from './feed-check.ts';
import { runImport } from './feed-import.ts';
import { runCommand } from './run-command.ts';

/** `pnpm feed check` and `pnpm feed import`. */
await runCommand(feedUsage, async (args, folder) => {
  const parsed = readFeedArguments(args, folder);
  if (parsed.command === 'help') {
    console.log(feedUsage);
    return exitStatus.done;
  }
  const config = readConfig(process.env, {
    allowedAddresses: parseAllowedAddresses,
    authKeys: parseSigningKeys,
  });
  return parsed.command === 'check'
    ? runCheck(parsed, config)
    : runImport(parsed, config, createLog(config.logLevel));
});
