// @module-tag platform
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { startDnsServer } from '../../test/dns-server.ts';
import { createTxtReader } from './txt-records.ts';

test('the texts of all records come, each with its parts joined', async () => {
  const dns = await startDnsServer();
  dns.records.set('a.example', [['one'], ['be', 'fore ', 'after'], ['']]);
  const texts = await createTxtReader([dns.address])('a.example');
  expect([...texts].sort()).toEqual(['', 'before after', 'one']);
});

test('a name without records has no texts, nor has one that does not exist or cannot', async () => {
  const dns = await startDnsServer();
  dns.records.set('empty.example', []);
  const read = createTxtReader([dns.address]);
  expect(await read('empty.example')).toEqual([]);
  expect(await read('missing.example')).toEqual([]);
  expect(dns.asked).toEqual(['empty.example', 'missing.example']);
  expect(await read(`_long.${'a'.repeat(60)}.${`${'b'.repeat(60)}.`.repeat(3)}example`)).toEqual([]);
});

test('name servers that fail, or are not there, are no answer, and are told of', async () => {
  const dns = await startDnsServer({ 'a.example': 'text' });
  dns.failing.add('a.example');
  const faults: unknown[] = [];
  const read = createTxtReader([dns.address], (error) => faults.push(error));
  await expect(read('a.example')).rejects.toThrow('ESERVFAIL');
  expect(await read('missing.example')).toEqual([]);
  expect(faults).toEqual([expect.objectContaining({ code: 'ESERVFAIL', hostname: 'a.example' })]);

  const nobody = createSocket('udp4').bind(0, '127.0.0.1');
  await once(nobody, 'listening');
  const { port } = nobody.address();
  nobody.close();
  await expect(createTxtReader([`127.0.0.1:${port}`])('a.example')).rejects.toThrow(/ECONNREFUSED|ETIMEOUT/);
});
