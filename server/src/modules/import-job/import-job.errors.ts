import type { FeedRefusal } from '../../product-data/feed-refusal.ts';
import { DomainError } from '../../shared/domain-error.ts';

/** By itself or, which its owner cannot change, with its merchant. */
export class StoreInactiveError extends DomainError {
  readonly code = 'STORE_INACTIVE';

  constructor(storeCode: string, off: 'store' | 'merchant', path: readonly string[]) {
    super(
      off === 'store'
        ? `The store ${storeCode} is switched off. Switch it on before you import.`
        : `The merchant of the store ${storeCode} is switched off. Only the platform can switch it on again.`,
      path,
    );
  }
}

export class TooManyWaitingError extends DomainError {
  readonly code = 'TOO_MANY_WAITING';

  constructor(most: number) {
    super(
      `${most} imports of this store are waiting already, and no more can. Wait until some have ended, or cancel some.`,
    );
  }
}

/** The address of a feed cannot be fetched from; its code and sentence are those of the refusal. */
export class FeedAddressError extends DomainError {
  readonly code: string;

  constructor(refusal: FeedRefusal, path: readonly string[]) {
    super(refusal.message, path);
    this.code = refusal.code;
  }
}

export class BatchSizeError extends DomainError {
  readonly code = 'BATCH_SIZE_OUT_OF_RANGE';

  constructor(smallest: number, largest: number) {
    super(`Choose a batch size from ${smallest} to ${largest.toLocaleString('en')}.`, ['batchSize']);
  }
}

export class MarketplaceUnknownError extends DomainError {
  readonly code = 'MARKETPLACE_UNKNOWN';

  constructor(marketplace: string, known: string) {
    super(`Feeds of "${marketplace.slice(0, 80)}" cannot be imported. The marketplace has to be ${known}.`, [
      'marketplace',
    ]);
  }
}

/** The import read a file that the command line sent; nothing is left of it to read again. */
export class ImportFileGoneError extends DomainError {
  readonly code = 'IMPORT_FILE_GONE';

  constructor() {
    super(
      'This import read a file that was sent from the command line, and the file is not kept. ' +
        'Send it again, or start an import from the address of a feed.',
      ['id'],
    );
  }
}

export class ImportJobNotFoundError extends DomainError {
  readonly code = 'IMPORT_JOB_NOT_FOUND';

  constructor() {
    super('There is no such import.', ['id']);
  }
}

export class MissingNotHeldError extends DomainError {
  readonly code = 'MISSING_NOT_HELD';

  constructor() {
    super('This import asks nothing about missing products. Somebody may have answered, or a later import.', [
      'id',
    ]);
  }
}

/** Its end answers the question, unless it brings nothing new; what it compares must not change meanwhile. */
export class NewerImportRunningError extends DomainError {
  readonly code = 'NEWER_IMPORT_RUNNING';

  constructor() {
    super(
      'A newer import in this language has begun and may answer the question. If it is still open when that import ends, answer then.',
      ['id'],
    );
  }
}

export class ImportJobEndedError extends DomainError {
  readonly code = 'IMPORT_JOB_ENDED';

  constructor() {
    super('This import has ended already.', ['id']);
  }
}

export class ImportJobNotEndedError extends DomainError {
  readonly code = 'IMPORT_JOB_NOT_ENDED';

  constructor() {
    super('This import has not ended yet. Cancel it first, or wait for its end.', ['id']);
  }
}
