/** The same bytes, until there are more than `maxBytes`: then it throws what `refusal` gives. */
export async function* limitBytes(
  chunks: AsyncIterable<Buffer>,
  maxBytes: number,
  refusal: () => Error,
): AsyncGenerator<Buffer> {
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.length;
    if (bytes > maxBytes) throw refusal();
    yield chunk;
  }
}
