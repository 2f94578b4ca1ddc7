// @module-tag web
import { expect, test } from 'vitest';
import { markMatches, matches } from './matching.ts';

test.each([
  ['Weber Déco', 'deco', true],
  ['Weber Déco', 'dec web', true],
  ['Weber Déco', '', true],
  ['Weber Déco', 'livres', false],
])('%j with %j: %s', (text, query, found) => {
  expect(matches(text, query)).toBe(found);
});

test.each([
  ['Weber Livres', 'web', '[Web]er Livres'],
  ['Weber Déco', 'dec web', '[Web]er [Déc]o'],
  ['Éclair, éclair', 'e', '[É]clair, [é]clair'],
  ['Ébène', 'ebene', '[Ébène]'],
  ['aaa', 'aa', '[aaa]'],
  ['🚲 Vélo', 'velo', '🚲 [Vélo]'],
  ['', 'x', ''],
  ['plain', '', 'plain'],
])('%j searched for %j is shown as %s', (text, query, shown) => {
  const pieces = markMatches(text, query);
  expect(pieces.map((piece) => (piece.match ? `[${piece.text}]` : piece.text)).join('')).toBe(shown);
  expect(pieces.map((piece) => piece.text).join('')).toBe(text);
});
