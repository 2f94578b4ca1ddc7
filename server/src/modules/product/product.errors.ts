import { DomainError } from '../../shared/domain-error.ts';

export class ProductNotFoundError extends DomainError {
  readonly code = 'PRODUCT_NOT_FOUND';

  constructor(path: readonly string[] = ['id']) {
    super('There is no such product in this store. It may have been removed.', path);
  }
}

export class ProductRepeatedError extends DomainError {
  readonly code = 'PRODUCT_REPEATED';

  constructor(path: readonly string[]) {
    super('The product is in the list twice. Say once what it is to be.', path);
  }
}

/** The sentence that goes with the code NO_PRICE, wherever a product is refused for it. */
export const noPriceSentence =
  "The product has no price in the store's currency: the feed gives none. Set a price of your own, then publish it.";

/** A published product would be left without a price. */
export class NoPriceError extends DomainError {
  readonly code = 'NO_PRICE';

  constructor(path: readonly string[]) {
    super(
      'The feed gives no price for this product, and a published product needs one. Set another price, or unpublish it.',
      path,
    );
  }
}

export class SalePriceNotLowerError extends DomainError {
  readonly code = 'SALE_PRICE_NOT_LOWER';

  constructor(path: readonly string[]) {
    super('A sale price is above zero and lower than the price.', path);
  }
}

export class QuantityRangeError extends DomainError {
  readonly code = 'QUANTITY_RANGE';

  constructor(path: readonly string[]) {
    super('The minimum quantity is at least 1, and the maximum quantity is no smaller than it.', path);
  }
}

export class TooManyProductsError extends DomainError {
  readonly code = 'PRODUCTS_LIMIT';

  constructor(limit: number, path: readonly string[]) {
    super(`Choose at most ${limit.toLocaleString('en')} products at a time, or use a filter.`, path);
  }
}
