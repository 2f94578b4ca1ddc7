// @module-tag pipeline
import { expect, test } from 'vitest';
import { durationText, sizeText } from './limits.ts';

test.each([
  [2e9, '2 GB'],
  [1.5e9, '1.5 GB'],
  [50e6, '50 MB'],
  [4096, '4.1 kB'],
  [512, '512 bytes'],
])('%d bytes are %s', (bytes, text) => {
  expect(sizeText(bytes)).toBe(text);
});

test.each([
  [15 * 60_000, '15 minutes'],
  [90_000, '90 s'],
  [30_000, '30 s'],
  [200, '0.2 s'],
])('%d ms are %s', (ms, text) => {
  expect(durationText(ms)).toBe(text);
});
