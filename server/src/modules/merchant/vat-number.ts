import { VatNumberMalformedError } from './merchant.errors.ts';

/** What follows the country (European Commission, VIES, "VAT identification numbers' structure"). */
const forms: Readonly<Record<string, RegExp>> = {
  AT: /^U\d{8}$/,
  BE: /^[01]\d{9}$/,
  BG: /^\d{9,10}$/,
  CY: /^\d{8}[A-Z]$/,
  CZ: /^\d{8,10}$/,
  DE: /^\d{9}$/,
  DK: /^\d{8}$/,
  EE: /^\d{9}$/,
  // Greece, which here is not GR.
  EL: /^\d{9}$/,
  ES: /^([A-Z]\d{7}[A-Z\d]|\d{8}[A-Z])$/,
  FI: /^\d{8}$/,
  FR: /^[A-HJ-NP-Z\d]{2}\d{9}$/,
  HR: /^\d{11}$/,
  HU: /^\d{8}$/,
  IE: /^(\d[A-Z\d+*]\d{5}[A-Z]|\d{7}[A-Z]{2})$/,
  IT: /^\d{11}$/,
  LT: /^(\d{9}|\d{12})$/,
  LU: /^\d{8}$/,
  LV: /^\d{11}$/,
  MT: /^\d{8}$/,
  NL: /^[A-Z\d+*]{9}B\d{2}$/,
  PL: /^\d{10}$/,
  PT: /^\d{9}$/,
  RO: /^\d{2,10}$/,
  SE: /^\d{12}$/,
  SI: /^\d{8}$/,
  SK: /^\d{10}$/,
  // Northern Ireland, for goods.
  XI: /^(\d{9}|\d{12}|GD\d{3}|HA\d{3})$/,
};

/**
 * The number as it is stored: capitals, country first, without blanks, dots and hyphens; null for blank text. Throws
 * VatNumberMalformedError for what no member state gives out. Whether it was given out only its registry knows.
 */
export function normaliseVatNumber(text: string): string | null {
  const number = text.replaceAll(/[\s.-]/g, '').toUpperCase();
  if (number === '') return null;
  if (!forms[number.slice(0, 2)]?.test(number.slice(2))) throw new VatNumberMalformedError(text.trim());
  return number;
}
