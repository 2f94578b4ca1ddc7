// @module-tag platform
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  attributes,
  camelCase,
  type AttributeKind,
  type derivedColumns,
} from '../src/product-data/attributes.ts';
import { errorTypesByRank } from '../src/product-data/codes.ts';

/** The files are read as text: what counts is what Prisma and the database are told. */
const folder = resolve(import.meta.dirname, '../../prisma/schema');
const read = (file: string) => readFileSync(join(folder, file), 'utf8');

function blockOf(file: string, head: string): string[] {
  const [, body = ''] = read(file).split(`${head} {\n`);
  const lines = body.slice(0, body.indexOf('\n}')).split('\n');
  return lines.map((line) => line.trim()).filter((line) => line !== '' && !/^(\/\/|@@)/.test(line));
}

interface Column {
  readonly key: string;
  readonly name: string;
  readonly type: string;
}

function columnsOf(model: string): Column[] {
  return blockOf('marketplace-product.prisma', `model ${model}`).map((line) => {
    const [key = '', type = ''] = line.split(/\s+/);
    const native = /@db\.\S+( \d+\))?/.exec(line)?.[0];
    return { key, name: /@map\("(\w+)"\)/.exec(line)?.[1] ?? key, type: native ? `${type} ${native}` : type };
  });
}

const text = 'String?';
const json = 'Json?';
const money = 'Decimal? @db.Decimal(12, 2)';
const time = 'DateTime? @db.Timestamptz(3)';
const columnTypes: Record<AttributeKind, string | null> = {
  text,
  url: text,
  gtin: text,
  measure: text,
  availability: text,
  condition: text,
  ageGroup: text,
  gender: text,
  country: text,
  urlList: json,
  textList: json,
  countryList: json,
  structured: json,
  structuredList: json,
  price: money,
  dateTime: time,
  boolean: 'Boolean?',
  integer: 'Int?',
  // Two columns of their own instead: see `derivedColumns`.
  dateTimeRange: null,
};
const derivedTypes: Record<keyof typeof derivedColumns, string> = {
  currency: 'String? @db.Char(3)',
  sale_price_effective_from: time,
  sale_price_effective_until: time,
  additional_gtin: json,
};

function expectedColumns(scope: 'shared' | 'translation'): Column[] {
  const own = attributes
    .filter((attribute) => attribute.scope === scope)
    .flatMap(({ key, name, kind }) => {
      const type = name === 'title' ? 'String' : columnTypes[kind];
      return type === null ? [] : [{ key, name, type }];
    });
  if (scope === 'translation') return own;
  return [
    ...own,
    ...Object.entries(derivedTypes).map(([name, type]) => ({ key: camelCase(name), name, type })),
  ];
}

/** What a model has beside the attributes: keys, bookkeeping and relations. */
const others = {
  MarketplaceProduct: [
    'id',
    'storeId',
    'storeName',
    'marketplace',
    'marketplaceProductId',
    'contentHash',
    'lastImportJobId',
    'createdAt',
    'updatedAt',
    'store',
    'translations',
    'products',
    'missingSince',
    'absences',
  ],
  MarketplaceProductTranslation: [
    'productId',
    'storeId',
    'language',
    'extra',
    'contentHash',
    'productContentHash',
    'sourceHash',
    'lastImportJobId',
    'createdAt',
    'updatedAt',
    'product',
    'missingSince',
  ],
};

describe.each([
  ['MarketplaceProduct', 'shared'],
  ['MarketplaceProductTranslation', 'translation'],
] as const)('%s', (model, scope) => {
  const columns = columnsOf(model);

  test.each(expectedColumns(scope))('has the column $name', (expected) => {
    expect(columns.find(({ key }) => key === expected.key)).toEqual(expected);
  });

  test('has no column that no attribute fills', () => {
    const known = [...expectedColumns(scope).map(({ key }) => key), ...others[model]];
    expect(columns.map(({ key }) => key).filter((key) => !known.includes(key))).toEqual([]);
  });
});

test('the database knows the types of errors that the code knows', () => {
  const values = blockOf('import-job.prisma', 'enum ImportErrorType');
  expect(values).toEqual(errorTypesByRank);
});
