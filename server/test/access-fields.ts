/**
 * Fields that everybody may see who sees their object, of those types that show more to some than to others. Every
 * other field of theirs has a line in the table of access: somebody who adds one decides which it is.
 */
export const seenWithTheirObject: Readonly<Record<string, readonly string[]>> = {
  User: ['id'],
  StoreMember: ['id', 'role', 'email', 'user', 'store', 'createdAt'],
  Merchant: ['id', 'name', 'active', 'createdAt', 'updatedAt'],
  Store: [
    ...['id', 'code', 'name', 'active', 'currency', 'timeZone', 'autoPublish', 'createdAt', 'updatedAt'],
    ...['importJobs', 'letzshopCsvUrlEn', 'letzshopCsvUrlDe'],
    ...['goneFromFeed', 'shrinkLimitPercent', 'catalogue', 'openPublications'],
  ],
  ImportJob: [
    ...['id', 'store', 'createdBy', 'marketplace', 'language', 'batchSize', 'status', 'revision', 'attempt'],
    ...['importedCount', 'updatedCount', 'unchangedCount', 'errorCount', 'warningCount'],
    ...['totalProcessed', 'totalRows', 'bytesTotal', 'progress', 'phases', 'nothingNew', 'missing'],
    ...['encoding', 'delimiter', 'format', 'headerWarnings', 'failure', 'retryOf'],
    ...['errors', 'errorGroups', 'errorsCsvUrl'],
    ...['createdAt', 'startedAt', 'completedAt', 'updatedAt', 'durationMs'],
    ...['cancelRequestedAt', 'restartedAt', 'lastSignAt', 'errorsRemovedAt'],
  ],
};
