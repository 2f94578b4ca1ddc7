import type { ApiData } from './api-data.ts';
import type { Operation } from './api-operations.ts';

const card = `
  id number language title pictures price salePrice currency availability condition brand featured minQuantity`;

const products = `query Shop($code: String!, $search: String, $brand: [String!], $after: String) {
  storefront(code: $code) {
    name currency
    products(search: $search, brand: $brand, language: FR, first: 20, after: $after) {
      pageInfo { hasNextPage endCursor }
      edges { cursor node { ${card} } }
    }
  }
}`;

const productsWithTotal = products.replace('pageInfo', 'totalCount totalCountExact pageInfo');

const product = `query ShopProduct($code: String!, $number: String!) {
  storefront(code: $code) {
    product(number: $number) { ${card} gtin mpn description highlights details { section name value } }
  }
}`;

/** Nobody signs in to look at a shop. */
const signedOut = true;

/** What a page of a shop asks for. Answers are kept for a while, so what is not said to be kept is asked differently each time. */
export function storefrontOperations({ bigStore, middleNumber, middleId }: ApiData): Operation[] {
  const list = (
    name: string,
    variables: { search?: string; brand?: string[]; after?: string },
    query = products,
  ) => {
    const all = { code: bigStore, ...variables };
    const variablesOf = (time: number) => ({ ...all, search: `${variables.search ?? ''}${blank(time)}` });
    return { name: `storefront, ${name}`, query, variables: all, variablesOf, signedOut };
  };
  const { name, query, variables } = list('first page, kept', {});
  return [
    { name, query, variables, signedOut },
    list('first page', {}),
    list('deep page', { after: cursorOf(middleId) }),
    list('first page with total', {}, productsWithTotal),
    list('frequent brand', { brand: ['Altmühl'] }),
    list('rare brand', { brand: ['Kirchberg'] }),
    list('frequent word', { search: 'lampe' }),
    list('rare word', { search: 'zircon' }),
    list('typo in a frequent word', { search: 'theirère' }),
    list('typo in a rare word', { search: 'zirkon' }),
    list('typos in two words', { search: 'warnut kettel' }),
    list('no hit', { search: 'nowhere' }),
    list('rare word with total', { search: 'walnut' }, productsWithTotal),
    {
      ...{ name: 'storefront, one product, kept', query: product },
      variables: { code: bigStore, number: middleNumber },
      signedOut,
    },
  ];
}

/** Space that is another one each time, and is cut off by whoever searches. */
const blank = (time: number) => time.toString(2).replaceAll('0', ' ').replaceAll('1', '\t');

const cursorOf = (id: string) => Buffer.from(JSON.stringify(['0', id])).toString('base64url');
