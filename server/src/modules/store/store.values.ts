import { currencies } from '../../product-data/currency.ts';
import { CurrencyUnknownError, StoreCodeMalformedError } from './store.errors.ts';

const codeForm = /^(?=.{2,50}$)[a-z\d]+(-[a-z\d]+)*$/;

/** True for what a store's code may look like: 2 to 50 lower-case letters, digits and single hyphens. */
export const isStoreCode = (text: string): boolean => codeForm.test(text);

/** The code as it is stored, in lower case; throws StoreCodeMalformedError for what cannot be one. */
export function normaliseStoreCode(text: string): string {
  const code = text.trim().toLowerCase();
  if (!isStoreCode(code)) throw new StoreCodeMalformedError();
  return code;
}

/** The code of a currency in use (ISO 4217), in capitals; throws CurrencyUnknownError for anything else. */
export function normaliseCurrency(text: string): string {
  const currency = text.trim().toUpperCase();
  if (!currencies.has(currency)) throw new CurrencyUnknownError(text.trim());
  return currency;
}
