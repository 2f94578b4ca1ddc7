// @module-tag project
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findForbiddenWords, projectFiles } from './words.ts';

const root = resolve(import.meta.dirname, '../..');

test('no file of the project says a forbidden word', () => {
  const files = projectFiles(root);
  expect(files).toContain('README.md');
  expect(files).toContain('pnpm-lock.yaml');
  const found = files.flatMap((path) => {
    const bytes = readFileSync(join(root, path));
    return bytes.includes(0) ? [] : findForbiddenWords(path, bytes.toString('utf8'));
  });
  expect(found).toEqual([]);
});

describe('a forbidden word is found', () => {
  // In halves, for this file may not say them either.
  const said = { v: 'vend', c: 'compan', r: 'regis', n: 'npm', w: 'wo' };
  test.each([
    ['server/src/a.ts', `const ${said.v}orId = 1;`, 'the words are merchant and store'],
    ['prisma/schema/a.prisma', `model ${said.c.toUpperCase()}Y {}`, 'the words are merchant and store'],
    ['README.md', `for ${said.c}ies`, 'the words are merchant and store'],
    ['web/src/a.svelte', `https://${said.r}try.example.org/x`, 'names the host of a package registry'],
    ['.ci/run', `# see ${said.n}js.com`, 'names the host of a package registry'],
    ['scripts/a.ts', `cd '/${said.w}rk/tree'`, 'a path of one machine'],
    ['pnpm-lock.yaml', `  resolution: {integrity: x, tarball: y}`, 'a download address in the lock file'],
  ])('in %s: %s', (path, line, reason) => {
    expect(findForbiddenWords(path, `first\n${line}\n`)).toEqual([
      expect.stringMatching(new RegExp(`^${path}:2: ".+": ${reason}$`)),
    ]);
  });

  test.each([
    ['server/src/product-data/header-aliases.ts', `'${said.v}or'`],
    ['server/src/product-data/header-aliases-de.test.ts', `'${said.v}or'`],
    ['server/test/feeds/shopify.csv', `${said.v}or,title`],
    ['server/src/a.ts', `import './${said.w}rk/a.ts'; accompanied by the registry of imports`],
  ])('and not in %s: %s', (path, line) => {
    expect(findForbiddenWords(path, line)).toEqual([]);
  });
});

test('outside a clone the files are found without git', () => {
  const folder = mkdtempSync(join(tmpdir(), 'project-files-'));
  try {
    for (const path of ['src/deep', 'node_modules/a']) mkdirSync(join(folder, path), { recursive: true });
    for (const path of ['.ignore', 'src/deep/a.ts', 'node_modules/a/b.js'])
      writeFileSync(join(folder, path), '');
    expect(projectFiles(folder).sort()).toEqual(['.ignore', 'src/deep/a.ts']);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
