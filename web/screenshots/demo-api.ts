import { setTimeout as wait } from 'node:timers/promises';

/** The API of the demo, as one of its accounts. */
export interface DemoApi {
  /** Starts an import and gives its id. */
  start(storeCode: string, sourceUrl: string, language: string): Promise<string>;
  /** The id of the store's newest import of a language. */
  newest(storeCode: string, language: string): Promise<string>;
  /** Resolves when no import that the account sees runs or waits. */
  settled(): Promise<void>;
}

const login = `mutation ($input: LoginInput!) {
  login(input: $input) { ... on LoginPayload { accessToken } }
}`;
const startImport = `mutation ($input: StartImportInput!) {
  startImport(input: $input) { ... on StartImportPayload { importJob { id } } ... on UserError { message } }
}`;
const newest = `query ($filter: ImportJobFilter!) {
  importJobs(first: 1, filter: $filter) { edges { node { id } } }
}`;
const unsettled = '{ importJobs(first: 1, filter: { status: [PENDING, PROCESSING] }) { totalCount } }';

/** Signs in. */
export async function askDemo(origin: string, account: string): Promise<DemoApi> {
  let token = '';
  const ask = async <Data>(query: string, variables: object = {}): Promise<Data> => {
    const response = await fetch(`${origin}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = (await response.json()) as { data?: Data; errors?: unknown };
    if (!data || errors) throw new Error(`The API refused it: ${JSON.stringify(errors)}`);
    return data;
  };
  const input = { email: `${account}@example.test`, password: `demo-${account}` };
  token = (await ask<{ login: { accessToken: string } }>(login, { input })).login.accessToken;
  return {
    async start(storeCode, sourceUrl, language) {
      const answer = await ask<{ startImport: { importJob?: { id: string }; message?: string } }>(
        startImport,
        {
          input: { storeCode, sourceUrl, language },
        },
      );
      const { importJob, message } = answer.startImport;
      if (!importJob) throw new Error(`${storeCode}: ${message ?? ''}`);
      return importJob.id;
    },
    async newest(storeCode, language) {
      const filter = { storeCode, language };
      const { importJobs } = await ask<{ importJobs: { edges: { node: { id: string } }[] } }>(newest, {
        filter,
      });
      return importJobs.edges[0]?.node.id ?? '';
    },
    async settled() {
      while ((await ask<{ importJobs: { totalCount: number } }>(unsettled)).importJobs.totalCount > 0) {
        await wait(200);
      }
    },
  };
}
