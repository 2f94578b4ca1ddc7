import { defineConfig } from 'vitest/config';
import { runes } from './web/test/runes.ts';

/** A test names its module and its kind; a name that is not listed here is an error. */
const modules = [
  'cli',
  'demo',
  'graphql',
  'http',
  'import-job',
  'log',
  'marketplace-product',
  'merchant',
  'pipeline',
  'platform',
  'product',
  'product-data',
  'project',
  'shared',
  'stats',
  'store',
  'storefront',
  'user',
  'web',
];

export default defineConfig({
  // As Node resolves packages by itself: with `development` tests would get a second copy of graphql.
  ssr: { resolve: { conditions: ['module-sync', 'node'] } },
  test: {
    strictTags: true,
    allowOnly: !process.env['CI'],
    // Tests wait for databases, programs and browsers more than they reckon. One number for all: else they take turns.
    maxWorkers: 2,
    reporters: ['default', './scripts/test-totals.ts'],
    tags: [
      ...modules.map((name) => ({ name, description: `tests of ${name}` })),
      { name: 'db', description: 'needs PostgreSQL', timeout: 30_000 },
      { name: 'process', description: 'starts the real program', timeout: 120_000 },
      { name: 'property', description: 'random input', timeout: 120_000 },
      { name: 'hostile', description: 'input that wants to do harm', timeout: 60_000 },
      { name: 'faults', description: 'kills, hangs and load', timeout: 1_800_000 },
      { name: 'browser', description: 'needs a browser', timeout: 60_000 },
    ],
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          // Files share a worker and its modules, in two thirds of the time: no helper may set up a hook while it is imported.
          isolate: false,
          root: './server',
          include: ['{src,test,bench}/**/*.test.ts'],
          exclude: ['**/*.{db,process,faults}.test.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'db',
          isolate: false,
          retry: 1,
          root: './server',
          include: ['{src,test}/**/*.db.test.ts'],
          globalSetup: ['./test/database-server.ts'],
          pool: 'forks',
        },
      },
      {
        extends: true,
        test: {
          name: 'process',
          // Real programs, signals and start-up times on a shared machine.
          retry: 1,
          root: './server',
          include: ['{src,test}/**/*.process.test.ts'],
          pool: 'forks',
        },
      },
      {
        extends: true,
        test: {
          name: 'faults',
          // None is tried again: a fault that shows itself once in a while is what they are for.
          retry: 0,
          root: './server',
          include: ['{src,test}/**/*.faults.test.ts'],
          globalSetup: ['./test/database-server.ts'],
          pool: 'forks',
          maxWorkers: 1,
        },
      },
      {
        extends: true,
        plugins: [runes],
        test: {
          name: 'web',
          isolate: false,
          root: './web',
          include: ['src/**/*.test.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'pages',
          // A browser, a server and a database beside each other: on a shared machine a moment can be missed.
          retry: 2,
          root: './web',
          include: ['test/**/*.test.ts'],
          globalSetup: ['./test/unpack-browser.ts', './test/demo-data.ts'],
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
