// @module-tag platform
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { Redis } from 'ioredis';
import { describe, expect, onTestFinished, test } from 'vitest';
import { buses, redis, startRedisForTests, titleOf, type BusKind } from '../../test/buses.ts';
import { until } from '../../test/until.ts';
import { openRelay } from '../../test/relay.ts';
import { openBus, type EventBus } from './bus.ts';

startRedisForTests();

type Access = { readonly userIds: readonly string[] };

function open(kind: BusKind, onError?: (error: unknown) => void): EventBus {
  const bus = kind.open(onError);
  onTestFinished(() => bus.close());
  return bus;
}

async function hear(bus: EventBus): Promise<string[]> {
  const heard: string[] = [];
  await bus.subscribe('access', ({ userIds }) => heard.push(...userIds));
  return heard;
}

const tell = (bus: EventBus, ...userIds: string[]) => bus.publish('access', { userIds });

/** Stops the Redis server as a machine that stands still does; what is returned lets it go on. */
async function stopRunning(): Promise<() => void> {
  const client = new Redis(redis().url);
  const pid = Number(/process_id:(\d+)/.exec(await client.info('server'))?.[1]);
  await client.quit();
  process.kill(pid, 'SIGSTOP');
  return () => void process.kill(pid, 'SIGCONT');
}

for (const kind of buses) {
  describe.skipIf(kind.missing !== null)(titleOf(kind), () => {
    test('everybody who listens hears each event, in order, until they have enough', async () => {
      const bus = open(kind);
      const [first, second] = [await hear(bus), [] as string[]];
      const leave = await bus.subscribe('access', ({ userIds }) => second.push(...userIds));
      await tell(bus, 'a');
      await tell(bus, 'b', 'c');
      await until(() => second.length === 3);
      await leave();
      await leave();
      await tell(bus, 'd');
      await until(() => first.length === 4);
      expect([first, second]).toEqual([
        ['a', 'b', 'c', 'd'],
        ['a', 'b', 'c'],
      ]);
    });

    test('who listens hears each event as well, and none from when it leaves', async () => {
      const bus = open(kind);
      const heard: string[] = [];
      const leave = bus.listen('access', ({ userIds }) => heard.push(...userIds));
      const others = await hear(bus);
      await tell(bus, 'a');
      await until(() => heard.length === 1);
      leave();
      await tell(bus, 'b');
      await until(() => others.length === 2);
      expect(heard).toEqual(['a']);
    });

    test('what a listener throws is said, and stops neither the others nor the publisher', async () => {
      const errors: unknown[] = [];
      const bus = open(kind, (error) => errors.push(error));
      await bus.subscribe('access', () => {
        throw new Error('a listener that fails');
      });
      const heard = await hear(bus);
      await expect(tell(bus, 'a')).resolves.toBeUndefined();
      await until(() => heard.length === 1 && errors.length === 1);
      expect(String(errors[0])).toContain('a listener that fails');
    });

    test('an event that nobody listens to, or after the end, is no fault', async () => {
      const bus = open(kind);
      await tell(bus, 'a');
      await bus.close();
      await bus.close();
      await expect(tell(bus, 'b')).resolves.toBeUndefined();
    });

    test('moments and bigints arrive as what they are', async () => {
      const bus = open(kind);
      const heard: unknown[] = [];
      await bus.subscribe('access', (event) => heard.push(event));
      const event = { userIds: [], at: new Date(5), bytes: 2n ** 60n } as Access;
      await bus.publish('access', event);
      await until(() => heard.length === 1);
      expect(heard).toEqual([event]);
    });
  });
}

describe.skipIf(buses[1]?.missing !== null)('nodes that share a Redis server', () => {
  const kind = buses[1] as BusKind;

  test('hear each other', async () => {
    const [one, other] = [open(kind), open(kind)];
    const heard = await hear(other);
    await tell(one, 'a');
    await until(() => heard.length === 1);
  });

  test('a node hears itself once and at once, also while the server is away', async () => {
    const [bus, other] = [open(kind, () => undefined), open(kind, () => undefined)];
    const [heard, otherHeard] = [await hear(bus), await hear(other)];
    void tell(bus, 'a');
    expect(heard).toEqual(['a']);
    await until(() => otherHeard.length === 1);
    // What came back of its own would have come before this.
    await tell(other, 'b');
    await until(() => heard.length > 1);
    expect([heard, otherHeard]).toEqual([
      ['a', 'b'],
      ['a', 'b'],
    ]);
    await redis().stop();
    onTestFinished(() => redis().start());
    void tell(bus, 'c');
    expect(heard).toEqual(['a', 'b', 'c']);
  });

  test('a message that is none of ours is dropped and said', async () => {
    const errors: unknown[] = [];
    const bus = open(kind, (error) => errors.push(error));
    const heard = await hear(bus);
    const client = new Redis(redis().url);
    onTestFinished(async () => void (await client.quit()));
    for (const message of ['', 'x', '{"$bigint":"x"}'])
      await client.publish('marketplace-import/0/access', message);
    await tell(bus, 'a');
    await until(() => heard.length === 1);
    expect(errors.map(String)).toEqual(Array(3).fill('Error: A message on Redis cannot be read.'));
  });

  test('installations with numbers of their own do not hear each other', async () => {
    const other = openBus({ redisUrl: `${redis().url}/3`, onError: () => undefined });
    onTestFinished(() => other.close());
    const bus = open(kind);
    const [ours, theirs] = [await hear(bus), await hear(other)];
    await tell(other, 'theirs');
    await tell(bus, 'ours');
    await until(() => ours.length === 1 && theirs.length === 1);
    expect([ours, theirs]).toEqual([['ours'], ['theirs']]);
  });

  test('a server that goes and comes back costs no process: it is said once, and listeners know what to read again', async () => {
    const errors: unknown[] = [];
    const bus = open(kind, (error) => errors.push(error));
    const heard = await hear(bus);
    const reconnections: Date[] = [];
    bus.onReconnect((since) => reconnections.push(since));
    await tell(bus, 'before');
    await until(() => heard.length === 1);
    const connected = reconnections.length;
    await redis().stop();
    const told = tell(bus, 'meanwhile');
    await redis().start();
    await until(() => reconnections.length === connected + 1);
    await told;
    await tell(bus, 'after');
    await until(() => heard.at(-1) === 'after');
    expect(reconnections.at(-1)?.getTime()).toBeLessThan(Date.now());
    expect(errors.length).toBeLessThanOrEqual(2);
  });

  test.each([
    ['a password', ['CONFIG', 'SET', 'requirepass', 'secret'], ['CONFIG', 'SET', 'requirepass', '']],
    ['a right', ['ACL', 'SETUSER', 'default', 'resetchannels'], ['ACL', 'SETUSER', 'default', 'allchannels']],
  ])(
    'a server that wants %s ends nothing, and others are heard once it takes us',
    { timeout: 30_000 },
    async (_what, deny, allow) => {
      const client = new Redis(redis().url);
      onTestFinished(async () => void (await client.quit()));
      const call = ([command = '', ...args]: readonly string[]) => client.call(command, args);
      await call(deny);
      const errors: unknown[] = [];
      const [bus, other] = [open(kind, (error) => errors.push(error)), open(kind, () => undefined)];
      const reconnections: Date[] = [];
      bus.onReconnect((since) => reconnections.push(since));
      const heard = await hear(bus).finally(() => call(allow));
      void tell(bus, 'here');
      expect(heard).toEqual(['here']);
      await until(async () => {
        await tell(other, 'there');
        return heard.includes('there');
      });
      expect(errors.length).toBeGreaterThan(0);
      // Of the connection, and of the channel: what was said on it meanwhile is read again.
      await until(() => reconnections.length >= 2);
    },
  );

  test('the log does not wait for a server that is away', async () => {
    await redis().stop();
    onTestFinished(() => redis().start());
    const bus = open(kind, () => undefined);
    await expect(bus.publish('log', { entries: [] })).resolves.toBeUndefined();
  });

  test('what one node could not tell is read again by the others, whose way to the server was never cut', async () => {
    const relay = await openRelay(Number(new URL(redis().url).port));
    const faults: unknown[] = [];
    const cut = openBus({
      redisUrl: `redis://127.0.0.1:${relay.port}`,
      onError: (error) => faults.push(error),
    });
    onTestFinished(() => cut.close());
    const other = open(kind);
    const heard: unknown[] = [];
    await other.subscribe('log', (event) => heard.push(event));
    await cut.pingOthers?.();
    const reconnections: Date[] = [];
    other.onReconnect((since) => reconnections.push(since));
    await relay.stop();
    await until(() => faults.length > 0);
    const now = new Date();
    await cut.publish('log', { entries: [] });
    await relay.start();
    await until(() => reconnections.length > 0);
    expect(reconnections[0]?.getTime()).toBeLessThanOrEqual(now.getTime());
    expect(heard).toEqual([]);
  });

  test('a server that is not there yet is waited for, and the end is not', async () => {
    await redis().stop();
    const [bus, left] = [open(kind, () => undefined), open(kind, () => undefined)];
    const [hearing, listened] = [hear(bus), [] as string[]];
    bus.listen('access', ({ userIds }) => listened.push(...userIds));
    const told = tell(bus, 'a');
    await left.close();
    await redis().start();
    const heard = await hearing;
    await told;
    await tell(bus, 'b');
    await until(() => heard.at(-1) === 'b' && listened.at(-1) === 'b');
  });

  test('a server that lets nobody ask whether it is there is heard all the same', async () => {
    const client = new Redis(redis().url);
    onTestFinished(async () => void (await client.quit()));
    await client.call('ACL', ['SETUSER', 'default', '-ping']);
    onTestFinished(async () => void (await client.call('ACL', ['SETUSER', 'default', '+ping'])));
    const bus = open(kind, () => undefined);
    const reconnections: Date[] = [];
    bus.onReconnect((since) => reconnections.push(since));
    await until(() => reconnections.length === 1);
    await expect(bus.pingOthers?.()).resolves.toBeUndefined();
  });

  test('a server that has fallen silent keeps nobody from the end', { timeout: 30_000 }, async () => {
    const bus = open(kind, () => undefined);
    await hear(bus);
    await bus.pingOthers?.();
    const resume = await stopRunning();
    onTestFinished(resume);
    await bus.close();
  });

  test('a server that takes a connection and says nothing is left for one that speaks', async () => {
    let taken = 0;
    const sockets = new Set<Socket>();
    const relay = createServer((socket) => {
      sockets.add(socket.on('error', () => undefined));
      // The first ones of both connections.
      if (++taken <= 2) return;
      const other = connect(Number(new URL(redis().url).port), '127.0.0.1');
      sockets.add(other.on('error', () => undefined));
      socket.pipe(other).pipe(socket);
    }).listen(0, '127.0.0.1');
    await once(relay, 'listening');
    onTestFinished(() => (sockets.forEach((socket) => socket.destroy()), void relay.close()));
    const { port } = relay.address() as AddressInfo;
    const bus = openBus({ redisUrl: `redis://127.0.0.1:${port}`, onError: () => undefined, beatMs: 250 });
    onTestFinished(() => bus.close());
    // Once Redis has taken the subscription.
    expect(await hear(bus)).toEqual([]);
  });
});
