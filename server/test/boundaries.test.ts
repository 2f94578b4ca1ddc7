// @module-tag project
import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findBarrels, findCatchAlls, findCycles, forbiddenImports, unusedArrows } from './boundaries.ts';
import { readImports, type SourceFiles } from './imports.ts';

const server = resolve(import.meta.dirname, '..');

/** All TypeScript below a folder of the server, by its path from there; generated code is not ours. */
function filesOf(folder: string): SourceFiles {
  const paths = globSync('**/*.ts', { cwd: resolve(server, folder), exclude: ['generated/**'] });
  return new Map(
    paths.map((path) => [path.replaceAll('\\', '/'), readFileSync(resolve(server, folder, path), 'utf8')]),
  );
}

const made = (files: Record<string, string>): SourceFiles => new Map(Object.entries(files));
/** The objection to one import, without the place where it stands. */
const objectionTo = (from: string, statement: string) =>
  forbiddenImports(readImports(made({ [from]: statement }))).map((line) => line.replace(/^.*: /, ''));

describe('this server', () => {
  const source = filesOf('src');
  const imports = readImports(source);

  test('has imports to look at', () => {
    expect(source.size).toBeGreaterThan(5);
    expect(imports.length).toBeGreaterThan(5);
  });
  test('imports one way only', () => expect(forbiddenImports(imports)).toEqual([]));
  test('uses every arrow', () => expect(unusedArrows(imports)).toEqual([]));
  test('has no cycle between files', () => expect(findCycles(imports)).toEqual([]));
  test.each(['src', 'test', 'bench'])('has no barrel and no catch-all name in %s', (folder) => {
    const files = filesOf(folder);
    expect(findBarrels(files)).toEqual([]);
    expect(findCatchAlls(files.keys())).toEqual([]);
  });
});

describe('an import is found when it is written', () => {
  test.each([
    ['static', `import { a } from './b.ts';`, false],
    ['for its effect', `import './b.ts';`, false],
    ['type-only', `import type { A } from './b.ts';`, true],
    // Node still loads the file for this one.
    ['with an inline type', `import { type A } from './b.ts';`, false],
    ['as a re-export', `export { a } from './b.ts';`, false],
    ['as a type re-export', `export type * from './b.ts';`, true],
    ['dynamic', `const b = await import('./b.ts');`, false],
    ['as a type expression', `let a: import('./b.ts').A;`, true],
    [
      'as the address of a worker',
      `new Piscina({ filename: new URL('./b.ts', import.meta.url).href });`,
      false,
    ],
    ['as a resolved name', `const b = import.meta.resolve('./b.ts');`, false],
  ])('%s', (_form, statement, typeOnly) => {
    const found = readImports(made({ 'shared/a.ts': `\n${statement}` }));
    expect(found).toEqual([{ from: 'shared/a.ts', line: 2, to: 'shared/b.ts', typeOnly }]);
  });

  test.each([
    ['a package', `import pg from 'pg';`],
    ['a folder of data', `const folder = new URL('../../../prisma/migrations/', import.meta.url);`],
    ['a comment', `// import { a } from './b.ts';`],
    ['a string', `const text = "import('./b.ts')";`],
  ])('and not when it is %s', (_what, statement) => {
    expect(readImports(made({ 'shared/a.ts': statement }))).toEqual([]);
  });
});

describe('an import is forbidden', () => {
  test.each([
    ['shared/a.ts', `import '../product-data/b.ts'`, 'shared may not import product-data'],
    ['product-data/a.ts', `import '../platform/b.ts'`, 'product-data may not import platform'],
    ['platform/a.ts', `import '../modules/store/b.ts'`, 'platform may not import modules/store'],
    ['platform/a.ts', `import '../config.ts'`, 'platform may only `import type` from config.ts'],
    ['http/a.ts', `import '../modules/store/b.ts'`, 'http may not import modules/store'],
    ['http/a.ts', `import '../pipeline/run.ts'`, 'http may not import pipeline'],
    ['cli/feed.ts', `import '../http/b.ts'`, 'cli may not import http'],
    ['demo/a.ts', `import '../platform/b.ts'`, 'demo may only `import type` from platform'],
    ['modules/store/a.ts', `import '../../platform/b.ts'`, 'modules may only `import type` from platform'],
    ['modules/store/a.ts', `import '../../pipeline/run.ts'`, 'module store has no edge to pipeline'],
    ['modules/store/a.ts', `import '../import-job/b.ts'`, 'module store has no edge to modules/import-job'],
    ['config.ts', `import './platform/b.ts'`, 'config.ts may not import platform'],
    [
      'elsewhere/a.ts',
      `import '../shared/b.ts'`,
      'elsewhere is not in the table of server/test/boundaries.ts',
    ],
    ['cli/feed.ts', `import '../../test/b.ts'`, 'leaves server/src'],
    ['cli/feed.ts', `import './b.test.ts'`, 'is a test, which nothing imports'],
    ['main.ts', `await import(name)`, 'imports what only shows at run time'],
  ])('%s: %s', (from, statement, reason) => {
    expect(objectionTo(from, statement)).toEqual([reason]);
  });

  test.each([
    ['pipeline/map.ts', `import '../pipeline/parse.ts'`],
    ['pipeline/map.ts', `import type { A } from './parse.ts'`],
    ['pipeline/map/headers.ts', `import '../parse/dialect.ts'`],
    ['pipeline/write.ts', `import './progress.ts'`],
  ])('a step that imports another step or what composes them: %s: %s', (from, statement) => {
    const step = from === 'pipeline/write.ts' ? 'write' : 'map';
    expect(objectionTo(from, statement)).toEqual([
      `step ${step} may import nothing of pipeline but types.ts and its own folder`,
    ]);
  });

  test('a file of the pipeline that is no step and no composer', () => {
    const reason = 'is neither a step nor listed as what puts them together';
    for (const from of ['pipeline/extra.ts', 'pipeline/types.ts']) {
      expect(objectionTo(from, `import './parse.ts'`)).toEqual([`${from} ${reason}`]);
    }
  });

  test('and the report says where it stands', () => {
    const files = made({ 'shared/a.ts': `\n\nimport '../platform/log.ts';` });
    expect(forbiddenImports(readImports(files))).toEqual([
      'shared/a.ts:3 -> platform/log.ts: shared may not import platform',
    ]);
  });
});

test.each([
  ['main.ts', `import './http/b.ts'`],
  ['cli/feed.ts', `import '../platform/b.ts'`],
  ['platform/a.ts', `import type { Config } from '../config.ts'`],
  ['modules/store/a.ts', `import type { Db } from '../../platform/database.ts'`],
  ['modules/import-job/a.ts', `import '../../pipeline/run.ts'`],
  ['modules/import-job/a.ts', `import '../store/store.service.ts'`],
  ['pipeline/run.ts', `import './parse.ts'`],
  ['pipeline/parse.ts', `import './parse/dialect.ts'`],
  ['pipeline/parse/dialect.ts', `import type { Dialect } from '../types.ts'`],
  ['http/a.ts', `import '../modules/user/user.service.ts'`],
  ['shared/a.test.ts', `import '../../test/database.ts'`],
])('an import along the arrows is allowed: %s: %s', (from, statement) => {
  expect(objectionTo(from, statement)).toEqual([]);
});

test('an arrow is unused until something goes along it, and one of values until a value does', () => {
  const unused = (from: string, statement: string) =>
    unusedArrows(readImports(made({ [from]: statement }))).filter((arrow) =>
      arrow.startsWith('pipeline -> '),
    );
  const shared = 'pipeline -> shared';
  expect(unused('pipeline/a.ts', '')).toContain(shared);
  expect(unused('pipeline/a.ts', `import type { B } from '../shared/b.ts'`)).toContain(shared);
  expect(unused('pipeline/a.test.ts', `import '../shared/b.ts'`)).toContain(shared);
  expect(unused('pipeline/a.ts', `import '../shared/b.ts'`)).not.toContain(shared);
});

test('a cycle is found with its path, a type-only one too', () => {
  const files = made({
    'shared/a.ts': `import './b.ts'; import './d.ts';`,
    'shared/b.ts': `import type { C } from './c.ts';`,
    'shared/c.ts': `import './a.ts';`,
    'shared/d.ts': `import './e.ts';`,
    'shared/e.ts': '',
  });
  expect(findCycles(readImports(files))).toEqual([
    'shared/a.ts -> shared/b.ts -> shared/c.ts -> shared/a.ts',
  ]);
});

test('two ways to one file are no cycle', () => {
  const files = made({
    'shared/a.ts': `import './b.ts'; import './c.ts';`,
    'shared/b.ts': `import './c.ts';`,
    'shared/c.ts': '',
  });
  expect(findCycles(readImports(files))).toEqual([]);
});

test('a barrel is found by its name and by what it does', () => {
  const files = made({
    'modules/store/index.ts': `export const a = 1;`,
    'modules/store/public.ts': `export * from './a.ts';\nexport { b } from './b.ts';`,
    'modules/store/a.ts': `export { b } from './b.ts';\nexport const a = 1;`,
    'modules/store/empty.ts': '',
  });
  expect(findBarrels(files)).toEqual([
    'modules/store/index.ts: a barrel by its name',
    'modules/store/public.ts: a barrel, it only exports what other files define',
  ]);
});

test('a catch-all is found as a folder and as a file', () => {
  const paths = [
    'utils/a.ts',
    'http/helpers/a.ts',
    'http/misc.ts',
    'common.ts',
    'http/uncommon.ts',
    'shared/a.ts',
  ];
  expect(findCatchAlls(paths)).toEqual(paths.slice(0, 4));
});
