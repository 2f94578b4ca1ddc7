import adapter from '@sveltejs/adapter-static';
import { sveltekit } from '@sveltejs/kit/vite';
import tailwindcss from '@tailwindcss/vite';
import { defineConfig } from 'vite';

export default defineConfig({
  // Fonts stay files of their own: inlined ones would need `data:` in the policy below.
  build: { assetsInlineLimit: 0 },
  plugins: [
    tailwindcss(),
    sveltekit({
      adapter: adapter({ pages: 'build', fallback: 'index.html' }),
      compilerOptions: { runes: true },
      // Written into the page, so that it holds whoever serves the files: nothing comes from elsewhere.
      csp: {
        mode: 'hash',
        directives: {
          'default-src': ['self'],
          'img-src': ['self', 'data:'],
          'style-src': ['self', 'unsafe-inline'],
          'object-src': ['none'],
          'base-uri': ['self'],
          'form-action': ['self'],
        },
      },
    }),
  ],
});
