import { readFile, readdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import type { DiffTarget, SchemaEngine } from '@prisma/schema-engine-wasm';
import * as glue from '@prisma/schema-engine-wasm/schema_engine_bg';
import { engineAdapter } from './engine-adapter.ts';

/**
 * Prisma's schema engine as WebAssembly, for development and tests: it needs no program that would have to be
 * downloaded.
 */

const folder = resolve(import.meta.dirname, '..');
export const migrationsFolder = join(folder, 'migrations');
const filters = { externalTables: [], externalEnums: [] };

/** As much of it as is used here: TypeScript counts it among the things of a browser. */
declare const WebAssembly: {
  instantiate(
    program: Uint8Array,
    imports: Record<string, object>,
  ): Promise<{ instance: { exports: { __wbindgen_start(): void } } }>;
};

/** The module that bundlers would link; Node loads it by hand. The package declares no types for this half. */
const linked = glue as unknown as {
  SchemaEngine: typeof SchemaEngine;
  __wbg_set_wasm(exports: object): void;
};

let loading: Promise<void> | undefined;
async function load(): Promise<void> {
  const script = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg');
  const program = await readFile(script.replace(/\.js$/, '.wasm'));
  const imports = { './schema_engine_bg.js': { ...glue } };
  const { instance } = await WebAssembly.instantiate(program, imports);
  linked.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
}

async function schemaFiles() {
  const schema = join(folder, 'schema');
  const names = (await readdir(schema)).filter((name) => name.endsWith('.prisma')).sort();
  return Promise.all(
    names.map(async (name) => ({
      path: `schema/${name}`,
      content: await readFile(join(schema, name), 'utf8'),
    })),
  );
}

async function writtenMigrations(): Promise<DiffTarget> {
  const entries = await readdir(migrationsFolder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  const lock = await readFile(join(migrationsFolder, 'migration_lock.toml'), 'utf8');
  const directories = names.sort().map(async (path) => {
    const value = await readFile(join(migrationsFolder, path, 'migration.sql'), 'utf8');
    return { path, migrationFile: { path: 'migration.sql', content: { tag: 'ok', value } as const } };
  });
  return {
    tag: 'migrations',
    baseDir: migrationsFolder,
    shadowDbInitScript: '',
    lockfile: { path: 'migration_lock.toml', content: lock },
    migrationDirectories: await Promise.all(directories),
  };
}

/**
 * The SQL that leads from what the migrations make to what the schema says; null when they agree. Plays the
 * migrations through in a database of its own on the server of that address, and drops it.
 */
export async function sqlForNextMigration(serverUrl: string): Promise<string | null> {
  await (loading ??= load());
  const files = await schemaFiles();
  const datamodels = files.map(({ path, content }): [string, string] => [path, content]);
  const adapter = bindMigrationAwareSqlAdapterFactory(engineAdapter(serverUrl));
  const engine = await linked.SchemaEngine.new({ datamodels }, () => undefined, adapter);
  try {
    const [from, to] = [await writtenMigrations(), { tag: 'schemaDatamodel', files } as const];
    const { exitCode, stdout } = await engine.diff({ from, to, script: true, exitCode: true, filters });
    return exitCode === 0 ? null : stdout;
  } finally {
    engine.free();
  }
}
