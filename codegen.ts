import type { CodegenConfig } from '@graphql-codegen/cli';

/** The documents of the pages, with their types, from `schema.graphql`: `scripts/build.ts` runs this. */
export default {
  schema: 'schema.graphql',
  // Not in components: operations inside `.svelte` files are passed over without a word.
  documents: ['web/src/**/*.graphql'],
  ignoreNoDocuments: true,
  silent: true,
  generates: {
    'web/src/lib/graphql/generated/': {
      preset: 'client',
      presetConfig: { fragmentMasking: false },
      config: {
        useTypeImports: true,
        enumsAsTypes: true,
        immutableTypes: true,
        strictScalars: true,
        scalars: {
          BigInt: { input: 'string', output: 'string' },
          DateTime: { input: 'string', output: 'string' },
          Decimal: { input: 'string', output: 'string' },
          JSON: { input: 'unknown', output: 'unknown' },
        },
      },
    },
  },
} satisfies CodegenConfig;
