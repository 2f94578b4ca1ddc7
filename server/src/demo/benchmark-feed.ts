import { open } from 'node:fs/promises';
import { BenchmarkPlan, type BenchmarkFault, type BenchmarkFeedOptions } from './benchmark-rows.ts';
import { productAt } from './catalogue.ts';
import { cellsOf, type FeedCells } from './feed-cells.ts';
import { at, mix } from './random.ts';
import { demoStores } from './shops.ts';

/** The columns of a benchmark feed; seven of them are of the kind that each language has its own of. */
export const benchmarkColumns: readonly string[] = [
  ...['id', 'title', 'description', 'link', 'image_link', 'additional_image_link', 'availability', 'price'],
  ...['sale_price', 'sale_price_effective_date', 'gtin', 'condition', 'brand', 'mpn'],
  ...['google_product_category', 'product_type', 'item_group_id', 'color', 'size', 'material'],
  ...['shipping', 'shipping_weight', 'custom_label_0', 'custom_label_1'],
];

const templatesPerStore = 200;
const rowsPerChunk = 512;

/**
 * The parts of a row that many rows share, cut where a row has something of its own. Each character stands
 * for one byte of UTF-8: joining and writing such strings is a third of the work of joining real text.
 */
interface RowTemplate {
  readonly title: string;
  /** From the end of the title to the number that ends the link. */
  readonly untilLink: string;
  readonly untilPicture: string;
  readonly untilAvailability: string;
  readonly availability: string;
  readonly fromCondition: string;
}

const asBytes = (text: string) => Buffer.from(text, 'utf8').toString('latin1');
const quoted = (cell: string) => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

function templateOf(cells: FeedCells): RowTemplate {
  const cell = (name: string) => cells[name] ?? '';
  const rest = benchmarkColumns.slice(benchmarkColumns.indexOf('condition'));
  const values = { ...cells, custom_label_1: 'benchmark' };
  return {
    title: asBytes(cell('title').replaceAll('"', '""')),
    untilLink: asBytes(`",${quoted(cell('description'))},${cell('link')}-`),
    untilPicture: ',https://images.example.test/benchmark/',
    untilAvailability: asBytes(`.jpg,${quoted(cell('additional_image_link'))},`),
    availability: asBytes(cell('availability')),
    fromCondition: asBytes(`,${rest.map((name) => quoted((values as FeedCells)[name] ?? '')).join(',')}`),
  };
}

const templates = (): RowTemplate[] =>
  demoStores.flatMap(({ code }) =>
    Array.from({ length: templatesPerStore }, (_, index) => {
      const product = productAt(code, index);
      return templateOf(
        cellsOf(code, 'en', { ...product, availability: 'in_stock', availableOn: undefined }),
      );
    }),
  );

const digitsOf = (row: number) => String(row + 1).padStart(8, '0');

/** A GTIN-13 of the row's own, as a number: the sum of GS1 General Specifications 7.9 without any text. */
function gtinOf(row: number): string {
  const digits = 978_200_000_000 + ((row * 7919 + 3571) % 1e8);
  let rest = digits;
  let sum = 0;
  for (let weight = 3; rest > 0; weight = 4 - weight) {
    const next = Math.floor(rest / 10);
    sum += (rest - next * 10) * weight;
    rest = next;
  }
  return String(digits * 10 + ((10 - (sum % 10)) % 10));
}

const amount = (cents: number) => `${(cents / 100) | 0}.${cents % 100 < 10 ? '0' : ''}${cents % 100} EUR`;
const salePeriod = '2026-11-02T00:00+0100/2027-01-06T23:59+0100';

/** What a row has of its own. */
interface RowValues {
  id: string;
  title: string;
  availability: string;
  price: string;
  sale: string;
  gtin: string;
  end: string;
}

type Spoil = (values: RowValues, originalId: () => string) => Partial<RowValues>;

const spoilers: Readonly<Record<Exclude<BenchmarkFault, null>, Spoil>> = {
  PARSE_ERROR: () => ({ end: ',stray,cells\n' }),
  MISSING_ID: () => ({ id: '' }),
  MISSING_TITLE: () => ({ title: '' }),
  DUPLICATE_ID: (_, originalId) => ({ id: originalId() }),
  // The letter O in place of the last zero.
  VALIDATION_ERROR: ({ price }) => ({ price: price.replace(/\d EUR/, 'O EUR'), sale: '' }),
  GTIN_CHECK_DIGIT: ({ gtin }) => ({ gtin: gtin.slice(0, -1) + String((Number(gtin.at(-1)) + 1) % 10) }),
  GTIN_DAMAGED: () => ({ gtin: '9.78238E+12' }),
  AVAILABILITY_UNKNOWN: () => ({ availability: 'ask in store' }),
  PRICE_MISSING: () => ({ price: '', sale: '' }),
  SALE_PRICE_NOT_LOWER: ({ price }) => ({ sale: price }),
};

function valuesOf(row: number, plan: BenchmarkPlan, template: RowTemplate): RowValues {
  const chance = mix(plan.seed + row);
  const changed = plan.isChanged(row);
  const cents = 500 + (chance % 20_000) + (changed ? 100 : 0);
  const digits = digitsOf(row);
  const values = {
    id: `B${digits}`,
    title: `${template.title}, ${changed && row % 2 === 0 ? 'new ' : ''}no. ${digits}`,
    availability: template.availability,
    price: amount(cents),
    sale: chance % 5 === 0 ? amount(Math.floor(cents * 0.8)) : '',
    gtin: gtinOf(row),
    end: '\n',
  };
  const fault = plan.faultOf(row);
  if (fault === null) return values;
  const originalId = () => `B${digitsOf(plan.originalOf(row) ?? 0)}`;
  return { ...values, ...spoilers[fault](values, originalId) };
}

/** One row with its line end, of characters that stand for bytes. */
function rowOf(row: number, plan: BenchmarkPlan, template: RowTemplate): string {
  const { id, title, availability, price, sale, gtin, end } = valuesOf(row, plan, template);
  const digits = digitsOf(row);
  const period = sale === '' ? '' : salePeriod;
  return (
    `${id},"${title}${template.untilLink}${digits}${template.untilPicture}${digits}` +
    `${template.untilAvailability}${availability},${price},${sale},${period},${gtin}` +
    template.fromCondition +
    end
  );
}

/**
 * A feed in Google's format of any size, in chunks of some 400 kB: comma, UTF-8, 24 columns, about 780 bytes
 * a row. The same options give the same bytes; with `changedShare` all other rows keep theirs. Memory does
 * not grow with the rows. Throws a RangeError for options that make no sense.
 */
export function* benchmarkFeed(options: BenchmarkFeedOptions): Generator<Buffer, void, undefined> {
  const plan = new BenchmarkPlan(options);
  const rowTemplates = templates();
  let chunk = `${benchmarkColumns.join(',')}\n`;
  for (let row = 0; row < plan.rows; row += 1) {
    chunk += rowOf(row, plan, at(rowTemplates, mix(row)));
    if (row % rowsPerChunk !== rowsPerChunk - 1) continue;
    yield Buffer.from(chunk, 'latin1');
    chunk = '';
  }
  if (chunk !== '') yield Buffer.from(chunk, 'latin1');
}

/** The size in bytes of the feed written to `path`, in place of any file there. */
export async function writeBenchmarkFeed(path: string, options: BenchmarkFeedOptions): Promise<number> {
  await using file = await open(path, 'w');
  let bytes = 0;
  for (const chunk of benchmarkFeed(options)) {
    await file.writeFile(chunk);
    bytes += chunk.length;
  }
  return bytes;
}
