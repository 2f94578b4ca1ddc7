/** How a row of a long feed is: right, or wrong in one of two ways. */
const rowOf = (index: number, edition: string) => {
  const price = index % 500 === 7 ? 'on request' : '24.90 EUR';
  const title = index % 500 === 9 ? '' : `Product ${index} of ${edition}`;
  return `LONG-${index},${title},${price},in_stock,new`;
};

/**
 * A feed of so many rows, for an import that lasts: in every 500 rows one price cannot be read and one title is
 * missing. The first bad price stands in row 8. Another edition changes every product.
 */
export function longFeed(rows: number, edition: string): Buffer {
  const lines = Array.from({ length: rows }, (_, index) => rowOf(index, edition));
  return Buffer.from(`id,title,price,availability,condition\n${lines.join('\n')}\n`);
}
