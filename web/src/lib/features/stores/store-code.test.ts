// @module-tag web
import { expect, test } from 'vitest';
import { codeOfName } from './store-code.ts';

test.each([
  ['Weber Livres', 'weber-livres'],
  ['Kirchberg Vélo', 'kirchberg-velo'],
  ['  L’Atelier & Co. ', 'l-atelier-co'],
  ['Straße 7', 'strasse-7'],
  ['???', ''],
  [`${'x'.repeat(49)} y`, 'x'.repeat(49)],
])('the name "%s" suggests the code "%s"', (name, code) => {
  expect(codeOfName(name)).toBe(code);
});
