import { currencies } from '../../product-data/currency.ts';
import { CurrencyUnknownError, StoreCodeMalformedError, TimeZoneUnknownError } from './store.errors.ts';

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

/** Names such as Europe/Luxembourg and UTC; no offsets, which know no summer. */
const timeZoneForm = /^[a-z]+([/_+-][a-z\d]+)*$/i;

/** The zone's name as the IANA database spells it; throws TimeZoneUnknownError for what is none. */
export function normaliseTimeZone(text: string): string {
  const name = text.trim();
  try {
    if (timeZoneForm.test(name)) {
      return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone;
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  throw new TimeZoneUnknownError(name);
}
