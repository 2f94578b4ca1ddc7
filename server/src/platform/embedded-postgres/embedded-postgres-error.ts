export type EmbeddedPostgresCode =
  | 'PLATFORM_UNSUPPORTED'
  | 'BINARIES_UNUSABLE'
  | 'FOLDER_UNUSABLE'
  | 'RECORD_LOST'
  | 'CLUSTER_LOST'
  | 'VERSION_DIFFERS'
  | 'DISK_FULL'
  | 'PORT_UNAVAILABLE'
  | 'START_FAILED'
  | 'SERVER_LOST'
  | 'STOP_FAILED';

/** The embedded PostgreSQL cannot be had. The message is for the person at the terminal, and says what helps. */
export class EmbeddedPostgresError extends Error {
  readonly code: EmbeddedPostgresCode;
  constructor(code: EmbeddedPostgresCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'EmbeddedPostgresError';
    this.code = code;
  }
}
