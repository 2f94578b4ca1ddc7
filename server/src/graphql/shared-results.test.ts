// @module-tag graphql
import { buildSchema, parse, validateSubscriptionArgs, type ExecutionResult } from 'graphql';
import { expect, test } from 'vitest';
import { shareResult, type Asker } from './shared-results.ts';
import type { StoreRole, Viewer } from './viewer.ts';

const schema = buildSchema('type Query { a: Int } type Subscription { a(b: Int): Int }');
const document = parse('subscription ($b: Int) { a(b: $b) }');

const viewerOf = (id: string, roles: Record<string, StoreRole> = {}, platformAdmin = false): Viewer => ({
  ...{ id, sessionId: `session of ${id}`, platformAdmin },
  merchantIds: new Set(),
  storeRoles: new Map(Object.entries(roles)),
});

interface Asked {
  readonly b?: () => number;
  readonly errors?: boolean;
  /** Resolvers wait for nothing. */
  readonly atOnce?: boolean;
}

/** How many executions it takes when each of these viewers asks for the same event. */
async function executionsFor(
  viewers: readonly Viewer[],
  read: (viewer: Viewer) => unknown,
  { b = () => 1, errors = false, atOnce = false }: Asked = {},
): Promise<{ executions: number; answers: unknown[] }> {
  const rootValue = {};
  let executions = 0;
  const answers = viewers.map(async (viewer, at) => {
    const args = validateSubscriptionArgs({
      schema,
      document,
      variableValues: { b: b() + (b() < 0 ? at : 0) },
    });
    if (!('schema' in args)) throw new Error('not valid');
    const asker = { viewer, live: null };
    const execute = (shared: Asker) => {
      executions += 1;
      const data = { a: shared.viewer && read(shared.viewer) };
      return (errors ? { data, errors: [{}] } : { data }) as unknown as ExecutionResult;
    };
    const later = (shared: Asker) => Promise.resolve().then(() => execute(shared));
    const result = shareResult(rootValue, args, asker, atOnce ? execute : later);
    expect(result instanceof Promise).toBe(!atOnce);
    return (await result).data?.['a'];
  });
  return { answers: await Promise.all(answers), executions };
}

const people = [
  viewerOf('1', { s: 'STAFF' }),
  viewerOf('2', { s: 'STAFF' }),
  viewerOf('3', { s: 'OWNER', t: 'STAFF' }),
];

test.each<[string, (viewer: Viewer) => unknown, number, unknown[]]>([
  ['nothing of the viewer', () => 7, 1, [7, 7, 7]],
  ['whether they are admins', ({ platformAdmin }) => platformAdmin, 1, [false, false, false]],
  ['their role in a store', ({ storeRoles }) => storeRoles.get('s'), 2, ['STAFF', 'STAFF', 'OWNER']],
  ['whether they have another', ({ storeRoles }) => storeRoles.has('t'), 2, [false, false, true]],
  ['who they are', ({ id }) => id, 3, ['1', '2', '3']],
  ['all of their stores', ({ storeRoles }) => [...storeRoles.keys()].length, 3, [1, 1, 2]],
  ['how many stores', ({ storeRoles }) => storeRoles.size, 3, [1, 1, 2]],
])(
  'an event of which resolvers read %s is carried out once for all who are alike in it',
  async (_what, read, times, answers) => {
    for (const atOnce of [false, true]) {
      expect(await executionsFor(people, read, { atOnce })).toEqual({ executions: times, answers });
    }
  },
);

test('what depends on an earlier fact is told apart as well', async () => {
  const read = (viewer: Viewer) => (viewer.platformAdmin ? 'all' : viewer.id);
  const viewers = [viewerOf('1', {}, true), viewerOf('2', {}, true), viewerOf('3'), viewerOf('3')];
  expect(await executionsFor(viewers, read)).toEqual({ executions: 2, answers: ['all', 'all', '3', '3'] });
});

test('other variables are another question', async () => {
  expect((await executionsFor(people, () => 1, { b: () => -5 })).executions).toBe(3);
});

test("a result with errors is nobody else's", async () => {
  for (const atOnce of [false, true]) {
    expect((await executionsFor(people, () => 1, { errors: true, atOnce })).executions).toBe(3);
  }
});

test('many who have nothing in common are told apart without being remembered', async () => {
  const crowd = Array.from({ length: 50 }, (_, at) => viewerOf(String(at)));
  const { answers } = await executionsFor(crowd, ({ id }) => id);
  expect(answers).toEqual(crowd.map(({ id }) => id));
});
