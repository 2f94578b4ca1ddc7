// @module-tag web
// @module-tag hostile
import { expect, test } from 'vitest';
import { safeUrl } from './safe-url.ts';

test.each([
  ['https://shop.example/a.jpg', 'https://shop.example/a.jpg'],
  [' http://shop.example ', 'http://shop.example/'],
  ['HTTPS://shop.example/ä', 'https://shop.example/%C3%A4'],
])('%j may be followed', (text, href) => {
  expect(safeUrl(text)).toBe(href);
});

test.each([
  'javascript:alert(1)',
  ' JaVaScRiPt:alert(1)',
  'java\nscript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  'vbscript:x',
  'file:///etc/passwd',
  'blob:https://shop.example/1',
  '//shop.example/a.jpg',
  '/a.jpg',
  'shop.example',
  'https://',
  '',
  null,
  undefined,
])('%j may not', (text) => {
  expect(safeUrl(text)).toBeNull();
});
