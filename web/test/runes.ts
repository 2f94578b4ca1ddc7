import { compileModule } from 'svelte/compiler';
import type { Plugin } from 'vite';

/** Lets a test use a class of a `*.svelte.ts` file, whose state is plain there: nothing is drawn. */
export const runes: Plugin = {
  name: 'runes',
  enforce: 'post',
  transform(code, id) {
    const [filename = id] = id.split('?');
    return /\.svelte\.[jt]s$/.test(filename)
      ? { code: compileModule(code, { filename, generate: 'server' }).js.code, map: null }
      : null;
  },
};
