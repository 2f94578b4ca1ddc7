import { runApiBench } from './api.ts';
import { runImportBench } from './import.ts';
import { runPublishBench } from './publish.ts';
import { runPushBench } from './push.ts';

const usage = `pnpm bench api [--rows 1000000] [--import-rows 1400000] [--samples 200] [--json]
pnpm bench import [--rows 200000] [--batch-size 1000] [--connections 2] [--profile] [--json]
pnpm bench pages [--runs 7] [--json]
pnpm bench publish [--rows 100000] [--json]
pnpm bench push [--subscribers 1,100,1000] [--batches 90] [--every 100] [--json]`;

const [name, ...args] = process.argv.slice(2);
if (name === 'import') await runImportBench(args);
else if (name === 'publish') await runPublishBench(args);
else if (name === 'push') await runPushBench(args);
else if (name === 'api') await runApiBench(args);
// With its packages only when it is wanted: they are those of the pages.
else if (name === 'pages') await (await import('../../web/bench/pages.ts')).runPagesBench(args);
else {
  console.error(usage);
  process.exitCode = 2;
}
