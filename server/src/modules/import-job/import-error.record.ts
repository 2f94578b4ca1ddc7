import { Prisma, type MarketplaceImportError } from '../../generated/prisma/client.ts';

/**
 * A fault with the store whose import met it, which says who may see it. Without its row, which is read where it is
 * asked for.
 */
export type KeptError = Omit<MarketplaceImportError, 'rowData'> & { readonly storeId: string };

/** The row of a fault as the feed has it: cells by column. */
export type RowData = Readonly<Record<string, string>>;

/** A fault's place among all: its job, its row, and its place within the row. */
export type ErrorKey = Pick<MarketplaceImportError, 'jobId' | 'rowNumber' | 'ordinal'>;

const form = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}):(\d{1,9}):(\d{1,9})$/;

/** The key as one text, for a global id. */
export const errorKeyText = ({ jobId, rowNumber, ordinal }: ErrorKey): string =>
  `${jobId}:${rowNumber}:${ordinal}`;

/** The key of such a text, or null for any other. */
export function parseErrorKey(text: string): ErrorKey | null {
  const [, jobId, rowNumber, ordinal] = form.exec(text) ?? [];
  if (jobId === undefined) return null;
  return { jobId, rowNumber: Number(rowNumber), ordinal: Number(ordinal) };
}

/** The row of a fault `e` as the feed has it: the first that is kept of each row has it for all of them. */
export const rowDataOfFault = Prisma.sql`
  COALESCE(e.row_data, (
    SELECT first.row_data FROM marketplace_import_errors first
    WHERE first.job_id = e.job_id AND first.row_number = e.row_number
    ORDER BY first.ordinal LIMIT 1
  ))`;
