/** A key, or two one after the other with a space between: `?`, `g p`. null: nothing at the moment. */
export type PageKeys = Readonly<Record<string, (() => void) | null>>;

/** Also in what opened beside a button: there a letter moves to what begins with it. */
const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    target.matches('input, textarea, select, [role="combobox"], [role="textbox"], [popover] *'));

/** Esc closes it, and a letter may be meant for it. What only floats, such as a tip or a notice, is not opened. */
const isSomethingOpen = () => document.querySelector('dialog[open], [popover="auto"]:popover-open') !== null;

const pairWithinMs = 1200;

/**
 * Listens for single keys on the whole page, but not while somebody types, something is open, or they are
 * switched off (`useSingleKeys`). Returns what ends that.
 */
export function listenForKeys(keys: () => PageKeys, areOn: () => boolean): () => void {
  let first = '';
  let firstAt = 0;
  const hear = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    // Held down it does its work once: the Esc that closed something goes nowhere as well.
    if (event.repeat || isTyping(event.target) || isSomethingOpen() || !areOn()) return;
    const wanted = keys();
    const pair = event.timeStamp - firstAt < pairWithinMs ? wanted[`${first} ${event.key}`] : undefined;
    const run = pair ?? wanted[event.key];
    [first, firstAt] = pair ? ['', 0] : [event.key, event.timeStamp];
    if (!run) return;
    event.preventDefault();
    run();
  };
  addEventListener('keydown', hear);
  return () => removeEventListener('keydown', hear);
}
