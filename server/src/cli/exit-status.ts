/** How the commands end, for scripts. */
export const exitStatus = {
  /** For an import also when rows were left out: the counts say how many. */
  done: 0,
  /** The feed was refused, the import failed, or something broke. */
  failed: 1,
  /** The command cannot be meant so: a wrong option, a store that is not there, a setting. */
  usage: 2,
  cancelled: 3,
  /** Ended by Ctrl-C before it was done: 128 and the signal's number, as shells have it. */
  interrupted: 130,
} as const;

/** The command line cannot be meant so. The usage is shown with it. */
export class UsageError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'UsageError';
  }
}

/** What `parseArgs` of node:util refuses, by its first sentence: the second explains `--`. */
export function usageErrorOf(error: TypeError): UsageError {
  return new UsageError(error.message.replace(/\. To specify .*$/s, '.'), { cause: error });
}
