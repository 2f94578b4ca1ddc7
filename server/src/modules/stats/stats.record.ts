import type { Store } from '../../generated/prisma/client.ts';

/** How many imports there are, in all and by state. */
export interface ImportCounts {
  readonly total: number;
  readonly pending: number;
  readonly processing: number;
  readonly completed: number;
  readonly completedWithErrors: number;
  readonly failed: number;
  readonly cancelled: number;
}

/** The imports that were asked for on one day, as they are now. */
export interface DayStats extends ImportCounts {
  /** ISO 8601, without a time. */
  readonly day: string;
  /** Rows that were read. */
  readonly rows: number;
  /** Rows that were left out. */
  readonly rowErrors: number;
}

export interface StoreDuration {
  readonly store: Store;
  readonly imports: number;
  readonly typicalDurationMs: number;
  readonly longestDurationMs: number;
}

export interface StoreFailures {
  readonly store: Store;
  readonly imports: number;
  readonly failed: number;
}

export interface QueueStats {
  readonly waiting: number;
  readonly running: number;
  readonly places: number;
  readonly oldestWaitingSeconds: number | null;
  readonly typicalWaitMs: number | null;
  readonly longestWaitMs: number | null;
  readonly rowsPerSecond: number;
}

/** Figures of imports, of one moment. */
export interface StatsRecord {
  readonly imports: ImportCounts;
  readonly days: readonly DayStats[];
  /** IANA name: where a day begins. */
  readonly timeZone: string;
  readonly slowestStores: readonly StoreDuration[];
  readonly mostFailingStores: readonly StoreFailures[];
  readonly queue: QueueStats;
  readonly at: Date;
}

/** Whose imports are counted: a store's, or all of them. */
export interface StatsScope {
  readonly storeId: string | null;
}
