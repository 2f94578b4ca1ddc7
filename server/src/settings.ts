interface Setting {
  /** As text; shown in the README. Empty for none. */
  readonly fallback: string;
  readonly meaning: string;
}

/** Every setting, as the README lists them. */
export const settings = {
  PORT: { fallback: '4000', meaning: 'Port of the server; 0 takes any that is free.' },
  HOST: {
    fallback: '127.0.0.1',
    meaning:
      'Address that it listens on. On one that others can reach, or behind one of `TRUSTED_PROXIES`, there is no demo, and it does not start while a demo password works. Otherwise it answers only to who names it as this machine, such as `localhost`.',
  },
  DATA_DIR: {
    fallback: '.data',
    meaning:
      'Folder of the embedded PostgreSQL, of feeds that are being read, and of keys that are not set. Relative to the repository.',
  },
  DATABASE_URL: {
    fallback: '',
    meaning: 'A PostgreSQL server (`postgresql://…`) to use instead of the embedded one.',
  },
  AUTH_KEYS: {
    fallback: '',
    meaning:
      'Keys of access tokens, the same on all nodes: `id:secret`, several separated by commas, the first signs and all verify. A secret is at least 32 random bytes in base64 (`openssl rand -base64 32`). Without it they are made and kept in the data folder; with `DATABASE_URL` and a server that others can reach it must be set.',
  },
  REDIS_URL: {
    fallback: '',
    meaning:
      'A Redis server (`redis://…` or `rediss://…`) that carries events between several nodes; all of them name the same one. One node needs none.',
  },
  ROLE: {
    fallback: 'all',
    meaning:
      '`api` serves and does not import, `worker` imports and serves only `/health`, `/ready` and `/metrics`.',
  },
  DEMO: {
    fallback: 'on',
    meaning: '`off` leaves an empty database empty, and serves no demo feeds.',
  },
  FEED_ALLOWED_ADDRESSES: {
    fallback: '',
    meaning:
      'Private addresses that feeds may come from, separated by commas: origins, hosts, hosts with a port, or ranges, such as `http://feeds.intranet:4000` or `10.0.0.0/8`.',
  },
  IMPORT_CONCURRENCY: {
    fallback: '2',
    meaning:
      'Imports that run at the same time, each in a thread; set it the same on all nodes, which count the places by it.',
  },
  IMPORT_CONNECTIONS: { fallback: '2', meaning: 'Database connections that one import writes with.' },
  IMPORT_CONNECTIONS_IN_USE: {
    fallback: '1',
    meaning:
      'And while somebody uses the same process, until five seconds after: pages stay quick, the import takes up to twice as long. With 1 it also reads and writes in turn. Raise it where there are processors to spare.',
  },
  IMPORT_HANG_SECONDS: {
    fallback: '60',
    meaning: 'Silence after which an import counts as hung and is started again.',
  },
  IMPORT_ERRORS_KEEP_DAYS: {
    fallback: '90',
    meaning:
      'Days after which the rows that an import left out, and why, are deleted in detail. How many of each kind there were is kept.',
  },
  IMPORT_ERRORS_KEEP_IMPORTS: {
    fallback: '300',
    meaning: 'Most imports of a store that keep these details, the newest.',
  },
  FEED_MAX_MB: { fallback: '2000', meaning: 'Largest feed, as it is sent.' },
  FEED_MAX_INFLATED_MB: { fallback: '4000', meaning: 'Largest feed, once it is unpacked.' },
  FEED_MAX_ROWS: {
    fallback: '20000000',
    meaning:
      'Most rows of a feed; behind them it is read no further. A million takes up to 32 MB of memory while it is read.',
  },
  FEED_TIMEOUT_SECONDS: {
    fallback: '900',
    meaning: 'Longest download of a feed, redirects and retries included.',
  },
  FEED_IDLE_SECONDS: { fallback: '30', meaning: 'Longest silence of the server of a feed.' },
  LOG_LEVEL: {
    fallback: 'warn',
    meaning:
      'What is logged, as JSON lines on standard error: `fatal`, `error`, `warn`, `info`, `debug`, `trace` or `silent`.',
  },
  LOG_STORE_LEVEL: {
    fallback: 'info',
    meaning: 'What is kept in the database as well, where admins see the log of all nodes.',
  },
  LOG_KEEP_DAYS: { fallback: '14', meaning: 'Days after which entries of the log are deleted there.' },
  LOG_KEEP_ENTRIES: { fallback: '1000000', meaning: 'Most entries that are kept there, the newest.' },
  GRAPHIQL: {
    fallback: 'auto',
    meaning:
      'Whether a browser gets GraphiQL at `/graphql`: `on`, `off`, or `auto` for as long as only this machine can reach the server.',
  },
  GRAPHQL_INTROSPECTION: {
    fallback: 'auto',
    meaning: 'Whether the API tells its schema, as GraphiQL needs it: `on`, `off` or `auto`, as above.',
  },
  CORS_ORIGINS: {
    fallback: '',
    meaning:
      'Origins whose pages may use the API as well, separated by commas, such as `https://office.example`.',
  },
  TRUSTED_PROXIES: {
    fallback: '',
    meaning:
      'Proxies before this server, separated by commas, as addresses or ranges: whom they name in `X-Forwarded-For` is the client. With one, others can reach the server, wherever it listens: name the one on this machine, too.',
  },
  SOCKETS_PER_ADDRESS: {
    fallback: '500',
    meaning:
      'WebSockets that may be open from one address (or one /64 of IPv6) at a time, and as many event streams.',
  },
  DNS_SERVERS: {
    fallback: '',
    meaning:
      "Name servers that are asked whether a domain is a merchant's, separated by commas, such as `192.0.2.53` or `[2001:db8::53]:5353`. Without it those that this machine uses.",
  },
  METRICS_TOKEN: {
    fallback: '',
    meaning:
      'Whoever asks for `/metrics` shows it as `Authorization: Bearer …`; at least 16 characters. Without it only loopback and private addresses get an answer, and nobody through a proxy that says so (`X-Forwarded-For`, `X-Real-IP`, `Forwarded` or `Via`). A plain `proxy_pass` of nginx says nothing: set a token behind it.',
  },
} as const satisfies Record<string, Setting>;

export type SettingName = keyof typeof settings;
