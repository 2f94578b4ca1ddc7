import type { FeedCheck } from '../pipeline/check.ts';
import { countOf, countText, durationText } from './amounts.ts';
import { printable, shortened } from './printable.ts';
import { roundSeconds } from './import-result.ts';

/** The object that `feed check --json` prints, and nothing else. */
export function checkJson(check: FeedCheck, seconds: number) {
  const { encoding, delimiter, format, columns, rows, accepted, errors, warnings, refused, sample } = check;
  return {
    ...{ encoding, delimiter, format, columns, rows, accepted, errors, warnings, refused, sample },
    seconds: roundSeconds(seconds),
  };
}

const delimiterNames: Readonly<Record<string, string>> = {
  ',': 'comma',
  ';': 'semicolon',
  '\t': 'tab',
  '|': 'vertical bar',
};

const formatNames: Readonly<Record<string, string>> = {
  google: "Google's names of columns",
  catalogue: 'names of columns as shops use them',
};

/** What an import of the feed would do, for people. */
export function describeCheck(check: FeedCheck, name: string, seconds: number): string {
  const title = `${printable(name)}: ${check.refused ? 'refused' : 'readable'} (${durationText(seconds)})`;
  const sections = [
    [title, ...refusal(check)],
    file(check),
    outcome(check),
    errors(check),
    warnings(check),
    sample(check),
  ];
  return sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

const refusal = ({ refused }: FeedCheck) =>
  refused ? [`${printable(refused.message)} (${refused.code})`] : [];

function file({ encoding, delimiter, format, columns }: FeedCheck): string[] {
  const recognised = Object.entries(columns.recognised).map(([header, attribute]) =>
    header === attribute ? header : `${shortened(header, 40)} = ${attribute}`,
  );
  const facts: [string, string | null][] = [
    ['Encoding', encoding],
    ['Delimiter', delimiter && (delimiterNames[delimiter] ?? delimiter)],
    ['Format', format && (formatNames[format] ?? format)],
    ['Recognised', recognised.map(printable).join(', ')],
    ['Extra', columns.extra.map((header) => shortened(header, 40)).join(', ')],
  ];
  return facts.flatMap(([label, value]) => (value ? [`${label.padEnd(12)}${value}`] : []));
}

function outcome({ rows, accepted, refused }: FeedCheck): string[] {
  if (refused && rows === 0) return [];
  return [`${countText(accepted)} of ${countOf(rows, 'row')} would be imported.`];
}

function errors({ errors, examples, rows, accepted }: FeedCheck): string[] {
  if (rows === accepted) return [];
  return [`${countOf(rows - accepted, 'row')} would be left out:`, ...counted(errors, examples.errors)];
}

function warnings({ warnings, examples }: FeedCheck): string[] {
  const total = Object.values(warnings).reduce((sum, count) => sum + count, 0);
  if (total === 0) return [];
  return [`${countOf(total, 'warning')}, which cost no row:`, ...counted(warnings, examples.warnings)];
}

/** Most frequent first, each with the sentence of its first occurrence. */
function counted(counts: FeedCheck['errors'], examples: FeedCheck['examples']['errors']): string[] {
  const byCount = Object.entries(counts).sort(([, a], [, b]) => b - a);
  return byCount.map(([name, count]) => {
    const example = examples[name];
    return `${countText(count).padStart(9)}  ${name}${example === undefined ? '' : `: ${printable(example)}`}`;
  });
}

const shown = ['title', 'brand', 'price', 'availability', 'gtin'];

function sample({ sample }: FeedCheck): string[] {
  if (sample.length === 0) return [];
  const products = sample.map(({ id = '', price, currency = '', ...others }) => {
    const values: Record<string, string | undefined> = { ...others, price: price && `${price} ${currency}` };
    const parts = shown.flatMap((name) => (values[name] ? [shortened(values[name], 50)] : []));
    return `  ${[shortened(id, 30), ...parts].join(' · ')}`;
  });
  return ['The first products:', ...products];
}
