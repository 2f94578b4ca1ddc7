import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { defaultBatch, largestBatch, smallestBatch } from '../modules/import-job/import-job.service.ts';
import { languageOf, languages, type Language } from '../product-data/language.ts';
import { UsageError, usageErrorOf } from './exit-status.ts';

export const feedUsage = `Usage:
  pnpm feed check PATH_OR_URL [--json] [--language en] [--store CODE]
      reads a feed and reports what an import would do; stores nothing
  pnpm feed import PATH_OR_URL --store CODE [--language en] [--batch-size ${defaultBatch}] [--json]
      imports a feed into a store, through the running server when there is one

  --json         one object on standard output instead of the report
  --language     language of the feed's texts: en, fr or de
  --store        code of the store; for a check its currency and time zone, else EUR and Europe/Luxembourg
  --batch-size   rows that are committed together, ${smallestBatch} to ${largestBatch}

Exit status: 0 read or imported (rows that were left out are counted in the report), 1 refused or failed,
2 wrong usage or settings, 3 cancelled.`;

/** Where a feed is to be read from. */
export type FeedSource =
  | { readonly kind: 'url'; readonly address: string }
  /** Absolute. */
  | { readonly kind: 'file'; readonly path: string };

export interface CheckArguments {
  readonly command: 'check';
  readonly source: FeedSource;
  readonly json: boolean;
  readonly language: Language;
  readonly storeCode: string | null;
}

export interface ImportArguments {
  readonly command: 'import';
  readonly source: FeedSource;
  readonly json: boolean;
  readonly language: Language;
  readonly storeCode: string;
  readonly batchSize: number;
}

export type FeedArguments = CheckArguments | ImportArguments | { readonly command: 'help' };

const options = {
  json: { type: 'boolean', default: false },
  language: { type: 'string', default: 'en' },
  store: { type: 'string' },
  'batch-size': { type: 'string' },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

/** What the command line asks for; relative paths are taken from `folder`. Throws UsageError. */
export function readFeedArguments(args: readonly string[], folder: string): FeedArguments {
  const { values, positionals } = parse(args);
  if (values.help) return { command: 'help' };
  const [command, source, ...surplus] = positionals;
  if (command !== 'check' && command !== 'import') {
    throw new UsageError(
      command === undefined ? 'Say check or import.' : `There is no command "${command}".`,
    );
  }
  if (source === undefined || source === '') throw new UsageError('Name the feed: a file or an address.');
  if (surplus.length > 0) throw new UsageError(`Only one feed at a time: "${surplus[0]}" is one too many.`);

  const { store: storeCode, 'batch-size': batchSize, json } = values;
  const read = { source: readSource(source, folder), json, language: readLanguage(values.language) };
  if (command === 'check') {
    if (batchSize !== undefined) throw new UsageError('A check has no --batch-size.');
    return { command, ...read, storeCode: storeCode ?? null };
  }
  if (!storeCode) throw new UsageError('Name the store that the feed is for: --store CODE.');
  return { command, ...read, storeCode, batchSize: readBatchSize(batchSize) };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    throw error instanceof TypeError ? usageErrorOf(error) : error;
  }
}

function readLanguage(text: string): Language {
  const language = languageOf(text);
  if (!language) throw new UsageError(`--language is "${text}". Choose one of ${languages.join(', ')}.`);
  return language;
}

function readBatchSize(text: string | undefined): number {
  if (text === undefined) return defaultBatch;
  const size = /^\d{1,6}$/.test(text) ? Number(text) : NaN;
  if (size >= smallestBatch && size <= largestBatch) return size;
  throw new UsageError(
    `--batch-size is "${text}". Choose a number from ${smallestBatch} to ${largestBatch}.`,
  );
}

/** Anything with a scheme is an address; which of them can be fetched is for the guard to say. */
function readSource(text: string, folder: string): FeedSource {
  if (/^file:/i.test(text)) return { kind: 'file', path: pathOf(text) };
  if (/^[a-z][a-z\d+.-]*:\/\//i.test(text)) return { kind: 'url', address: text };
  return { kind: 'file', path: resolve(folder, text) };
}

function pathOf(fileUrl: string): string {
  try {
    return fileURLToPath(fileUrl);
  } catch (error) {
    throw new UsageError(`"${fileUrl}" is no file of this machine.`, { cause: error });
  }
}
