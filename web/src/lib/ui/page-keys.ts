/** A key, or two one after the other with a space between: `?`, `g p`. */
export type PageKeys = Readonly<Record<string, () => void>>;

/** Also in what opened beside a button: there a letter moves to what begins with it. */
const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    target.matches('input, textarea, select, [role="combobox"], [role="textbox"], [popover] *'));

const pairWithinMs = 1200;

/**
 * Listens for single keys on the whole page, but not while somebody types, a dialog is open, or they are
 * switched off (`useSingleKeys`). Returns what ends that.
 */
export function listenForKeys(keys: () => PageKeys, areOn: () => boolean): () => void {
  let first = '';
  let firstAt = 0;
  const hear = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (isTyping(event.target) || document.querySelector('dialog[open]') || !areOn()) return;
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
