/** Results that are kept of one reader. */
const maxRemembered = 2048;
/** Longer texts hardly ever come twice, and would cost memory. */
const maxTextLength = 160;

/** A copy that does not keep alive the long text, a whole chunk of the feed, that a cell may be a slice of. */
const copyOf = (text: string) => ` ${text}`.slice(1);

/**
 * The same reader, quicker for texts that it has read before: dates, weights and shipping costs of a feed are
 * few, and cost more to read than to find. Its memory is bounded; the reader must be pure.
 */
export function remembering<T>(read: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    if (text.length > maxTextLength) return read(text);
    const before = known.get(text);
    if (before !== undefined) return before;
    if (known.size >= maxRemembered) known.clear();
    const own = copyOf(text);
    const result = read(own);
    known.set(own, result);
    return result;
  };
}

/** As `remembering`, for a reader whose results depend on one more thing, such as the time zone, that rarely changes. */
export function rememberingFor<T, Key>(read: (text: string, key: Key) => T): (text: string, key: Key) => T {
  let last: { key: Key; read: (text: string) => T } | undefined;
  return (text, key) => {
    if (last?.key !== key) last = { key, read: remembering((each) => read(each, key)) };
    return last.read(text);
  };
}
