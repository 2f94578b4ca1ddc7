// @module-tag product-data
import { expect, test } from 'vitest';
import { splitList, splitUrls } from './lists.ts';

test.each([
  ['one value', 'Lamps > Desk', ['Lamps > Desk']],
  ['several values', 'red, green ,blue', ['red', 'green', 'blue']],
  ['a value with a comma', '"Home, Garden", Lamps', ['Home, Garden', 'Lamps']],
  ['a value with quotes', '"5"" pipe, steel","c ""d"""', ['5" pipe, steel', 'c "d"']],
  ['one quoted value', '"a, b"', ['a, b']],
  ['quotes that wrap no whole value', '12" pan, "big" pan', ['12" pan', '"big" pan']],
  ['a quote that is never closed', '"a, b', ['"a', 'b']],
  ['blank values', ',a,, ,"",b,', ['a', 'b']],
  ['nothing but commas', ',,,', []],
])('a list of %s', (_what, text, values) => {
  expect(splitList(text)).toEqual(values);
});

const one = 'https://shop.example/1.jpg';
const two = 'http://shop.example/2.jpg?a=b,c';

test.each([
  ['commas', `${one},${two}`],
  ['commas and blanks', ` ${one} , ${two} ,`],
  ['bars', `${one}|${two}`],
  ['semicolons', `${one};${two}`],
  ['line ends', `${one}\r\n${two}`],
  ['quotes', `"${one}","${two}"`],
])('addresses between %s', (_what, text) => {
  expect(splitUrls(text)).toEqual({ urls: [one, two], unreadable: [] });
});

test('a comma inside an address separates nothing', () => {
  expect(splitUrls(two)).toEqual({ urls: [two], unreadable: [] });
});

test('what is no address is told apart', () => {
  expect(splitUrls(`javascript:alert(1), ${one}`)).toEqual({
    urls: [one],
    unreadable: ['javascript:alert(1)'],
  });
  expect(splitUrls('images/1.jpg')).toEqual({ urls: [], unreadable: ['images/1.jpg'] });
});

test.each(['/img/2.jpg', '//shop.example/2.jpg', 'www.shop.example/2.jpg'])(
  'the incomplete address %s behind a comma is no part of the one before it',
  (incomplete) => {
    const split = { urls: [one, two], unreadable: [incomplete] };
    for (const text of [`${one},${incomplete},${two}`, `"${one}", "${incomplete}", "${two}"`])
      expect(splitUrls(text)).toEqual(split);
  },
);

test('a megabyte of anything is split in one pass', () => {
  const started = performance.now();
  for (const part of [' ', ',', '"', '""', '",', '"a,', 'http://', ', "', ',/']) {
    splitList(part.repeat(200_000));
    splitUrls(part.repeat(200_000));
  }
  expect(performance.now() - started).toBeLessThan(5000);
});
