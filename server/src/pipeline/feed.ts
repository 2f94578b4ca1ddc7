import { FeedRefusal } from '../product-data/feed-refusal.ts';
import { batchesOf } from './batches.ts';
import { decode } from './decode.ts';
import { mapColumns } from './map/columns.ts';
import { RowMapper } from './map.ts';
import { PriceColumns } from './normalise/price-columns.ts';
import { RowNormaliser, normaliserVersion } from './normalise.ts';
import { readHeader, readRowCells, readRows, type RowOptions } from './parse.ts';
import { defaultSourceLimits } from './source/limits.ts';
import type {
  Batch,
  FeedContext,
  FeedHeader,
  FeedText,
  FileReport,
  MappedRow,
  NormalisedRow,
  SeenProducts,
  SpooledFeed,
  StoredColumns,
} from './types.ts';
import { digest } from './write/digest.ts';

/** A feed whose header makes sense. Rows are framed in order; each is read only when someone asks for it. */
export interface OpenFeed extends SeenProducts {
  readonly file: FileReport;
  /** Header of each recognised column, and the attribute that it holds. */
  readonly recognised: ReadonlyMap<string, string>;
  readonly extra: readonly string[];
  readonly columns: StoredColumns;
  /** Changes with everything that the meaning of a row's bytes depends on. */
  readonly sourceKey: string;
  batches(batchSize: number): AsyncIterable<Batch>;
  read(rows: readonly MappedRow[]): Promise<NormalisedRow[]>;
  /** The cells of a row as the file has them, each with its header; of headers that repeat, the first. */
  cellsOf(row: MappedRow): ReadonlyMap<string, string>;
}

export interface ReadingOptions {
  /** Of a feed that has more rows no more are read. */
  readonly maxRows?: number;
  /** Hears of each thing as it is found out: a file that is refused later has them still. */
  readonly onFound?: (found: Partial<FileReport>) => void;
}

/**
 * The steps between the spooled file and what is stored: decode, parse, map, normalise. Throws a FeedRefusal
 * when the file as a whole cannot be read; so does `batches`, behind the last row that it gives, when the file breaks
 * off or has too many of them.
 */
export async function openSpooledFeed(
  spooled: SpooledFeed,
  context: FeedContext,
  { maxRows = defaultSourceLimits.rows, onFound = () => undefined }: ReadingOptions = {},
): Promise<OpenFeed> {
  const text = await decode(spooled);
  onFound({ encoding: text.encoding });
  const header = await readHeader(text);
  onFound({ delimiter: header.delimiter });
  const map = mapColumns(header.columns, context.storeCurrency);
  const mapper = new RowMapper(
    map,
    header.delimiter,
    (row) => readRowCells([row], header.delimiter)[0] ?? [],
  );
  const [idColumn = -1] = map.id;
  const prices = new PriceColumns(map, () => readAllCells(text, header, { idColumn, maxRows }));
  const normaliser = new RowNormaliser(map, context, prices, text.damaged);

  const { language, storeCurrency, timeZone } = context;
  const { delimiter, columns, usualWidth } = header;
  const meaning = [delimiter, columns, usualWidth, language, storeCurrency, timeZone, text.damaged];
  const headerBytes = Buffer.byteLength(header.columns.join());
  let bytesRead = 0;
  const onBytes = (bytes: number) => void (bytesRead = bytes);
  const onHelp = (raw: Buffer) => mapper.addHelp(raw);
  const rows = () => readRows(text, header, { idColumn, maxRows, onBytes, onHelp });
  return {
    file: {
      encoding: text.encoding,
      delimiter: header.delimiter,
      format: map.format,
      warnings: map.warnings,
    },
    recognised: map.recognised,
    extra: map.extra.map((index) => header.columns[index] ?? ''),
    columns: normaliser.columns,
    sourceKey: sourceKeyOf([normaliserVersion, ...meaning]),
    batches: (batchSize) =>
      batchesOf(
        rows(),
        (row) => mapper.map(row),
        batchSize,
        () => bytesRead,
        headerBytes,
      ),
    async read(mapped) {
      const cells = readRowCells(
        mapped.map(({ row }) => row),
        header.delimiter,
      );
      await prices.settle(cells);
      return mapped.map((row, at) => normaliser.normalise(row, cells[at] ?? []));
    },
    hasSeen: (marketplaceProductId) => mapper.hasSeen(marketplaceProductId),
    mayHaveSeen: (marketplaceProductId) => mapper.mayHaveSeen(marketplaceProductId),
    cellsOf({ row }) {
      const [cells = []] = readRowCells([row], header.delimiter);
      // From the last to the first, so that the first of those with one name stays.
      return new Map(header.columns.map((name, at) => [name, cells[at] ?? ''] as const).reverse());
    },
  };
}

const sourceKeyOf = (parts: readonly unknown[]) => digest(JSON.stringify(parts)).slice(0, 8);

/** The cells of all rows that can be taken apart. */
async function* readAllCells(
  text: FeedText,
  header: FeedHeader,
  options: RowOptions,
): AsyncGenerator<string[][]> {
  try {
    for await (const group of readRows(text, header, options)) {
      yield readRowCells(
        group.filter((row) => !row.fault),
        header.delimiter,
      );
    }
  } catch (error) {
    // Where the file breaks off is said when its rows are imported.
    if (!(error instanceof FeedRefusal)) throw error;
  }
}
