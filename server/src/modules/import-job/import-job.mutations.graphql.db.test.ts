// @module-tag import-job
// @module-tag db
import { expect, test } from 'vitest';
import { buildImportJob } from '../../../test/builders.ts';
import { withRollback } from '../../../test/database.ts';
import { execute } from '../../../test/execute.ts';
import { globalIdOf } from '../../../test/global-id.ts';
import { buildPeople, roles, type People } from '../../../test/people.ts';
import type { Viewer } from '../../graphql/viewer.ts';
import type { Db } from '../../platform/database.ts';
import type { WatchedJob } from './import-job.record.ts';

const address = 'https://feeds.example.test/products.csv?token=geheim';

/** The program around the mutations, with a queue and an audience that only remember. */
function openProgram(db: Db) {
  const queued: string[] = [];
  const announced: WatchedJob[] = [];
  const services = {
    db,
    importQueue: { enqueue: async (_db: Db, storeId: string) => void queued.push(storeId) },
    feedAddressRules: {
      allowedAddresses: [],
      lookup: async () => [{ address: '93.184.215.14', family: 4 as const }],
    },
    jobs: {
      publish: (job: WatchedJob) => void announced.push(job),
      publishAgain: () => undefined,
      settled: async () => undefined,
    },
  };
  const run = async (viewer: Viewer | null, mutation: string, input: object) => {
    const name = `${mutation[0]?.toUpperCase() ?? ''}${mutation.slice(1)}`;
    const source = `mutation ($input: ${name}Input!) { ${mutation}(input: $input) {
      ... on UserError { code path message }
      ... on ${name}Payload { importJob { id status sourceUrl language batchSize marketplace createdBy { id } retryOf { id } } }
    } }`;
    const { data, errors } = await execute(services, viewer, source, { input });
    if (errors) return errors[0]?.extensions['code'];
    return data?.[mutation] as { code?: string; path?: string[]; importJob?: Record<string, unknown> };
  };
  return { run, queued, announced };
}

const forAll = async (people: People, ask: (viewer: Viewer | null) => Promise<unknown>) => {
  const answers: Record<string, unknown> = {};
  for (const role of roles) {
    const answer = await ask(people.viewers[role]);
    answers[role] = typeof answer === 'string' ? answer : ((answer as { code?: string }).code ?? 'done');
  }
  return answers;
};

test('those who manage a store start imports of it', () =>
  withRollback(async (db) => {
    const people = await buildPeople(db);
    const { run, queued, announced } = openProgram(db);
    const input = { storeCode: people.store.code, sourceUrl: address };
    expect(await forAll(people, (viewer) => run(viewer, 'startImport', input))).toEqual({
      ...{ admin: 'done', owner: 'done', manager: 'done', staff: 'FORBIDDEN' },
      ...{ otherOwner: 'STORE_NOT_FOUND', signedOut: 'UNAUTHENTICATED' },
    });
    expect(queued).toEqual([people.store.id, people.store.id, people.store.id]);
    expect(announced.map(({ store }) => store.id)).toEqual(queued);
  }));

test('an import is started with what was asked for, or with what is usual', () =>
  withRollback(async (db) => {
    const { store, viewers } = await buildPeople(db);
    const { run } = openProgram(db);
    const input = { storeCode: store.code, sourceUrl: ` ${address}` };
    expect(await run(viewers.owner, 'startImport', input)).toMatchObject({
      importJob: {
        ...{ status: 'PENDING', language: 'EN', batchSize: 1000, marketplace: 'Letzshop', retryOf: null },
        createdBy: { id: globalIdOf('User', viewers.owner?.id ?? '') },
        sourceUrl: 'https://feeds.example.test/products.csv?token=***',
      },
    });
    const given = { ...input, language: 'DE', batchSize: 5000 };
    expect(await run(viewers.owner, 'startImport', given)).toMatchObject({
      importJob: { language: 'DE', batchSize: 5000 },
    });
  }));

test("a store's address comes back masked, and is meant", () =>
  withRollback(async (db) => {
    const { store, viewers } = await buildPeople(db, { letzshopCsvUrlFr: address });
    const { run, announced } = openProgram(db);
    const sourceUrl = 'https://feeds.example.test/products.csv?token=***';
    await run(viewers.manager, 'startImport', { storeCode: store.code, sourceUrl });
    expect(announced[0]?.sourceUrl).toBe(address);
  }));

test.each([
  ['a batch that is too small', { batchSize: 99 }, 'BATCH_SIZE_OUT_OF_RANGE', ['batchSize']],
  ['a batch that is too large', { batchSize: 5001 }, 'BATCH_SIZE_OUT_OF_RANGE', ['batchSize']],
  ['another marketplace', { marketplace: 'Elsewhere' }, 'MARKETPLACE_UNKNOWN', ['marketplace']],
  ['a file of the server', { sourceUrl: 'file:///etc/passwd' }, 'ADDRESS_SCHEME', ['sourceUrl']],
  ['no address', { sourceUrl: '' }, 'ADDRESS_SCHEME', ['sourceUrl']],
  ['a very long address', { sourceUrl: `https://x/${'x'.repeat(5000)}` }, 'INVALID_INPUT', ['sourceUrl']],
  ['a port that is not fetched', { sourceUrl: 'https://x.test:22/f' }, 'PORT_FORBIDDEN', ['sourceUrl']],
])('%s is refused, and nothing is stored', (_what, given, code, path) =>
  withRollback(async (db) => {
    const { store, viewers } = await buildPeople(db);
    const { run, queued } = openProgram(db);
    const input = { storeCode: store.code, sourceUrl: address, ...given };
    expect(await run(viewers.owner, 'startImport', input)).toMatchObject({ code, path });
    expect([await db.marketplaceImportJob.count(), queued]).toEqual([0, []]);
  }),
);

test('a store that is switched off imports nothing', () =>
  withRollback(async (db) => {
    const { store, viewers } = await buildPeople(db, { active: false });
    const { run } = openProgram(db);
    const input = { storeCode: store.code, sourceUrl: address };
    expect(await run(viewers.admin, 'startImport', input)).toMatchObject({
      ...{ code: 'STORE_INACTIVE', path: ['storeCode'] },
      message: expect.stringContaining('Switch it on before you import.'),
    });
  }));

test('the store of a merchant that is switched off is not said to be what has to be switched on', () =>
  withRollback(async (db) => {
    const { store, viewers } = await buildPeople(db);
    await db.merchant.update({ where: { id: store.merchantId }, data: { active: false } });
    const { run } = openProgram(db);
    const input = { storeCode: store.code, sourceUrl: address };
    expect(await run(viewers.owner, 'startImport', input)).toMatchObject({
      ...{ code: 'STORE_INACTIVE', path: ['storeCode'] },
      message: `The merchant of the store ${store.code} is switched off. Only the platform can switch it on again.`,
    });
  }));

test.each([
  ['a store that is switched off', { active: false }, address, 'STORE_INACTIVE'],
  ['an address that is not fetched', { active: true }, 'https://x.test:22/f', 'PORT_FORBIDDEN'],
])('a repeat with %s is refused for the import that was to be repeated', (_what, values, sourceUrl, code) =>
  withRollback(async (db) => {
    const { store, viewers } = await buildPeople(db, values);
    const { id } = await buildImportJob(db, { storeId: store.id, status: 'FAILED', sourceUrl });
    const answer = await openProgram(db).run(viewers.owner, 'retryImport', {
      id: globalIdOf('ImportJob', id),
    });
    expect(answer).toMatchObject({ code, path: ['id'] });
  }),
);

test('those who manage a store cancel and repeat its imports; for strangers there are none', () =>
  withRollback(async (db) => {
    const people = await buildPeople(db);
    const { run } = openProgram(db);
    const expected = {
      ...{ admin: 'done', owner: 'done', manager: 'done', staff: 'FORBIDDEN' },
      ...{ otherOwner: 'IMPORT_JOB_NOT_FOUND', signedOut: 'UNAUTHENTICATED' },
    };
    const { id } = await buildImportJob(db, { storeId: people.store.id });
    const input = { id: globalIdOf('ImportJob', id) };
    expect(await forAll(people, (viewer) => run(viewer, 'cancelImport', input))).toEqual(expected);
    expect(await forAll(people, (viewer) => run(viewer, 'retryImport', input))).toEqual(expected);
    const retries = await db.marketplaceImportJob.findMany({ where: { retryOfId: id } });
    expect(retries.map(({ status }) => status)).toEqual(['PENDING', 'PENDING', 'PENDING']);
  }));

test.each([
  ['cancelImport', 'COMPLETED', 'IMPORT_JOB_ENDED'],
  ['cancelImport', 'FAILED', 'IMPORT_JOB_ENDED'],
  ['retryImport', 'PENDING', 'IMPORT_JOB_NOT_ENDED'],
  ['retryImport', 'PROCESSING', 'IMPORT_JOB_NOT_ENDED'],
] as const)('%s of an import that is %s is refused', (mutation, status, code) =>
  withRollback(async (db) => {
    const { store, viewers } = await buildPeople(db);
    const { run, announced } = openProgram(db);
    const { id } = await buildImportJob(db, { storeId: store.id, status });
    const answer = await run(viewers.owner, mutation, { id: globalIdOf('ImportJob', id) });
    expect([answer, announced]).toEqual([expect.objectContaining({ code }), []]);
  }),
);

test('an import of a file of the command line cannot be repeated, and the refusal says what to do', () =>
  withRollback(async (db) => {
    const { store, viewers } = await buildPeople(db);
    const { run } = openProgram(db);
    const sourceUrl = 'file:///home/somebody/feed.csv';
    const { id } = await buildImportJob(db, { storeId: store.id, status: 'FAILED', sourceUrl });
    const answer = await run(viewers.owner, 'retryImport', { id: globalIdOf('ImportJob', id) });
    expect(answer).toMatchObject({ code: 'IMPORT_FILE_GONE', message: expect.stringContaining('Send it') });
  }));

test.each(['', 'nonsense', globalIdOf('Store', 'x')])('there is no import %j to cancel', (id) =>
  withRollback(async (db) => {
    const { viewers } = await buildPeople(db);
    const answer = await openProgram(db).run(viewers.admin, 'cancelImport', { id });
    expect(answer).toMatchObject({ code: 'IMPORT_JOB_NOT_FOUND' });
  }),
);
