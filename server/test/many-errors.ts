import type { Db } from '../src/platform/database.ts';

/**
 * Faults of one job, one a row, made by the database itself: most are unreadable prices, one in a thousand is a
 * missing title, and the last ten rows have warnings. Rows have three columns; the last row has one more.
 */
export async function buildManyErrors(db: Db, jobId: string, count: number): Promise<void> {
  await db.$executeRaw`
    INSERT INTO marketplace_import_errors
      (job_id, row_number, ordinal, line_number, identifier, error_type, severity, attribute, code, error_message, row_data)
    SELECT ${jobId}::uuid, n, 0, n + 1, 'P' || n,
      (CASE code WHEN 'MISSING_TITLE' THEN 'MISSING_TITLE' ELSE 'VALIDATION_ERROR' END)::import_error_type,
      (CASE code WHEN 'GTIN_MALFORMED' THEN 'WARNING' ELSE 'ERROR' END)::severity, 'price', code,
      'The price "soon" cannot be read. Write it as 24.90 EUR, or leave it empty.',
      ('{"zeta":"' || repeat('some text ', 20) || '","id":"P' || n || '","alpha":"=1"' ||
        CASE WHEN n = ${count}::int THEN ',"column 4":"x"' ELSE '' END || '}')::json
    FROM (
      SELECT n, CASE WHEN n > ${count}::int - 10 THEN 'GTIN_MALFORMED' WHEN n % 1000 = 0 THEN 'MISSING_TITLE'
        ELSE 'PRICE_UNREADABLE' END AS code
      FROM generate_series(1, ${count}::int) AS n
    ) AS faults`;
  await db.$executeRaw`
    INSERT INTO marketplace_import_batches (job_id, batch_number, attempt, error_count, code_counts)
    SELECT ${jobId}::uuid, n, 1, 1000, '{"PRICE_UNREADABLE": 999, "MISSING_TITLE": 1}'
    FROM generate_series(1, ${count}::int / 1000) AS n`;
  await db.$executeRaw`ANALYZE marketplace_import_errors, marketplace_import_batches`;
}
