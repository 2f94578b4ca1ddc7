/** What the answer is, or null when it has not come within so many milliseconds; it is then left to itself. */
export async function within<T>(ms: number, answer: Promise<T>): Promise<T | null> {
  const late = Promise.withResolvers<null>();
  const timer = setTimeout(() => late.resolve(null), ms);
  return Promise.race([answer, late.promise]).finally(() => clearTimeout(timer));
}
