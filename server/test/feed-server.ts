import { httpResponse, startLoopbackServer } from './loopback-server.ts';

/** The origin of a server on loopback that has these feeds, by their paths, whatever is asked for; it ends with the test. */
export async function serveFeeds(feeds: Readonly<Record<string, Buffer>>): Promise<string> {
  const web = await startLoopbackServer((socket, head) => {
    const [, target = ''] = head.split(' ');
    const [path = ''] = target.split('?');
    const feed = feeds[path];
    if (!feed) return void socket.end(httpResponse(404));
    socket.write(`HTTP/1.1 200 OK\r\nContent-Type: text/csv\r\nContent-Length: ${feed.length}\r\n\r\n`);
    socket.end(feed);
  });
  return web.origin;
}
