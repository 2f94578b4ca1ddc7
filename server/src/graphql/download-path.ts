/** Where the faults of an import are fetched; a token follows, and `.csv`. */
export const errorDownloadPath = '/api/import-errors/';
