const maxCellBytes = 1024;
/** Of all cells together, as json: a feed may have a thousand columns, and rows are shown a hundred at a time. */
const maxCellsBytes = 32 << 10;
/** Of all names together: every faulty row repeats them. Columns behind are told by their number. */
const maxNamesLength = 16 << 10;
/** Cells beyond the header that are kept, to show what the row has too much of. */
const maxSurplusCells = 16;
const unstorable = /\0|\p{Surrogate}/gu;

/**
 * The row as the feed has it, as the text of a json object by header. Cells are cut at 1 kB, and from 32 kB of a row
 * on to `…`, so that every column is still named, and one without a value is seen to have none.
 */
export type WriteRowData = (cells: readonly string[]) => string;

/** Writes the rows of a feed with these headers. */
export function rowDataWriter(headers: readonly string[]): WriteRowData {
  const names = namesOf(headers).map(jsonText);
  return (cells) => {
    let room = maxCellsBytes;
    // Written by hand, because a header may be `__proto__`.
    const members = cells.slice(0, names.length).map((cell, at) => {
      const text = jsonText(cutCell(cell, Math.min(room, maxCellBytes)));
      room -= Buffer.byteLength(text);
      return `${names[at] ?? ''}:${text}`;
    });
    return `{${members.join(',')}}`;
  };
}

/** A name for each cell that a row may have; repeated headers must not hide one another. */
function namesOf(headers: readonly string[]): string[] {
  const seen = new Set<string>();
  let length = 0;
  return Array.from({ length: headers.length + maxSurplusCells }, (_, index) => {
    const header = headers[index]?.replace(unstorable, '').trim();
    const fits = header !== undefined && length + header.length <= maxNamesLength;
    const name = fits ? header : `column ${index + 1}`;
    length += name.length;
    let own = name;
    for (let count = 2; seen.has(own); count++) own = `${name} (${count})`;
    seen.add(own);
    return own;
  });
}

/** Json that PostgreSQL can hold: it knows neither U+0000 nor half of a surrogate pair. */
const jsonText = (text: string) => JSON.stringify(text.replace(unstorable, ''));

function cutCell(cell: string, maxBytes: number): string {
  if (cell === '' || cell.length * 3 <= maxBytes || Buffer.byteLength(cell) <= maxBytes) return cell;
  const cut = Buffer.from(cell)
    .subarray(0, Math.max(maxBytes - 3, 0))
    .toString('utf8')
    .replace(/\uFFFD+$/, '');
  return `${cut}…`;
}
