import { settleCurrency } from '../../product-data/currency.ts';
import type { Normalised } from '../../product-data/normalised.ts';
import { readPrice, type Price } from '../../product-data/price.ts';
import { isPlaceholder } from '../../product-data/text.ts';
import type { AttributeColumns, ColumnMap, FeedContext } from '../types.ts';
import type { PriceColumns } from './price-columns.ts';
import { cleanCell, filledIndex, type AttributeReader, type RowCells } from './row-cells.ts';

/** The amount in a cell that is not blank; a cell with two meanings is read as its whole column says. */
function readAmount(row: RowCells, cell: string, index: number, prices: PriceColumns): Normalised<Price> {
  const price = readPrice(cell);
  if (price.ok || price.code !== 'PRICE_AMBIGUOUS') return price;
  row.ambiguous = true;
  return readPrice(cell, prices.separators(index));
}

/** `NaN` is no word for a missing price, but a sum that went wrong. */
const isEmpty = (cell: string) => cell === '' || (isPlaceholder(cell) && cell.toLowerCase() !== 'nan');

/** `price`, and the currency that holds for all amounts of the row. One that cannot be read refuses the row. */
export function currencyReader(
  { indexes, currency }: AttributeColumns,
  map: ColumnMap,
  { storeCurrency }: FeedContext,
  prices: PriceColumns,
): AttributeReader {
  return {
    columns: ['price', 'currency'],
    read(row, values) {
      const index = filledIndex(row, indexes, isEmpty);
      const cell = cleanCell(row, index, 'price');
      if (isEmpty(cell)) {
        row.report('PRICE_MISSING', 'price', cell, index);
        return void values.push(null, null);
      }
      const price = readAmount(row, cell, index, prices);
      if (!price.ok) {
        row.report(price.code, 'price', cell, index);
        return void values.push(null, null);
      }
      const fromCell = price.value.currency ?? currency;
      const fromColumn = row.cell(filledIndex(row, map.currency, isPlaceholder));
      const settled = settleCurrency({ fromCell, fromColumn, storeCurrency });
      if (!settled.ok) {
        row.report(settled.code, 'price', fromColumn ? `${cell} ${fromColumn}` : cell, index);
        return void values.push(null, null);
      }
      if (price.warning) row.report(price.warning, 'price', cell, index);
      row.price = { amount: price.value.amount, currency: settled.value };
      values.push(price.value.amount, settled.value);
    },
  };
}

/** Other amounts of a product, which are in the currency of its price. Only a sale price refuses the row. */
export function priceReader(
  { attribute, indexes, currency: ofHeader }: AttributeColumns,
  { storeCurrency }: FeedContext,
  prices: PriceColumns,
): AttributeReader {
  const { name } = attribute;
  const sale = name === 'sale_price';
  return {
    columns: [name],
    read(row, values) {
      const index = filledIndex(row, indexes, isEmpty);
      const cell = cleanCell(row, index, name);
      if (isEmpty(cell)) return void values.push(null);
      const price = readAmount(row, cell, index, prices);
      // A sale price beside no price is left out, whatever its currency is.
      const counts = price.ok && (!sale || row.price);
      const currency = counts ? amountCurrency(price.value.currency ?? ofHeader, row, storeCurrency) : price;
      if (!price.ok || !currency.ok) {
        const code = price.ok ? (currency.ok ? 'AMOUNT_UNREADABLE' : currency.code) : price.code;
        row.report(sale ? code : 'AMOUNT_UNREADABLE', name, cell, index);
        return void values.push(null);
      }
      const kept = !sale || isSale(row, price.value.amount, cell, index);
      if (kept && price.warning && price.warning !== 'PRICE_ZERO')
        row.report(price.warning, name, cell, index);
      values.push(kept ? price.value.amount : null);
    },
  };
}

function amountCurrency(fromCell: string | null, row: RowCells, storeCurrency: string): Normalised<string> {
  const expected = row.price?.currency ?? storeCurrency;
  const settled = settleCurrency({ fromCell, fromColumn: null, storeCurrency: expected });
  if (!settled.ok || settled.value === expected) return settled;
  return { ok: false, code: 'CURRENCY_CONFLICT' };
}

const minorUnits = (amount: string) => BigInt(amount.replace('.', ''));

/** A sale price counts only below a price: nobody sells for nothing, or dearer, because of an export's default. */
function isSale(row: RowCells, amount: string, cell: string, index: number): boolean {
  if (!row.price) {
    row.report('SALE_PRICE_WITHOUT_PRICE', 'sale_price', cell, index);
    return false;
  }
  const sale = minorUnits(amount);
  if (sale > 0n && sale < minorUnits(row.price.amount)) return true;
  row.report(sale === 0n ? 'SALE_PRICE_ZERO' : 'SALE_PRICE_NOT_LOWER', 'sale_price', cell, index);
  return false;
}
