import type { Attachment } from 'svelte/attachments';

type Step = readonly [down: number, right: number];

const isText = (cell: HTMLElement): cell is HTMLInputElement =>
  cell instanceof HTMLInputElement && cell.type !== 'checkbox';

/** Whether an arrow has nothing left to do in the text: then it leaves the cell. */
function isAtEdge(cell: HTMLElement, right: boolean): boolean {
  if (!isText(cell)) return true;
  const { selectionStart, selectionEnd, value } = cell;
  if (selectionStart === 0 && selectionEnd === value.length) return true;
  return selectionStart === selectionEnd && selectionEnd === (right ? value.length : 0);
}

function stepOf(event: KeyboardEvent, cell: HTMLElement): Step | null {
  // With Alt a choice opens, as everywhere.
  if (event.ctrlKey || event.metaKey || event.altKey) return null;
  if (event.key === 'ArrowDown') return [1, 0];
  if (event.key === 'ArrowUp') return [-1, 0];
  // A link is followed by Enter, wherever it stands.
  if (event.key === 'Enter' && cell.matches('input, select')) return [event.shiftKey ? -1 : 1, 0];
  if (event.shiftKey && event.key !== 'Tab') return null;
  if (event.key === 'ArrowLeft' && isAtEdge(cell, false)) return [0, -1];
  return event.key === 'ArrowRight' && isAtEdge(cell, true) ? [0, 1] : null;
}

/**
 * Moves between the parts `[data-cell]` of a table's rows as in a spreadsheet: arrows to the neighbour, Enter down,
 * Shift and Enter up; Tab from one `[data-cell="edit"]` to the next, past what only leads elsewhere. At the ends Tab
 * leaves the table. What is edited is selected, so that typing replaces it.
 */
export const cellKeys: Attachment<HTMLElement> = (table) => {
  const rows = () =>
    [...table.querySelectorAll('tr')]
      .map((row) => [...row.querySelectorAll<HTMLElement>('[data-cell]')])
      .filter((parts) => parts.length > 0);

  function neighbour(cell: HTMLElement, [down, right]: Step): HTMLElement | undefined {
    const all = rows();
    const row = all.findIndex((parts) => parts.includes(cell));
    const column = all[row]?.indexOf(cell) ?? -1;
    // The ends do not meet.
    if (row + down < 0 || column + right < 0) return undefined;
    return all[row + down]?.[column + right];
  }
  function nextEdited(cell: HTMLElement, back: boolean): HTMLElement | undefined {
    const edited = [...table.querySelectorAll<HTMLElement>('[data-cell="edit"]')];
    const at = edited.indexOf(cell) + (back ? -1 : 1);
    return at < 0 ? undefined : edited[at];
  }
  const onKeydown = (event: KeyboardEvent) => {
    const cell = (event.target as HTMLElement).closest<HTMLElement>('[data-cell]');
    if (!cell || event.defaultPrevented) return;
    const tabs = event.key === 'Tab' && cell.dataset['cell'] === 'edit';
    const step = tabs ? null : stepOf(event, cell);
    if (!tabs && !step) return;
    const next = step ? neighbour(cell, step) : nextEdited(cell, event.shiftKey);
    if (tabs && !next) return;
    event.preventDefault();
    next?.focus();
    if (next && isText(next)) next.select();
  };
  table.addEventListener('keydown', onKeydown);
  return () => table.removeEventListener('keydown', onKeydown);
};
