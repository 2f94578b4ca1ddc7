import { DomainError } from '../../shared/domain-error.ts';

export class StoreNotFoundError extends DomainError {
  readonly code = 'STORE_NOT_FOUND';

  constructor(storeCode: string, path: readonly string[] = ['storeCode']) {
    super(`There is no store with the code ${storeCode.slice(0, 80)}.`, path);
  }
}
