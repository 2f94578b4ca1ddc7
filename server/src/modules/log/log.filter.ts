import type { LogEntry } from '../../generated/prisma/client.ts';
import { searchedText, storable } from '../../graphql/search.ts';
import { uuidOf } from '../../graphql/global-id.ts';
import { nobodysUuid, readUuid } from '../../shared/uuid.ts';
import { levelNumbers, type LogLevelName } from './log.levels.ts';

/** Which entries are meant; null or absent for any. All that is given has to hold. */
export interface LogFilter {
  /** At least. */
  readonly level?: LogLevelName | null;
  /** Anywhere in the message, in capitals or not. */
  readonly search?: string | null;
  readonly requestId?: string | null;
  /** A UUID, as the log's lines have it, or the global id of an ImportJob. */
  readonly jobId?: string | null;
  readonly node?: string | null;
  /** From this moment on. */
  readonly since?: Date | null;
  /** Before this moment. */
  readonly until?: Date | null;
}

/** The UUID of the job that a filter means; undefined for none, and one that no job has for what is no id. */
export function jobIdOf({ jobId }: LogFilter): string | undefined {
  if (typeof jobId !== 'string') return undefined;
  const text = jobId.trim();
  return readUuid(text) ?? uuidOf('ImportJob', text) ?? nobodysUuid;
}

/** Tells which entries are meant: the same ones that `listLogs` finds. */
export function entryMatcher(filter: LogFilter): (entry: LogEntry) => boolean {
  const text = searchedText(filter.search)?.toLowerCase();
  const [jobId, level] = [jobIdOf(filter), filter.level ? levelNumbers[filter.level] : 0];
  const isAsked = (asked: string | null | undefined, value: string | null) =>
    typeof asked !== 'string' || askedText(asked) === value;
  return (entry) =>
    entry.level >= level &&
    (jobId === undefined || entry.jobId === jobId) &&
    isAsked(filter.requestId, entry.requestId) &&
    isAsked(filter.node, entry.node) &&
    (!filter.since || entry.at >= filter.since) &&
    (!filter.until || entry.at < filter.until) &&
    (text === undefined || entry.message.toLowerCase().includes(text));
}

/** As much of what a caller asks for as is looked for. */
export const askedText = (text: string): string => storable(text.trim().slice(0, 200));
