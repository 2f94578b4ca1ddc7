import { runImportBench } from './import.ts';

const usage = `pnpm bench import [--rows 1000000] [--batch-size 1000] [--connections 2] [--profile] [--json]`;

const [name, ...args] = process.argv.slice(2);
if (name === 'import') await runImportBench(args);
else {
  console.error(usage);
  process.exitCode = 2;
}
