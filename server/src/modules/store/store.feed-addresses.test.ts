// @module-tag store
import { expect, test } from 'vitest';
import { FeedRefusal } from '../../product-data/feed-refusal.ts';
import { meantAddress, settleFeedUrls } from './store.feed-addresses.ts';

const stored = {
  letzshopCsvUrlFr: 'https://user:secret@feeds.example/fr.csv?token=abc123',
  letzshopCsvUrlEn: 'https://feeds.example/en.csv',
  letzshopCsvUrlDe: null,
};
const masked = 'https://***@feeds.example/fr.csv?token=***';
const asked: string[] = [];
const check = async (address: string) => {
  asked.push(address);
  await Promise.resolve();
  if (address.includes('private')) throw new FeedRefusal('ADDRESS_FORBIDDEN');
};

test.each([
  ['a masked one that is stored', masked, stored.letzshopCsvUrlFr],
  ['a stored one', ` ${stored.letzshopCsvUrlEn} `, stored.letzshopCsvUrlEn],
  ['a new one', 'https://feeds.example/new.csv', 'https://feeds.example/new.csv'],
])('%s is meant as it is stored', (_what, given, meant) => {
  expect(meantAddress(stored, 'EN', given)).toBe(meant);
});

test('of addresses that look alike when they are masked, each stays that of its language', async () => {
  const feed = (key: string) => `https://feeds.example/feed.csv?key=${key}`;
  const alike = { letzshopCsvUrlFr: feed('one'), letzshopCsvUrlEn: feed('two'), letzshopCsvUrlDe: null };
  expect(meantAddress(alike, 'EN', feed('***'))).toBe(feed('two'));
  expect(meantAddress(alike, 'FR', feed('***'))).toBe(feed('one'));
  expect(await settleFeedUrls(alike, { letzshopCsvUrlEn: feed('***') }, check)).toEqual({});
});

test('what is given back as it was shown stays, and what is blank goes', async () => {
  const given = { letzshopCsvUrlFr: masked, letzshopCsvUrlEn: '  ', letzshopCsvUrlDe: null };
  const settled = await settleFeedUrls(stored, given, check);
  expect(settled).toEqual({ letzshopCsvUrlEn: null, letzshopCsvUrlDe: null });
});

test('only a new address is checked, and what is left out is left alone', async () => {
  asked.length = 0;
  const given = {
    letzshopCsvUrlEn: stored.letzshopCsvUrlEn,
    letzshopCsvUrlDe: ' https://feeds.example/de.csv ',
  };
  expect(await settleFeedUrls(stored, given, check)).toEqual({
    letzshopCsvUrlDe: 'https://feeds.example/de.csv',
  });
  expect(asked).toEqual(['https://feeds.example/de.csv']);
});

test('an address that no import would fetch is refused, with its field', async () => {
  const settling = settleFeedUrls(stored, { letzshopCsvUrlDe: 'https://private.example/' }, check);
  await expect(settling).rejects.toMatchObject({ code: 'ADDRESS_FORBIDDEN', path: ['letzshopCsvUrlDe'] });
});

test('a fault of the check stays a fault', async () => {
  const failing = () => Promise.reject(new Error('no resolver'));
  const settling = settleFeedUrls(stored, { letzshopCsvUrlDe: 'https://feeds.example/' }, failing);
  await expect(settling).rejects.toThrow('no resolver');
});
