/** Every row of a feed is in one of the first four; together they are `totalProcessed`. Named as the API has them. */
export interface JobCounts {
  readonly importedCount: number;
  readonly updatedCount: number;
  readonly unchangedCount: number;
  readonly errorCount: number;
  readonly totalProcessed: number;
}
