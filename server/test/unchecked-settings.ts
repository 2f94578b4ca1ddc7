import type { SettingChecks } from '../src/config.ts';

/** For settings of a test, which are known to be in order. */
export const uncheckedSettings: SettingChecks = {
  allowedAddresses: () => undefined,
  authKeys: () => undefined,
};
