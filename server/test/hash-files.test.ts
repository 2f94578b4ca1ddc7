// @module-tag platform
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { hashFiles } from '../../scripts/hash-files.ts';

async function sources() {
  const folder = await mkdtemp(join(tmpdir(), 'hash-files-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const write = async (name: string, content: string) => {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
  };
  await write('src/a.ts', 'a');
  await write('src/below/b.ts', 'b');
  const hash = () => hashFiles([join(folder, 'src'), join(folder, 'absent.ts')]);
  return { folder, write, hash };
}

type Sources = Awaited<ReturnType<typeof sources>>;

test.each<[what: string, change: (sources: Sources) => Promise<void>]>([
  ['a content', ({ write }) => write('src/below/b.ts', 'c')],
  ['a name', ({ folder }) => rename(join(folder, 'src/a.ts'), join(folder, 'src/z.ts'))],
  ['a file that is new', ({ write }) => write('src/below/new.ts', '')],
  ['a source that was absent', ({ write }) => write('absent.ts', '')],
  [
    'the place where one file ends and the next begins',
    async ({ write }) => {
      await write('src/a.ts', 'ab');
      await write('src/below/b.ts', '');
    },
  ],
])('another hash for %s', async (_what, change) => {
  const made = await sources();
  const before = await made.hash();
  await change(made);
  expect(await made.hash()).not.toBe(before);
});

test.each([
  'src/paraglide/messages.js',
  'src/node_modules/x/index.js',
  'src/.svelte-kit/root.js',
  'README.md',
])('the same hash whatever a tool writes to %s', async (name) => {
  const { hash, write } = await sources();
  const before = await hash();
  await write(name, 'written');
  expect(await hash()).toBe(before);
});
