import { openEmbeddedPostgres } from '../src/platform/embedded-postgres/open-embedded-postgres.ts';

/**
 * A process that opens the server of the folder it is given, says its address to its parent and leaves when
 * the parent says `close`. Ended by a signal it leaves nothing, like a command that was killed.
 */
const say = (message: object) => process.send?.(message);

try {
  const server = await openEmbeddedPostgres(process.argv[2] ?? '');
  process.once('message', () => {
    void server.close().then(() => process.disconnect());
  });
  say({ url: server.url });
} catch (error) {
  say({ failure: error instanceof Error ? { ...error, message: error.message } : error });
  process.disconnect();
}
