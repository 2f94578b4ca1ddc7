const maxCellBytes = 1024;
const unstorable = /\0|\p{Surrogate}/gu;

/** The row as the feed has it, as the text of a json object by header; cells are cut at 1 kB. */
export function rowDataOf(headers: readonly string[], cells: readonly string[]): string {
  const seen = new Map<string, number>();
  // Written by hand, because a header may be `__proto__`, and because repeated headers must not hide one another.
  const members = cells.map((cell, index) => {
    const header = (headers[index] ?? `column ${index + 1}`).trim();
    const count = (seen.get(header) ?? 0) + 1;
    seen.set(header, count);
    const name = count === 1 ? header : `${header} (${count})`;
    return `${jsonText(name)}:${jsonText(cutCell(cell))}`;
  });
  return `{${members.join(',')}}`;
}

/** Json that PostgreSQL can hold: it knows neither U+0000 nor half of a surrogate pair. */
const jsonText = (text: string) => JSON.stringify(text.replace(unstorable, ''));

function cutCell(cell: string): string {
  if (cell.length * 3 <= maxCellBytes || Buffer.byteLength(cell) <= maxCellBytes) return cell;
  const cut = Buffer.from(cell).subarray(0, maxCellBytes - 3).toString('utf8').replace(/\uFFFD+$/, '');
  return `${cut}…`;
}
