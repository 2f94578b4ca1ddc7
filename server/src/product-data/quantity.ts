import type { Normalised } from './normalised.ts';
import { remembering } from './remember.ts';
import { spellings } from './spelling.ts';
import { plainText } from './text.ts';

const booleanOf = spellings<boolean>([
  [true, ['yes', 'true', '1', 'y', 't', 'on', 'ja', 'wahr', 'j', 'oui', 'vrai', 'o']],
  [false, ['no', 'false', '0', 'n', 'f', 'off', 'nein', 'falsch', 'non', 'faux']],
]);

/** The truth value that a cell names in English, German or French, or BOOLEAN_UNREADABLE. */
export function readBoolean(text: string): Normalised<boolean> {
  const value = booleanOf(text);
  return value === undefined ? { ok: false, code: 'BOOLEAN_UNREADABLE' } : { ok: true, value };
}

const wholeNumber = /^\+?0*(\d{1,10})(?:[.,]0+)?$/;
/** Largest value of PostgreSQL's type integer. */
const maxInteger = 2_147_483_647;

/** A number with a separator that may stand before decimals or between thousands. */
const couldBeGrouped = /^[1-9]\d{0,2}([.,])\d{3}$/;

/** A whole number between 0 and 2147483647 in decimal digits, or INTEGER_UNREADABLE: so is `1,000`, which could be 1. */
export function readInteger(text: string): Normalised<string> {
  const [, digits] = couldBeGrouped.test(text) ? [] : (wholeNumber.exec(text) ?? []);
  if (digits === undefined || Number(digits) > maxInteger) return { ok: false, code: 'INTEGER_UNREADABLE' };
  return { ok: true, value: digits };
}

/** Units of Google's measures (Merchant Center answers 6324455, 6324490), each with its other spellings. */
const unitOf = spellings<string>([
  ['oz', ['oz', 'ounce', 'ounces', 'Unze', 'Unzen', 'once', 'onces']],
  ['lb', ['lb', 'lbs', 'pound', 'pounds']],
  ['mg', ['mg', 'Milligramm', 'milligramme', 'milligrammes']],
  ['g', ['g', 'gr', 'gram', 'grams', 'Gramm', 'gramme', 'grammes']],
  ['kg', ['kg', 'kgs', 'kilo', 'kilos', 'Kilogramm', 'kilogram', 'kilograms', 'kilogramme', 'kilogrammes']],
  ['floz', ['floz', 'fl oz', 'fl. oz', 'fluid ounce', 'fluid ounces']],
  ['pt', ['pt', 'pint', 'pints']],
  ['qt', ['qt', 'quart', 'quarts']],
  ['gal', ['gal', 'gallon', 'gallons']],
  ['ml', ['ml', 'Milliliter', 'millilitre', 'millilitres']],
  ['cl', ['cl', 'Zentiliter', 'centiliter', 'centilitre', 'centilitres']],
  ['dl', ['dl', 'Deziliter', 'decilitre', 'décilitre', 'décilitres']],
  ['l', ['l', 'ltr', 'Liter', 'litre', 'litres', 'liters']],
  ['cbm', ['cbm', 'm3', 'Kubikmeter', 'mètre cube']],
  ['in', ['in', 'inch', 'inches', 'Zoll', 'pouce', 'pouces', '"', '″']],
  ['ft', ['ft', 'foot', 'feet']],
  ['yd', ['yd', 'yard', 'yards']],
  ['mm', ['mm', 'Millimeter', 'millimètre', 'millimètres']],
  ['cm', ['cm', 'Zentimeter', 'centimeter', 'centimètre', 'centimètres']],
  ['m', ['m', 'Meter', 'metre', 'mètre', 'mètres']],
  ['sqft', ['sqft', 'sq ft', 'ft2']],
  ['sqm', ['sqm', 'm2', 'qm', 'Quadratmeter', 'mètre carré']],
  ['ct', ['ct', 'pc', 'pcs', 'piece', 'pieces', 'Stück', 'Stk', 'St', 'pièce', 'pièces']],
  ['sheet', ['sheet', 'sheets', 'Blatt', 'feuille', 'feuilles']],
  ['item', ['item', 'items', 'Artikel', 'article', 'articles']],
]);

const measure = /^(\d{1,12}|\d{0,12}[.,]\d{1,12})\s*(["″]|\p{L}[\p{L}. ]{0,20}[23]?)$/u;
const maxMeasureLength = 60;
/** Units of which hardly anyone counts thousandths: `1.000 g` may well be a thousand. */
const wholeUnits = new Set(['mg', 'g', 'ml', 'mm', 'ct', 'sheet', 'item']);
const tidyFraction = /\.?0+$/;

function tidyNumber(text: string): string {
  const [integer = '', fraction] = text.replace(',', '.').split('.');
  const digits = integer.replace(/^0+(?=\d)/, '') || '0';
  return fraction === undefined ? digits : `${digits}.${fraction}`.replace(tidyFraction, '');
}

const raisedAtEnd = /(\p{L})([²³])$/u;
/** Digits that NFKC would turn into others: `10² kg` is not 102 kg. */
const raisedDigits = /\p{No}/u;
const withoutRaisedEnd = (text: string) =>
  text.replace(raisedAtEnd, (_, unit: string, sign: string) => `${unit}${sign === '²' ? '2' : '3'}`);

/**
 * A number and Google's name of its unit with one blank between, as in `750 ml`, or MEASURE_UNREADABLE. The
 * comma is a decimal one, except that `1,500 kg` could be either and is refused; so is `1.500 g`.
 */
export const readMeasure = remembering((text: string): Normalised<string> => {
  const spelled = text.length > maxMeasureLength ? '' : withoutRaisedEnd(text);
  if (spelled === '' || raisedDigits.test(spelled)) return { ok: false, code: 'MEASURE_UNREADABLE' };
  const [, number, unitText] = measure.exec(plainText(spelled)) ?? [];
  const unit = unitText === undefined ? undefined : unitOf(unitText.replaceAll('.', ''));
  if (number === undefined || unit === undefined) return { ok: false, code: 'MEASURE_UNREADABLE' };
  const [, separator] = couldBeGrouped.exec(number) ?? [];
  if (separator === ',' || (separator === '.' && wholeUnits.has(unit)))
    return { ok: false, code: 'MEASURE_UNREADABLE' };
  return { ok: true, value: `${tidyNumber(number)} ${unit}` };
});
