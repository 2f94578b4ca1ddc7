import { createHash } from 'node:crypto';
import {
  errorTypesByRank,
  issueKind,
  type ImportErrorType,
  type RowIssueCode,
} from '../product-data/codes.ts';
import type { Language } from '../product-data/language.ts';
import { catalogues, productAt } from './catalogue.ts';
import { dialects } from './dialects.ts';
import { cellsOf, columnsOf, headerOf } from './feed-cells.ts';
import { planRows, type PlannedRow } from './feed-plan.ts';
import { byteOrderMark, encodeFeed, recordOf } from './feed-writer.ts';
import { demoFeedName, demoStores, type DemoStoreCode } from './shops.ts';

/** Raised by hand whenever a feed's bytes change, so that no cache keeps the old ones; a test minds it. */
export const demoFeedVersion = 2;

const rowsPerChunk = 100;

function helpRecord(storeCode: DemoStoreCode, columns: readonly string[]): string {
  const dialect = dialects[storeCode].en;
  const required = ['id', 'title', 'description', 'availability', 'condition', 'price', 'link', 'image_link'];
  const help = (column: string) =>
    required.includes(column) ? `# Required | The ${column.replaceAll('_', ' ')} of the item.` : '# Optional';
  return recordOf(columns.map(help), dialect);
}

function writeRow(
  storeCode: DemoStoreCode,
  language: Language,
  columns: readonly string[],
  row: PlannedRow,
): string {
  const dialect = dialects[storeCode][language];
  const product = productAt(storeCode, row.product);
  const cells = cellsOf(storeCode, language, product);
  const { fault, ordinal } = row;
  const spoilt = { ...cells, ...fault?.spoil({ cells, product, language, dialect, ordinal }) };
  return recordOf(
    columns.map((column) => spoilt[column] ?? ''),
    dialect,
    fault?.record,
    columns.indexOf('description'),
  );
}

/** The bytes of a store's feed, in pieces of some hundred rows: the same bytes each time, on every machine. */
export function* demoFeed(storeCode: DemoStoreCode, language: Language): Generator<Buffer, void, undefined> {
  const dialect = dialects[storeCode][language];
  const columns = columnsOf(storeCode);
  let text = byteOrderMark(dialect.encoding);
  if (dialect.helpRecord) text += helpRecord(storeCode, columns);
  text += recordOf(
    columns.map((column) => headerOf(storeCode, language, column)),
    dialect,
  );
  for (const [position, row] of planRows(storeCode, language).entries()) {
    text += writeRow(storeCode, language, columns, row);
    if (position % rowsPerChunk !== rowsPerChunk - 1) continue;
    yield encodeFeed(text, dialect.encoding);
    text = '';
  }
  if (text !== '') yield encodeFeed(text, dialect.encoding);
}

export interface DemoFeedSummary {
  /** Data rows: all but the header and the help record. */
  readonly rows: number;
  /** Different products, each with at least one row. */
  readonly products: number;
  /** Rows that an import refuses, by the type that they count as. */
  readonly errors: Readonly<Record<ImportErrorType, number>>;
  /** Rows by the one code that was put into them, errors and warnings. */
  readonly codes: Readonly<Partial<Record<RowIssueCode, number>>>;
}

/** What was put into a feed on purpose, for tests that compare it with what an import finds. */
export function demoFeedSummary(storeCode: DemoStoreCode, language: Language): DemoFeedSummary {
  const plan = planRows(storeCode, language);
  const errors = Object.fromEntries(errorTypesByRank.map((type) => [type, 0])) as Record<
    ImportErrorType,
    number
  >;
  const codes: Partial<Record<RowIssueCode, number>> = {};
  for (const { fault } of plan) {
    if (!fault) continue;
    codes[fault.code] = (codes[fault.code] ?? 0) + 1;
    const { type, severity } = issueKind(fault.code);
    if (severity === 'ERROR') errors[type] += 1;
  }
  return { rows: plan.length, products: catalogues[storeCode].productCount, errors, codes };
}

/** A feed as a server offers it. */
export interface DemoFeed {
  /** The last part of its address, `weber-livres-fr.csv`. */
  readonly name: string;
  readonly storeCode: DemoStoreCode;
  readonly language: Language;
  /** A strong entity tag with its quotes (RFC 9110, 8.8.3). */
  readonly etag: string;
  readonly read: () => Generator<Buffer, void, undefined>;
}

const etagOf = (name: string) =>
  `"${createHash('sha256').update(`${demoFeedVersion} ${name}`).digest('hex').slice(0, 24)}"`;

const feedsByName: ReadonlyMap<string, DemoFeed> = new Map(
  demoStores.flatMap(({ code, languages }) =>
    languages.map((language) => {
      const name = demoFeedName(code, language);
      const feed = {
        name,
        storeCode: code,
        language,
        etag: etagOf(name),
        read: () => demoFeed(code, language),
      };
      return [name, feed] as const;
    }),
  ),
);

/** Every name that `findDemoFeed` knows. */
export const demoFeedNames: readonly string[] = [...feedsByName.keys()];

/** The feed of that name, or undefined. */
export const findDemoFeed = (name: string): DemoFeed | undefined => feedsByName.get(name);
