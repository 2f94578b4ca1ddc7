/** A fault of a row, as far as it says where it is. */
interface Fault {
  /** By its name in the product data specification; null for a whole row. */
  readonly attribute: string | null;
  /** The server's sentence: it quotes the column or the cell. */
  readonly message: string;
}

export type Cells = readonly (readonly [column: string, cell: string])[];

/** The cells of a row in the order of the file; none when it could not be taken apart. */
export function cellsOf(rowData: unknown): Cells {
  if (typeof rowData !== 'object' || rowData === null || Array.isArray(rowData)) return [];
  return Object.entries(rowData).map(([column, cell]) => [
    column,
    typeof cell === 'string' ? cell : String(cell),
  ]);
}

/** So that somebody knows a row again who has the file before them. `without` stands beside it already. */
export const beginningOf = (cells: Cells, without: string | null): string =>
  cells
    .map(([, cell]) => cell.trim())
    .filter((cell) => cell !== '' && cell !== without)
    .slice(0, 3)
    .join(' · ');

const plain = (name: string) =>
  name
    .trim()
    .toLowerCase()
    .replaceAll(/[\s-]+/g, '_');

/**
 * The column of the row that a fault is about; null when it is about the whole row or nobody can tell. A feed
 * names its columns as it likes: the one that is called like the attribute, else the one that the sentence names,
 * else the one whose cell it quotes.
 */
export function badColumn(cells: Cells, { attribute, message }: Fault): string | null {
  if (attribute === null) return null;
  const named = cells.find(([column]) => plain(column) === attribute);
  const told = cells.find(([column]) => message.includes(`"${column}"`));
  const quoted = cells
    .filter(([, cell]) => cell.trim() !== '' && message.includes(`"${cell.trim()}"`))
    .toSorted(([, one], [, other]) => other.length - one.length)[0];
  const starts = cells.find(([, cell]) => cell.trim() !== '' && message.startsWith(`${cell.trim()} `));
  return (named ?? quoted ?? told ?? starts)?.[0] ?? null;
}
