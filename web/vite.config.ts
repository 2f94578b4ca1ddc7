import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import adapter from '@sveltejs/adapter-static';
import { sveltekit } from '@sveltejs/kit/vite';
import tailwindcss from '@tailwindcss/vite';
import { print, stripIgnoredCharacters, type DocumentNode } from 'graphql';
import { defineConfig, type Plugin } from 'vite';

/**
 * What several pages share goes into one file: a slow line has to ask for each of them, a larger one is compressed
 * better than its parts, and files of shared modules may come to ask for each other, so that they run too late.
 */
const sharedScripts = { name: 'shared', minShareCount: 2 };

/** What all others need before they start, and what needs none of them: seldom other ones after an update. */
const runtime = { name: 'runtime', test: /node_modules\/svelte\/|esm-env|clsx/, priority: 3 };
const words = { ...sharedScripts, name: 'words', test: /paraglide\//, priority: 2 };

/** Apart from all others, which read it as they start: it is set before they do. With it what the first script needs to ask for them. */
const startData = { name: 'payload', test: /runtime\/client\/payload|preload-helper/, priority: 1 };

/** The one script that is written into the page by hand, as a policy names it (CSP 3, hash-source). */
function hashOfFirstScript(): `sha256-${string}` {
  const page = readFileSync(new URL('src/app.html', import.meta.url), 'utf8');
  const [, script] = /<script>(.*?)<\/script>/s.exec(page) ?? [];
  if (script === undefined) throw new Error('src/app.html has no script of its own any more.');
  return `sha256-${createHash('sha256').update(script).digest('base64')}`;
}

/** The operations as texts, which are read where they are used: a tenth of the trees that the types come with. */
const documentsAsTexts: Plugin = {
  name: 'documents-as-texts',
  apply: 'build',
  enforce: 'pre',
  transform(code, id) {
    if (!id.endsWith('/graphql/generated/graphql.ts')) return null;
    const texts = code.replaceAll(/= (\{"kind":"Document",.*\}) as unknown as/g, (_tree, json: string) => {
      const text = stripIgnoredCharacters(print(JSON.parse(json) as DocumentNode));
      return `= /* @__PURE__ */ gql(${JSON.stringify(text)}) as unknown as`;
    });
    return { code: `import { gql } from '@urql/core';\n${texts}`, map: null };
  },
};

export default defineConfig({
  // Fonts stay files of their own: inlined ones would need `data:` in the policy below.
  build: {
    assetsInlineLimit: 0,
    rolldownOptions: { output: { codeSplitting: { groups: [runtime, words, startData, sharedScripts] } } },
  },
  // `vite dev` beside a running server.
  server: { proxy: { '/graphql': { target: process.env['API_URL'] ?? 'http://localhost:4000', ws: true } } },
  plugins: [
    documentsAsTexts,
    tailwindcss(),
    sveltekit({
      adapter: adapter({ pages: 'build', fallback: 'index.html', precompress: true }),
      compilerOptions: { runes: true },
      // Written into the page, so that it holds whoever serves the files: nothing comes from elsewhere.
      csp: {
        mode: 'hash',
        directives: {
          'default-src': ['self'],
          'script-src': ['self', hashOfFirstScript()],
          // Pictures of products are where their merchants keep them.
          'img-src': ['self', 'data:', 'https:', 'http:'],
          'style-src': ['self', 'unsafe-inline'],
          'object-src': ['none'],
          'base-uri': ['self'],
          'form-action': ['self'],
        },
      },
    }),
  ],
});
