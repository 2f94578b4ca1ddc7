// @module-tag platform
import { expect, test } from 'vitest';
import { createMetrics, type Metrics } from './metrics.ts';

const open = (droppedLogEntries?: () => number) =>
  createMetrics({ db: () => null, ...(droppedLogEntries ? { droppedLogEntries } : {}) });

async function figures(metrics: Metrics, name: string): Promise<string[]> {
  const { body } = await metrics.answer();
  return body.split('\n').filter((line) => line.startsWith(`marketplace_${name}`));
}

test('operations are timed by name and outcome', async () => {
  const metrics = open();
  metrics.observeOperation('ProductList', 0.03, 'ok');
  metrics.observeOperation('ProductList', 0.3, 'ok');
  metrics.observeOperation(null, 1, 'fault');
  expect(await figures(metrics, 'graphql_operation_seconds_count')).toEqual([
    'marketplace_graphql_operation_seconds_count{operation="ProductList",outcome="ok"} 2',
    'marketplace_graphql_operation_seconds_count{operation="anonymous",outcome="fault"} 1',
  ]);
  expect(
    await figures(metrics, 'graphql_operation_seconds_bucket{le="0.05",operation="ProductList"'),
  ).toEqual([
    'marketplace_graphql_operation_seconds_bucket{le="0.05",operation="ProductList",outcome="ok"} 1',
  ]);
});

test('names that clients think up do not become labels without end', async () => {
  const metrics = open();
  for (let number = 0; number < 1_000; number++) metrics.observeOperation(`Name${number}`, 1, 'ok');
  for (const name of ['a b', '{"x"}', 'x'.repeat(65), '\n']) metrics.observeOperation(name, 1, 'ok');
  const counts = await figures(metrics, 'graphql_operation_seconds_count');
  expect(counts).toHaveLength(201);
  expect(counts.at(-1)).toBe(
    'marketplace_graphql_operation_seconds_count{operation="other",outcome="ok"} 804',
  );
});

test('open subscriptions are counted until they end, each once', async () => {
  const metrics = open();
  const [first] = [metrics.subscriptionOpened('Watch'), metrics.subscriptionOpened('Watch')];
  first();
  first();
  expect(await figures(metrics, 'graphql_subscriptions_open')).toEqual([
    'marketplace_graphql_subscriptions_open{operation="Watch"} 1',
  ]);
});

test('rows are counted as imports of this node bring them', async () => {
  const metrics = open();
  const change = (totalProcessed: number, completedAt: Date | null = null, id = 'one') =>
    metrics.importChanged({ id, totalProcessed, completedAt });
  for (const total of [0, 1_000, 1_000, 2_500]) change(total);
  change(700, null, 'taken over from another node');
  change(800, null, 'taken over from another node');
  change(0); // the feed has changed, and it starts over
  change(400);
  change(500, new Date());
  expect(await figures(metrics, 'import_rows_total')).toEqual(['marketplace_import_rows_total 3100']);
});

test('of entries that the log has dropped the total is told', async () => {
  let dropped = 0;
  const metrics = open(() => dropped);
  await metrics.answer();
  dropped = 7;
  expect(await figures(metrics, 'log_entries_dropped_total')).toEqual([
    'marketplace_log_entries_dropped_total 7',
  ]);
});

test('two nodes in one process do not share their figures', async () => {
  const [one, other] = [open(), open()];
  one.subscriptionOpened('Watch');
  expect(await figures(other, 'graphql_subscriptions_open')).toEqual([]);
});
