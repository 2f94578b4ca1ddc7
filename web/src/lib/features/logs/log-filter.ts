import type { LogFilter, LogLevel } from '#lib/graphql/generated/graphql.ts';

/** Those that a node writes in service, the most pressing last. */
export const logLevels = ['DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'] as const satisfies readonly LogLevel[];

/** Which entries are shown, as the address has it; empty text is everything. */
export interface LogWish {
  readonly level: (typeof logLevels)[number] | null;
  readonly search: string;
  /** A request or an import. */
  readonly about: string;
  /** Local time without a zone, as a field of the browser has it: 2026-01-31T12:00. */
  readonly since: string;
}

export const logWishOf = (parameters: Pick<URLSearchParams, 'get'>): LogWish => ({
  level: logLevels.find((level) => level === parameters.get('level')) ?? null,
  search: parameters.get('search') ?? '',
  about: parameters.get('about') ?? '',
  since: Number.isNaN(Date.parse(parameters.get('since') ?? '')) ? '' : (parameters.get('since') ?? ''),
});

/** An import's global id (base64 of `ImportJob:` and its UUID), or the UUID alone: RFC 9562 version 7, where a request has 4. */
const isJobId = (text: string) =>
  text.startsWith('SW1wb3J0Sm9i') || /^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[\da-f]{4}-[\da-f]{12}$/i.test(text);

/** The filter as the API takes it. `about` is an import when it has the form of one's global id, else a request. */
export function apiLogFilter({ level, search, about, since }: LogWish): LogFilter {
  const id = about.trim();
  return {
    ...(level === null ? {} : { level }),
    ...(search.trim() === '' ? {} : { search: search.trim() }),
    ...(id === '' ? {} : isJobId(id) ? { jobId: id } : { requestId: id }),
    ...(since === '' ? {} : { since: new Date(since).toISOString() }),
  };
}
