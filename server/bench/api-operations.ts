import type { ApiData } from './api-data.ts';
import { storefrontOperations } from './storefront-operations.ts';

/** What a page asks the API for. */
export interface Operation {
  readonly name: string;
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  /** True for what is asked by somebody who is not signed in. */
  readonly signedOut?: boolean;
  /** Variables that mean the same and are others each time, where an answer would be kept. */
  readonly variablesOf?: (time: number) => Readonly<Record<string, unknown>>;
}

const products = `query Products($filter: MarketplaceProductFilter!, $after: String) {
  marketplaceProducts(filter: $filter, first: 20, after: $after) {
    pageInfo { hasNextPage endCursor }
    edges { cursor node {
      id marketplaceProductId title(language: EN) brand price salePrice currency availability gtin pictures updatedAt
      translations { language }
    } }
  }
}`;

const productsWithTotal = products.replace('pageInfo', 'totalCount totalCountExact pageInfo');

const jobs = `query Jobs {
  importJobs(first: 50) {
    totalCount
    edges { node {
      id status language marketplace importedCount updatedCount unchangedCount errorCount warningCount totalProcessed
      totalRows createdAt startedAt completedAt durationMs store { code name } createdBy { name }
    } }
  }
}`;

const job = `query Job($id: ID!) {
  importJob(id: $id) {
    id status importedCount updatedCount unchangedCount errorCount warningCount totalRows store { code name }
    createdBy { name } phases { phase state durationMs }
    errors(first: 50) { totalCount edges { node {
      id rowNumber lineNumber identifier type severity attribute code message rowData
    } } }
    errorGroups { type code severity count }
  }
}`;

const stats = `query Stats {
  stats {
    imports { total pending processing completed completedWithErrors failed cancelled active }
    queue { waiting running places oldestWaitingSeconds typicalWaitMs }
    days { day }
  }
}`;

/** The operations that are measured, from the quickest kind of list to a whole page of figures. */
export function operationsOf(data: ApiData): Operation[] {
  const list = (name: string, filter: object, from?: string, query = products): Operation => {
    const after = from === undefined ? null : cursorOf(from);
    return { name, query, variables: { filter: { storeCode: data.bigStore, ...filter }, after } };
  };
  return [
    list('products, first page', {}),
    list('products, deep page', {}, data.middleNumber),
    list('products, first page with total', {}, undefined, productsWithTotal),
    list('products, frequent brand', { brand: ['Altmühl'] }),
    list('products, rare brand', { brand: ['Kirchberg'] }),
    list('products, frequent word', { search: 'lamp' }),
    list('products, rare word', { search: 'zircon' }),
    list('products, no hit', { search: 'nowhere' }),
    list('products, word and brand', { search: 'walnut', brand: ['Bergfeld', 'Dornach'] }),
    list('products, search with total', { search: 'walnut' }, undefined, productsWithTotal),
    list('products, rare word in a small store', { storeCode: data.smallStore, search: 'zircon' }),
    { name: 'jobs with stores and creators', query: jobs, variables: {} },
    { name: 'stats', query: stats, variables: {} },
    { name: 'a job with 50 errors', query: job, variables: { id: data.jobId } },
    ...storefrontOperations(data),
  ];
}

const cursorOf = (number: string) => Buffer.from(JSON.stringify(['Letzshop', number])).toString('base64url');
