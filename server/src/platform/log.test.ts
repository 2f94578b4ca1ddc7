// @module-tag log
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { LogLevel } from '../config.ts';
import { createLog, unstored, type Log, type LogRecord } from './log.ts';

function openLog({
  level = 'trace',
  storeLevel = 'trace',
}: { level?: LogLevel; storeLevel?: LogLevel } = {}) {
  const lines: Record<string, unknown>[] = [];
  const records: LogRecord[] = [];
  const log = createLog(level, {
    storeLevel,
    store: (record) => records.push(record),
    secrets: ['known-secret'],
    write: (line) => lines.push(JSON.parse(line) as Record<string, unknown>),
  });
  return { log, lines, records };
}

test.each([
  ['warn', 'info', ['warn', 'error'], ['info', 'warn', 'error']],
  ['debug', 'error', ['debug', 'info', 'warn', 'error'], ['error']],
  ['silent', 'warn', [], ['warn', 'error']],
  ['error', 'silent', ['error'], []],
  ['silent', 'silent', [], []],
] as const)(
  'from %s on lines are printed, from %s on they are stored',
  (level, storeLevel, printed, stored) => {
    const { log, lines, records } = openLog({ level, storeLevel });
    for (const name of ['debug', 'info', 'warn', 'error'] as const) log[name](name);
    expect(lines.map(({ msg }) => msg)).toEqual(printed);
    expect(records.map(({ message }) => message)).toEqual(stored);
  },
);

const jobId = '0198a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b';

test('a record has the ids of its children, the reason of the error, and the rest as fields', () => {
  const { log, records } = openLog();
  const child = log.child({ requestId: 'r1' }).child({ jobId, storeId: 'no id' });
  child.error({ err: new Error('the disk is full'), rows: 3 }, 'import failed');
  expect(records).toEqual([
    {
      at: expect.any(Date),
      level: 50,
      message: 'import failed: the disk is full',
      requestId: 'r1',
      jobId,
      storeId: null,
      fields: { err: expect.objectContaining({ type: 'Error', message: 'the disk is full' }), rows: 3 },
    },
  ]);
});

test('fields cannot pass for what the log says itself', () => {
  const { log, lines, records } = openLog();
  log.info({ level: 'x', time: 'y', requestId: { a: 1 }, jobId: 7 }, 'said');
  expect(records).toMatchObject([{ level: 30, message: 'said', requestId: null, jobId: null, fields: null }]);
  expect(lines).toMatchObject([{ level: 30, time: expect.any(Number), msg: 'said' }]);
});

test('what is about the store itself is printed only', () => {
  const { log, lines, records } = openLog();
  unstored(log).warn('the store is away');
  expect([lines.length, records.length]).toEqual([1, 0]);
});

test('fields without end are kept as far as they are of use', () => {
  const { log, records } = openLog();
  const circle: Record<string, unknown> = { wide: Array.from({ length: 90 }, () => 'x'.repeat(4_000)) };
  circle['self'] = circle;
  log.info(circle, 'y'.repeat(100_000));
  log.info({ err: new Error('z '.repeat(50_000)) }, 'y '.repeat(50_000));
  for (const { message } of records) expect(message.length).toBeLessThanOrEqual(4_001);
  expect(JSON.stringify(records[0]?.fields).length).toBeLessThan(20_000);
});

const letters = fc.string({ minLength: 12, maxLength: 60, unit: fc.constantFrom(...'abcXYZ019_~!$*') });

/** The ways in which a secret gets into what is logged. */
const disguises: Record<string, (secret: string) => unknown> = {
  password: (secret) => ({ password: secret }),
  'refresh token': (secret) => ({ input: { refreshToken: secret } }),
  headers: (secret) => ({ headers: { authorization: `Bearer ${secret}`, cookie: [`refresh=${secret}`] } }),
  'key of an API': (secret) => ({ 'x-api-key': secret, apiKey: secret, API_KEY: secret }),
  'address with a password': (secret) => `https://user:${secret}@feeds.example/a.csv?lang=fr`,
  'address with a token': (secret) => ({
    url: `https://feeds.example/a.csv?lang=fr&access_token=${secret}#x`,
  }),
  'address of the database': (secret) => `connect to postgresql://app:${secret}@127.0.0.1:5432/shop failed`,
  'address of Redis': (secret) => [`redis://:${encodeURIComponent(secret)}@cache:6379/0`],
  'request line': (secret) => `GET /imports/errors.csv?sig=${secret} HTTP/1.1`,
  'header line': (secret) => `> Authorization: Bearer ${secret}\n> Cookie: refresh=${secret}; a=b`,
  'text of JSON': (secret) => JSON.stringify({ variables: { password: secret } }),
  'text of text of JSON': (secret) => JSON.stringify(JSON.stringify({ token: secret })),
  'known secret': () => 'it is known-secret indeed',
};

const nested = (planted: unknown) =>
  fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.constant(planted),
      fc.array(tie('value'), { minLength: 1, maxLength: 3 }),
      fc.dictionary(fc.string({ maxLength: 8 }), tie('value'), { minKeys: 1, maxKeys: 3 }),
    ),
  })).value;

const said = fc.tuple(letters, fc.constantFrom(...Object.keys(disguises))).chain(([secret, disguise]) => {
  const planted = disguises[disguise]?.(secret);
  return fc.record({ secret: fc.constant(secret), planted: fc.constant(planted), fields: nested(planted) });
});

/** Every place that a caller of the log can put something. */
function sayEverywhere(log: Log, planted: unknown, fields: unknown): void {
  const text = typeof planted === 'string' ? planted : JSON.stringify(planted);
  const cause = new Error(text);
  const error = Object.assign(new Error(`outside: ${text}`, { cause }), { fields, text });
  log.info({ fields, planted }, 'in fields');
  log.info(text);
  log.info({}, 'as arguments: %s %o', text, [fields]);
  log.warn(error);
  log.error({ err: error, error, nested: { cause } }, 'fault');
  log.error(new AggregateError([error, text], text));
  log.child({ planted, fields }).info('in a child');
  log.child({}, { msgPrefix: text }).info(' in a prefix');
}

test('a secret never reaches the output, wherever it is planted', { tags: ['property'] }, () => {
  fc.assert(
    fc.property(said, ({ secret, planted, fields }) => {
      const { log, lines, records } = openLog();
      sayEverywhere(log, planted, fields);
      const output = JSON.stringify([lines, records]);
      expect(lines).toHaveLength(8);
      const hidden = [secret, encodeURIComponent(secret), 'known-secret'];
      expect(hidden.filter((text) => output.includes(text))).toEqual([]);
    }),
    { numRuns: 300 },
  );
});
