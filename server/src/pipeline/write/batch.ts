import type { Client } from 'pg';
import { maxIdLength } from '../../product-data/attributes.ts';
import { cutText } from '../../product-data/text.ts';
import type { StepTimes } from '../../shared/step-times.ts';
import type {
  Batch,
  BatchCounts,
  FeedRow,
  MappedRow,
  NormalisedRow,
  StoredColumns,
  TimedStep,
} from '../types.ts';
import { classify, type Classified, type ProductRow } from './classify.ts';
import { copyLine, copyLines } from './copy.ts';
import { countsOf, presenceOf } from './counts.ts';
import { digest } from './digest.ts';
import { chooseIssues, type KeptIssue, type Turn } from './issue-limit.ts';
import { KnownProducts, type WantedProduct } from './known-products.ts';
import { copyErrors, recordBatch, type Statements } from './statements.ts';

/** Where the rows of one import go. */
export interface WriteTarget {
  readonly jobId: string;
  /** Fencing token: see `recordBatch`. */
  readonly attempt: number;
  readonly storeId: string;
  readonly storeName: string;
  readonly marketplace: string;
  /** As the database spells it: EN, FR or DE. */
  readonly language: string;
  /** True when it had no product when the attempt began: then none is looked up, unless one is in the way. */
  readonly storeIsNew: boolean;
  /** Names what the bytes of a row depend on beside themselves: header, version of the code, the store's settings. */
  readonly sourceKey: string;
  readonly columns: StoredColumns;
}

/** Reads rows that the database does not know by their bytes. Called once a row. */
export type ReadRows = (rows: readonly MappedRow[]) => Promise<NormalisedRow[]>;

/** The job belongs to a later attempt, or has ended: nothing may be written for it any more. */
export class FencedError extends Error {
  override readonly name = 'FencedError';
}

/** The database no longer held what it had shown a moment ago; the batch has to be tried again. */
export class ConflictError extends Error {
  override readonly name = 'ConflictError';
}

export interface BatchTools {
  readonly statements: Statements;
  readonly read: ReadRows;
  readonly turn: Turn;
  readonly times: StepTimes<TimedStep>;
}

/** The work on one batch, which can be repeated: rows are read once, and turns are taken once. */
export class BatchWork {
  readonly batch: Batch;
  readonly #target: WriteTarget;
  readonly #statements: Statements;
  readonly #read: ReadRows;
  readonly #turn: Turn;
  readonly #times: StepTimes<TimedStep>;
  readonly #sourceHashes = new Map<number, string>();
  readonly #normalised = new Map<number, NormalisedRow>();
  #tried = false;

  constructor(batch: Batch, target: WriteTarget, { statements, read, turn, times }: BatchTools) {
    this.batch = batch;
    this.#target = target;
    this.#statements = statements;
    this.#read = read;
    this.#turn = turn;
    this.#times = times;
  }

  /** Writes rows, errors and the batch's record in one transaction. Throws FencedError, ConflictError or a fault. */
  async write(client: Client): Promise<BatchCounts> {
    const looksUp = !this.#target.storeIsNew || this.#tried;
    this.#tried = true;
    const known = looksUp
      ? await this.#times.time('prefetch', () => this.#findKnown(client))
      : KnownProducts.none;
    const rows = await this.#times.time('normalise', () => this.#readUnknown(known));
    const { kept, codeCounts } = await (this.#choice ??= chooseIssues(rows, this.#turn));
    const classified = classify(rows, known, this.#target.columns, this.#sourceHashes);
    const counts = {
      ...countsOf(this.batch, rows, classified, codeCounts),
      ...presenceOf(this.batch.rows, known, classified),
    };
    await this.#commit(client, classified, kept, counts);
    return counts;
  }

  /** Says that the batch will never be written: those behind it wait for its faults. */
  giveUp(error: unknown): void {
    this.#turn.fail(error);
  }

  #choice: ReturnType<typeof chooseIssues> | null = null;

  #findKnown(client: Client): Promise<KnownProducts> {
    // A row without an id, or with that of an earlier one, is left out: nothing has to be known for it.
    const rows = this.batch.rows.filter((row) => row.marketplaceProductId !== '' && row.duplicateOf === 0);
    return KnownProducts.find(
      client,
      this.#target,
      rows.map((row) => this.#wantedBy(row)),
    );
  }

  /** All rows that have to be looked at; those whose bytes are known are left out. */
  async #readUnknown(known: KnownProducts): Promise<NormalisedRow[]> {
    const unknown = this.batch.rows.filter((mapped) => !this.#isKnown(mapped, known));
    const unread = unknown.filter(({ row }) => !this.#normalised.has(row.rowNumber));
    for (const row of await this.#read(unread)) this.#normalised.set(row.mapped.row.rowNumber, row);
    return unknown.flatMap(({ row }) => this.#normalised.get(row.rowNumber) ?? []);
  }

  #isKnown(mapped: MappedRow, known: KnownProducts): boolean {
    return !mapped.row.fault && mapped.duplicateOf === 0 && known.isStored(this.#wantedBy(mapped));
  }

  #wantedBy({ row, marketplaceProductId }: MappedRow): WantedProduct {
    return { id: marketplaceProductId, sourceHash: row.fault ? '' : this.#sourceHashOf(row) };
  }

  #sourceHashOf({ rowNumber, raw }: FeedRow): string {
    const known = this.#sourceHashes.get(rowNumber);
    if (known !== undefined) return known;
    const sourceHash = this.#target.sourceKey + digest(raw);
    this.#sourceHashes.set(rowNumber, sourceHash);
    return sourceHash;
  }

  async #commit(
    client: Client,
    classified: Classified,
    kept: readonly KeptIssue[],
    counts: BatchCounts,
  ): Promise<void> {
    const { imported, updated } = classified;
    const onlyRecord = imported.length + updated.length + kept.length === 0;
    if (onlyRecord) return this.#record(client, counts);
    await client.query('BEGIN');
    await this.#times.time('copy', () => this.#insert(client, imported));
    await this.#times.time('merge', () => this.#update(client, updated));
    await copyLines(client, copyErrors, kept, (issue) => this.#errorLine(issue));
    await this.#record(client, counts);
    await this.#times.time('commit', () => client.query('COMMIT'));
  }

  async #insert(client: Client, products: readonly ProductRow[]): Promise<void> {
    if (products.length === 0) return;
    const ids = await client.query<{ id: string }>(this.#statements.nextIds, [products.length]);
    const withIds = products.map((product, at) => ({ product, id: ids.rows[at]?.id ?? '' }));
    const { copyProducts, copyTranslations } = this.#statements;
    await copyLines(client, copyProducts, withIds, ({ product, id }) => this.#productLine(product, id));
    await copyLines(client, copyTranslations, withIds, ({ product, id }) =>
      this.#translationLine(product, id),
    );
  }

  async #update(client: Client, products: readonly ProductRow[]): Promise<void> {
    if (products.length === 0) return;
    const idOf = (product: ProductRow) => product.known?.id ?? '';
    const shared = products.filter((product) => product.contentHash !== product.known?.contentHash);
    await client.query(this.#statements.createChanged);
    if (shared.length > 0) {
      await copyLines(client, this.#statements.copyChangedProducts, shared, (product) =>
        this.#productLine(product, idOf(product)),
      );
      const { rowCount } = await client.query(this.#statements.updateProducts);
      if (rowCount !== shared.length) throw new ConflictError('a product is gone');
    }
    await copyLines(client, this.#statements.copyChangedTranslations, products, (product) =>
      this.#translationLine(product, idOf(product)),
    );
    await client.query(this.#statements.upsertTranslations);
  }

  async #record(client: Client, counts: BatchCounts): Promise<void> {
    const { jobId, attempt } = this.#target;
    const { imported, updated, unchanged, errors, warnings, codeCounts } = counts;
    const { added, present, returned } = counts;
    const { rowCount } = await client.query({
      name: 'record-batch',
      text: recordBatch,
      values: [
        jobId,
        attempt,
        this.batch.number,
        imported,
        updated,
        unchanged,
        errors,
        warnings,
        JSON.stringify(codeCounts),
        added,
        present,
        returned,
      ],
    });
    if (rowCount !== 1) throw new FencedError('the job belongs to another attempt');
  }

  #productLine({ row, contentHash }: ProductRow, id: string): string {
    const { storeId, storeName, marketplace, jobId } = this.#target;
    const { marketplaceProductId } = row.mapped;
    return copyLine([
      id,
      storeId,
      storeName,
      marketplace,
      marketplaceProductId,
      jobId,
      contentHash,
      ...row.shared,
    ]);
  }

  #translationLine({ row, contentHash, translationHash, sourceHash }: ProductRow, id: string): string {
    const { storeId, language, jobId } = this.#target;
    return copyLine([
      id,
      storeId,
      language,
      jobId,
      translationHash,
      contentHash,
      sourceHash,
      ...row.translation,
    ]);
  }

  #errorLine({ row, ordinal, issue, isFirst }: KeptIssue): string {
    const { row: feedRow, marketplaceProductId } = row.mapped;
    return copyLine([
      this.#target.jobId,
      String(feedRow.rowNumber),
      String(ordinal),
      String(feedRow.lineNumber),
      cutText(marketplaceProductId, maxIdLength) || null,
      issue.type,
      issue.severity,
      issue.attribute,
      issue.code,
      issue.message,
      // The others of the row are read with it: twenty faults of a long row would keep it twenty times.
      isFirst ? row.rowData : null,
    ]);
  }
}
