import type { ExecutionArgs } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { RecentUse } from '../shared/recent-use.ts';

/**
 * Notes that somebody waits for an answer, over whichever transport. An event that is pushed is nothing that anybody
 * waits for, so that whoever watches an import does not slow it down.
 */
export function noteUse(use: Pick<RecentUse, 'note'>): Plugin {
  return {
    onExecute({ executeFn, setExecuteFn }) {
      setExecuteFn(async (args: ExecutionArgs): Promise<unknown> => {
        use.note();
        try {
          return await executeFn(args);
        } finally {
          use.note();
        }
      });
    },
  };
}
