import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A node that answers and does nothing else: what it needs is what the machine itself makes everybody wait. */
const server = createServer((_request, response) => response.end('ok'));
server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }));
process.on('message', () => process.disconnect());
// Also when the bench has ended without a word.
process.on('disconnect', () => process.exit());
