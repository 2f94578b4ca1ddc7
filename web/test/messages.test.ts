// @module-tag web
import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse, type AST } from 'svelte/compiler';
import { describe, expect, test } from 'vitest';
import { feedRefusals, headerWarnings, rowErrors, rowWarnings } from '../../server/src/product-data/codes.ts';
import { refusalSentence } from '../src/lib/features/answers/refusal-sentence.ts';
import { issueWords } from '../src/lib/features/import/issue-words.ts';
import { refusalWords } from '../src/lib/features/import/refusal-words.ts';

const web = resolve(import.meta.dirname, '..');
const read = (language: string) =>
  JSON.parse(readFileSync(`${web}/messages/${language}.json`, 'utf8')) as Record<string, unknown>;
const english = read('en');

/** The forms of a message, whether it has one or a plural. */
function forms(message: unknown): readonly string[] {
  if (typeof message === 'string') return [message];
  return (message as { match: Record<string, string> }[]).flatMap(({ match }) => Object.values(match));
}
const holes = (message: unknown) =>
  [
    ...new Set(forms(message).flatMap((form) => [...form.matchAll(/\{(\w+)\}/g)].map(([hole]) => hole))),
  ].sort();

describe.each(['fr', 'de'])('the messages in %s', (language) => {
  const translated = read(language);

  test('are those in English, none missing and none left over', () => {
    expect(Object.keys(translated).sort()).toEqual(Object.keys(english).sort());
  });

  test('fill in the same things', () => {
    const different = Object.keys(english).filter(
      (key) => String(holes(english[key])) !== String(holes(translated[key])),
    );
    expect(different).toEqual([]);
  });
});

test.each(['en', 'fr', 'de'])('every form in %s says something', (language) => {
  const empty = Object.entries(read(language)).filter(([, message]) =>
    forms(message).some((form) => !form.trim()),
  );
  expect(empty.map(([key]) => key)).toEqual([]);
});

test('French puts a narrow space before its high signs, as French does', () => {
  const wrong = Object.entries(read('fr')).filter(([, message]) =>
    forms(message).some((form) => /[^\s:/]\s?[:;!?»](\s|$)/.test(form) && !/\u202f[:;!?»](\s|$)/.test(form)),
  );
  expect(wrong.map(([key]) => key)).toEqual([]);
});

test('every message is said somewhere', () => {
  const files = globSync('src/**/*.{ts,svelte}', { cwd: web }).filter((path) => !path.includes('paraglide'));
  const source = files.map((path) => readFileSync(`${web}/${path}`, 'utf8')).join('\n');
  const said = new Set([...source.matchAll(/\bm\.(\w+)/g)].map(([, key]) => key));
  expect(Object.keys(english).filter((key) => !said.has(key))).toEqual([]);
});

/** Attributes whose value is read or heard by somebody. */
const spoken = new Set([
  'title',
  'alt',
  'placeholder',
  'label',
  'text',
  'sub',
  'hint',
  'summary',
  'aria-label',
  'name',
]);
/** How an address begins is the same in every language; what stands before a high sign is not. */
const speaks = (text: string) => text !== 'https://' && /\p{L}{2}|[:;!?]/u.test(text);

/** Text that stands in the markup of a component rather than in a message. */
function literalTexts(source: string): readonly string[] {
  const found: string[] = [];
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) return node.forEach(visit);
    if (typeof node !== 'object' || node === null) return;
    const one = node as AST.SvelteNode & { name?: string; value?: unknown };
    if (one.type === 'StyleDirective') return;
    if (one.type === 'Text' && speaks(one.data)) found.push(one.data.trim());
    if (one.type === 'Attribute') {
      const parts = Array.isArray(one.value) ? one.value : [one.value];
      for (const part of parts as { type?: string; data?: string }[]) {
        if (part.type === 'Text' && spoken.has(one.name) && speaks(part.data ?? ''))
          found.push(`${one.name}="${part.data}"`);
      }
      return;
    }
    for (const [key, child] of Object.entries(one))
      if (key !== 'css' && key !== 'instance' && key !== 'module') visit(child);
  };
  visit(parse(source, { modern: true }).fragment);
  return found;
}

test('literal text in a component is seen', () => {
  expect(
    literalTexts('<p>Hello {name}</p><input placeholder="Find me" class="not-me" />{#if a}<b>there</b>{/if}'),
  ).toEqual(['Hello', 'placeholder="Find me"', 'there']);
  expect(literalTexts('<p>{m.hello()}: {name}</p><i aria-label="{a}: {b}"></i>')).toEqual([
    ':',
    'aria-label=": "',
  ]);
  expect(literalTexts('<p>{m.hello()} · 4</p><i class="panel"></i><time datetime="x"></time>')).toEqual([]);
});

test('no component has text of its own, nor a sign that has a blank before it in French', () => {
  const files = globSync('src/**/*.svelte', { cwd: web }).filter((path) => !path.includes('generated'));
  expect(files.length).toBeGreaterThan(20);
  const found = files.flatMap((path) =>
    literalTexts(readFileSync(`${web}/${path}`, 'utf8')).map((text) => `${path}: ${text}`),
  );
  expect(found).toEqual([]);
});

test('a message is named for its part of the pages first, then for what it says', () => {
  expect(Object.keys(english).filter((key) => !/^[a-z][a-z0-9]*(_[a-z0-9]+)+$/.test(key))).toEqual([]);
});

test('every code that an import can give has words', () => {
  const issues = Object.keys({ ...rowErrors, ...rowWarnings, ...headerWarnings });
  const wordless = issues.filter((code) => issueWords(code).title() === issueWords('NO_SUCH_CODE').title());
  expect(wordless).toEqual([]);
  expect(Object.keys(feedRefusals).filter((code) => refusalWords(code, 'its own') === 'its own')).toEqual([]);
  expect(refusalWords('NO_SUCH_CODE', 'its own')).toBe('its own');
});

/** Told by the sign-in, which has words of its own for them. */
const toldElsewhere = ['INVALID_CREDENTIALS', 'TOO_MANY_ATTEMPTS', 'SESSION_ENDED'];

test('every code that a form can be refused with has a sentence in the language of the page', () => {
  const server = resolve(web, '../server/src');
  const files = globSync(['modules/{user,store,merchant}/*.errors.ts', 'graphql/errors.ts'], { cwd: server });
  const codes = files.flatMap((path) =>
    [...readFileSync(`${server}/${path}`, 'utf8').matchAll(/readonly code = '(\w+)'/g)].map(
      ([, code]) => code ?? '',
    ),
  );
  expect(codes.length).toBeGreaterThan(20);
  const wordless = codes.filter(
    (code) => refusalSentence({ code, message: 'its own', path: null }) === 'its own',
  );
  expect(wordless.filter((code) => !toldElsewhere.includes(code))).toEqual([]);
});
