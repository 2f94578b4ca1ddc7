// @module-tag pipeline
import { describe, expect, test } from 'vitest';
import { luxembourg, readFeed, withSpooledFeed } from '../../test/reading.ts';
import { openSpooledFeed } from './feed.ts';

const identities = async (text: string) =>
  (await readFeed(text)).rows.map(({ id, errorType }) => errorType ?? id);

describe('the id', () => {
  test.each([
    ['plain', 'A1'],
    ['in quotes', '"A1"'],
    ['with blanks around it', '  A1 '],
    ['with a no-break space and a zero-width one', '\u00a0\u200bA1'],
    ['with blanks in quotes', '" A1\t"'],
  ])('%s is cleaned', async (_how, cell) => {
    expect(await identities(`id,title\n${cell},x`)).toEqual(['A1']);
  });

  test.each([
    ['a doubled quote', '"A""1"', 'A"1'],
    ['a delimiter', '"A,1"', 'A,1'],
    ['a quote in the middle', 'A"1', 'A"1'],
    ['broken quotes', '"A"1', '"A"1'],
    ['letters of several bytes', 'é😀', 'é😀'],
    ['two lines', '"A\n1"', 'A\n1'],
  ])('with %s is the cell as csv-parse reads it', async (_what, cell, id) => {
    expect(await identities(`id,title\n${cell},x`)).toEqual([id]);
  });

  test('may stand in any column, and be missing from a short row', async () => {
    expect(await identities('title,price,id\nx,1,A\ny,2\nz,3,"B"')).toEqual(['A', 'MISSING_ID', 'B']);
  });

  test('is taken from the first filled one of repeated columns', async () => {
    expect(await identities('id,title,ID \n,x,A\nB,y,C\n" ",z," "')).toEqual(['A', 'B', 'MISSING_ID']);
  });

  test('of a row that cannot be taken apart is none, and takes no other row its own', async () => {
    expect(await identities('id,title\nA,x,1,2\nA,y')).toEqual(['PARSE_ERROR', 'A']);
  });
});

describe('an id that an earlier row bore', () => {
  const rows = async (text: string) =>
    (await readFeed(text, { batchSize: 1 })).rows.map(({ issues }) =>
      issues.map(({ message }) => message).join(),
    );

  test.each([
    ['accepted', 'A,x,1'],
    ['left out', 'A,,1'],
  ])('is an error that names the row, whether that was %s', async (_how, first) => {
    const [, second, third] = await rows(`id,title,price\n${first}\nB,y,1\n" A ",z,1`);
    expect([second, third]).toEqual(['', expect.stringContaining('A is in row 1 already')]);
  });

  test('names the first of several rows', async () => {
    expect(
      (await rows('id,title,price\nA,x,1\nA,y,1\nA,z,1')).map((text) => /row (\d+)/.exec(text)?.[1]),
    ).toEqual([undefined, '1', '1']);
  });

  test.each([
    ['case', 'a', 'A'],
    ['leading zeros', '1', '01'],
    ['decimals', '1', '1.0'],
    ['composition', 'e\u0301', 'é'],
    ['inner blanks', 'a b', 'a  b'],
  ])('differs in %s: it is another one', async (_what, one, other) => {
    expect(await identities(`id,title\n${one},x\n${other},y`)).toEqual([one, other]);
  });
});

describe('what stands in a row that is no product counts as being in the feed', () => {
  /** Which of the ids the feed may be about, without being able to tell. */
  const mayHaveSeen = (text: string, ids: readonly string[]) =>
    withSpooledFeed(text, async (spooled) => {
      const feed = await openSpooledFeed(spooled, luxembourg);
      await Array.fromAsync(feed.batches(1000));
      return ids.filter((id) => feed.mayHaveSeen(id));
    });

  test.each([
    ['a plain number', 'A1,x,1,2', 'A1'],
    ['a number with a delimiter', '"A,1","x",1,2', 'A,1'],
    ['a number with quotes', '"A ""B""",y,1,2', 'A "B"'],
    ['a number with a delimiter, behind broken quotes', '1,"5" pipe,2,"A,1"', 'A,1'],
    ['a number of a row that another one has swallowed', '1,"a,2\nA1,"b",3', 'A1'],
    ['a comment', '#12', '#12'],
    ['a help text', '# 12,x,1', '# 12'],
  ])('%s', async (_what, row, id) => {
    expect(await mayHaveSeen(`id,title,price\n${row}\n`, [id, 'Z'])).toEqual([id]);
  });
});
