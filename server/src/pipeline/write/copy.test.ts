// @module-tag pipeline
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { copyLine } from './copy.ts';

test.each([
  ['nothing', [], '\n'],
  ['an empty text, which is not null', ['', null], '\t\\N\n'],
  ['a text that looks like null', ['\\N', 'NULL'], '\\\\N\tNULL\n'],
  ['the end of data', ['\\.'], '\\\\.\n'],
  ['separators', ['a\tb', 'c\nd', 'e\rf'], 'a\\tb\tc\\nd\te\\rf\n'],
  ['escapes at either end', ['\\a\\', '\\t'], '\\\\a\\\\\t\\\\t\n'],
  ['other control characters', ['\b\f\v\u0001\u007f'], '\b\f\v\u0001\u007f\n'],
  ['quotes and letters', [`"a" 'é' 😀`], `"a" 'é' 😀\n`],
])('%s', (_what, values, line) => {
  expect(copyLine(values)).toBe(line);
});

/** As PostgreSQL reads the text format: the backslash sequences that we write, and no others. */
function readLine(line: string): (string | null)[] {
  const meanings: Record<string, string> = { '\\\\': '\\', '\\n': '\n', '\\r': '\r', '\\t': '\t' };
  return line
    .slice(0, -1)
    .split('\t')
    .map((field) =>
      field === '\\N' ? null : field.replaceAll(/\\./gs, (pair) => meanings[pair] ?? 'unknown'),
    );
}

test('whatever a value is, its line holds no other line, and gives it back', () => {
  const unit = fc.constantFrom('a', '\\', '\t', '\n', '\r', 'N', '.', 'n', 't', 'é');
  const value = fc.option(fc.string({ unit }));
  fc.assert(
    fc.property(fc.array(value, { minLength: 1, maxLength: 5 }), (values) => {
      const line = copyLine(values);
      expect(line.indexOf('\n')).toBe(line.length - 1);
      expect(line).not.toContain('\r');
      expect(readLine(line)).toEqual(values);
    }),
    { numRuns: 1000 },
  );
});
