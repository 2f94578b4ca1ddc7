// @module-tag graphql
// @module-tag db
import { isObjectType, parse, subscribe, type ExecutionResult } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Database } from '../src/platform/database.ts';
import { schema } from '../src/schema.ts';
import { seenWithTheirObject } from './access-fields.ts';
import type { AccessLine } from './access-line.ts';
import { accessTable } from './access-table.ts';
import {
  askers,
  buildWorld,
  openServices,
  type Asker,
  type World,
  type WorldServices,
} from './access-world.ts';
import { withDatabase } from './database.ts';
import { executeUndone, operationContext } from './execute.ts';
import { Somebody } from './following.ts';

let db: Database['db'];
let world: World;
let services: WorldServices;
const over = Promise.withResolvers<void>();
let closed: Promise<void>;

beforeAll(async () => {
  const opened = Promise.withResolvers<void>();
  closed = withDatabase(async (database) => {
    db = database.db;
    world = await buildWorld(db);
    services = await openServices(db);
    opened.resolve();
    await over.promise;
    await services.close();
  });
  await Promise.race([opened.promise, closed]);
}, 60_000);

afterAll(async () => {
  over.resolve();
  await closed;
});

type Answer = Pick<ExecutionResult, 'data' | 'errors'>;

function labelsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(labelsIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]: [string, unknown]) => {
    if (key !== 'label') return labelsIn(part);
    const labels = Array.isArray(part) ? (part as unknown[]) : [part];
    return labels.flatMap((label) => (label === null ? [] : [textOf(label)]));
  });
}

const textOf = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));

/** All totals of lists, which may not count what the list does not show. */
function checkTotals(value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  if ('totalCount' in value) expect(value.totalCount).toBe(labelsIn(value).length);
  Object.values(value).forEach(checkTotals);
}

function outcomeOf(answers: readonly Answer[]): string {
  const [error] = answers.flatMap(({ errors }) => errors ?? []);
  if (error) return textOf(error.extensions['code'] ?? error.message);
  const roots: unknown[] = answers.flatMap(({ data }) => Object.values(data ?? {}));
  for (const root of roots) {
    if (typeof root === 'object' && root !== null && 'code' in root) return textOf(root.code);
  }
  roots.forEach(checkTotals);
  return [...new Set(labelsIn(roots))].sort().join(' ') || 'nothing';
}

/** The outcome of a query or a mutation, which is undone. */
async function ask(line: AccessLine, asker: Asker): Promise<string> {
  const answer = await executeUndone(
    { ...services.services, db },
    world.viewers[asker],
    line.source(world.ids),
  );
  return outcomeOf([answer as Answer]);
}

/** The outcome of the first events of a subscription, while all jobs of both stores change. */
async function follow(line: AccessLine, asker: Asker): Promise<string> {
  const viewer = world.viewers[asker];
  const live = viewer && new Somebody(viewer);
  const contextValue = operationContext({ ...services.services, db, live }, viewer);
  const stream = await subscribe({ schema, document: parse(line.source(world.ids)), contextValue });
  if (!(Symbol.asyncIterator in stream)) return outcomeOf([stream]);
  await services.changeJobs(world.jobs);
  const answers: Answer[] = [];
  while (answers.length < (line.events ?? 1)) {
    const { done, value } = await stream.next();
    if (done) break;
    answers.push(value);
  }
  await stream.return(undefined);
  return outcomeOf(answers);
}

const isSubscription = (line: AccessLine) => line.field.startsWith('Subscription.');
const titled = accessTable.map(
  (line) => [line.asking ? `${line.field}, ${line.asking}` : line.field, line] as const,
);

describe('what each gets', () => {
  test.each(titled)('%s', async (_title, line) => {
    const outcomes: Record<string, string> = {};
    for (const asker of askers) {
      outcomes[asker] = await (isSubscription(line) ? follow(line, asker) : ask(line, asker));
    }
    expect(outcomes).toEqual(Object.fromEntries(askers.map((asker, at) => [asker, line.gets[at]])));
  });
});

test('every query, mutation, subscription and type of node has a line', () => {
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  const rootFields = roots.flatMap((type) =>
    Object.keys(type?.getFields() ?? {}).map((field) => `${type?.name ?? ''}.${field}`),
  );
  const nodeTypes = Object.values(schema.getTypeMap()).filter(
    (type) => isObjectType(type) && type.getInterfaces().some(({ name }) => name === 'Node'),
  );
  const known = new Set(accessTable.map(({ field }) => field));
  const missing = [...rootFields, ...nodeTypes.map(({ name }) => name)].filter((name) => !known.has(name));
  expect(missing).toEqual([]);
});

test('a field of what shows more to some than to others has a line, or is said to be seen by all of them', () => {
  const known = new Set(accessTable.map(({ field }) => field));
  const undecided = Object.entries(seenWithTheirObject).flatMap(([typename, seen]) => {
    const type = schema.getType(typename);
    const fields = isObjectType(type) ? Object.keys(type.getFields()) : [];
    return fields
      .filter((name) => !seen.includes(name) && !known.has(`${typename}.${name}`))
      .map((name) => `${typename}.${name}`);
  });
  expect(undecided).toEqual([]);
});

test('every line is of something that is there', () => {
  const gone = accessTable.filter(({ field }) => {
    const [typename = '', name] = field.split('.');
    const type = schema.getType(typename);
    return !isObjectType(type) || (name !== undefined && !(name in type.getFields()));
  });
  expect(gone.map(({ field }) => field)).toEqual([]);
});
