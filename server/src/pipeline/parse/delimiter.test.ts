// @module-tag pipeline
import { expect, test } from 'vitest';
import { findDelimiter, unclosedQuoteLine } from './delimiter.ts';

const find = (text: string) => {
  const found = findDelimiter(Buffer.from(text), 1 << 20);
  return found && { delimiter: found.delimiter, cells: found.header.cells };
};

test.each([
  ['comma', ',', 'id,title\n1,a'],
  ['semicolon', ';', 'id;title\n1;a'],
  ['tab', '\t', 'id\ttitle\n1\ta'],
  ['bar', '|', 'id|title\n1|a'],
])('%s is found', (_name, delimiter, text) => {
  expect(find(text)).toEqual({ delimiter, cells: ['id', 'title'] });
});

test.each([
  ['a list of semicolons in one header', 'id,Categories (x;y;z;w;v),title\n1,a;b,c', ','],
  ['bars and semicolons in a help record', '# Required | a; b; c | d,# Optional | e\nid,title\n1,a', ','],
  ['prose full of commas behind semicolons', 'id;title\n1;a, b, c\n2;d, e, f\n3;g, h, i', ';'],
  ['a quoted header with commas', 'id;"title, description, and more";title\n1;a;b', ';'],
  ['decimal commas', 'id;price;title\n1;1,50;a\n2;2,50;b', ';'],
  ['one comma in each row of a file of tabs', 'id\ttitle, long\n1\ta, b\n2\tc, d', '\t'],
])('%s does not mislead', (_name, text, delimiter) => {
  expect(find(text)?.delimiter).toBe(delimiter);
});

test('between unknown names the one with rows as wide as the header wins', () => {
  expect(find('aa,bb;cc\n1;x\n2;y, z\n3;w')?.delimiter).toBe(';');
});

test.each([
  ['one column', 'id\n1\n2'],
  ['a delimiter in quotes only', '"id,title"\n1'],
  ['nothing', ''],
  ['only blanks, delimiters and line ends', ' \r\n,,\n"",""\n'],
  ['only help records', '# a,b\n# c,d'],
])('%s has no delimiter', (_name, text) => {
  expect(find(text)).toBeNull();
});

test('blank and help records before the header are passed over', () => {
  expect(find('\r\n,,\r\n"# Required, id",x\nid,title,price')).toEqual({
    delimiter: ',',
    cells: ['id', 'title', 'price'],
  });
});

test.each([
  ['a header', '#id;title;price\n1;A;10,00\n', ['#id', 'title', 'price']],
  ['one behind a help text', '# a note\n\n# SKU;Titel\n1;A;10,00\n', ['# SKU', 'Titel']],
  ['one that is all there is', '"#id";"title"', ['#id', 'title']],
  ['none before a header', '# id;# title\nsku;name\n1;A\n', ['sku', 'name']],
  ['none without a title', '#id;Preis\na;b\n1;A\n', ['a', 'b']],
])('a record behind # that is %s', (_what, text, cells) => {
  expect(find(text)).toEqual({ delimiter: ';', cells });
});

test.each([
  ['that of the header', 'id,title\n1,a\n2,b', 2],
  ['one more', 'id,title\n1,a,\n2,b,', 3],
  ['that of four rows in five', 'id,title,x,y\n1,a\n2,b,c\n3,d,e\n4,f,g\n5,h,i', 3],
  ['none where widths differ', 'id,title,x,y\n1,a\n2,b,c\n3,d,e\n4,f', -1],
  ['not that of lines into which a text falls', 'id,title,x,y\n1,a,b,c\nd,e\nf,g\nh,i\nj,k\nl,m\n', -1],
  ['not that of a row with broken quotes', 'id,title\n1,"a"b,c,d', -1],
])('the usual width of rows is %s', (_which, text, width) => {
  expect(findDelimiter(Buffer.from(text), 1 << 20)?.usualWidth).toBe(width);
});

test('a header without a line end and without rows is one', () => {
  expect(find('id,title')?.cells).toEqual(['id', 'title']);
});

test('quotes and a second byte order mark are no part of a header', () => {
  expect(find('\uFEFF"id","title, short","a ""b"""\n')?.cells).toEqual(['id', 'title, short', 'a "b"']);
});

test.each([
  ['in the header', 'id,"title\n1,a', 1],
  ['in the header of another delimiter', 'id;"title\n1;a', 1],
  ['in a help record', '# a,b\n# c,"d\nid,title', 2],
])('a quote that never closes %s is found', (_where, text, line) => {
  expect(unclosedQuoteLine(Buffer.from(text), 1 << 20)).toBe(line);
});

test.each([
  ['all quotes close', 'id,"title"\n1,a'],
  ['it opens behind the header', 'id,title\n1,"a'],
  ['there is none', ''],
])('no quote swallows the header when %s', (_why, text) => {
  expect(unclosedQuoteLine(Buffer.from(text), 1 << 20)).toBeNull();
});
