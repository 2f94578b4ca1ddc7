/** A key, or two one after the other with a space between: `?`, `g p`. */
export type PageKeys = Readonly<Record<string, () => void>>;

/** Also in what opened beside a button: there a letter moves to what begins with it. */
const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    target.matches('input, textarea, select, [role="combobox"], [role="textbox"], [popover] *'));

/** True when the reader switched single keys off (WCAG 2.1.4): kept in this browser. */
export const areSingleKeysOff = () => localStorage.getItem('single-keys') === 'off';
export function switchSingleKeys(on: boolean): void {
  if (on) localStorage.removeItem('single-keys');
  else localStorage.setItem('single-keys', 'off');
}

const pairWithinMs = 1200;

/**
 * Listens for single keys on the whole page, but not while somebody types, a dialog is open, or they are
 * switched off. Returns what ends that.
 */
export function listenForKeys(keys: () => PageKeys): () => void {
  let first = '';
  let firstAt = 0;
  const hear = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (isTyping(event.target) || document.querySelector('dialog[open]') || areSingleKeysOff()) return;
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
