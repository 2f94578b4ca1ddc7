import { hkdfSync } from 'node:crypto';
import { join } from 'node:path';
import { openImportEvents } from './cli/import-events.ts';
import { sourceLimits, type ImportNode } from './cli/import-node.ts';
import type { Config } from './config.ts';
import { createErrorDownload } from './http/error-download.ts';
import { createGraphqlApi, type GraphqlApi } from './http/graphql-api.ts';
import { SharedAnswers } from './http/shared-answers.ts';
import { FeedChecks } from './modules/import-job/feed-check.ts';
import { openErrorDownload } from './modules/import-job/import-error.csv.ts';
import { createUrlKeys } from './modules/import-job/signed-url.ts';
import type { LogTails } from './modules/log/log.tail.ts';
import type { AccessNews } from './modules/user/access-news.ts';
import { PublicationWatch } from './modules/product/publication.watch.ts';
import { StatsWatch } from './modules/stats/stats.watch.ts';
import { openCatalogueNews } from './modules/storefront/storefront.news.ts';
import { LiveViewers } from './modules/user/live-viewers.ts';
import { LoginGuard } from './modules/user/login-guard.ts';
import { openSigningKeys } from './modules/user/signing-keys.ts';
import type { AddressRules } from './pipeline/source/address.ts';
import { checkAddress, systemLookup } from './pipeline/source/address.ts';
import { parseAllowedAddresses } from './pipeline/source/allowed-addresses.ts';
import { inTurn } from './pipeline/source/in-turn.ts';
import { openLimiterRedis } from './platform/limiter-redis.ts';
import type { Log } from './platform/log.ts';
import type { Metrics } from './platform/metrics.ts';
import { oncePerOutage } from './platform/outage.ts';
import { createTxtReader } from './platform/txt-records.ts';
import { countWorkers } from './platform/worker-presence.ts';
import { schema } from './schema.ts';

/** The API of a node, open. */
export interface NodeApi extends Omit<GraphqlApi, 'close'> {
  readonly errorDownload: ReturnType<typeof createErrorDownload>;
  /** Sends everybody away who follows something, such that they come back elsewhere, and closes what it opened. */
  close(): Promise<void>;
}

interface Parts {
  readonly node: ImportNode;
  readonly config: Config;
  /** As FEED_ALLOWED_ADDRESSES has them, with this server's own. */
  readonly allowedAddresses: string;
  readonly log: Log;
  readonly logTails: LogTails;
  readonly metrics: Metrics;
}

/** Longest time of an operation; a check of a feed has less. */
const operationMs = 150_000;
const feedCheckMs = 120_000;

/** Everything that the schema's resolvers need, and the schema over HTTP and WebSocket. Throws SigningKeysError. */
export async function openApi({
  node,
  config,
  allowedAddresses,
  log,
  logTails,
  metrics,
}: Parts): Promise<NodeApi> {
  await using opened = new AsyncDisposableStack();
  const { db, bus, queue, jobs, publisher } = node;
  const signingKeys = await openSigningKeys(config);
  // Of the keys that all nodes have, and good for nothing else.
  const urlSecret = hkdfSync('sha256', signingKeys.signing.secret, '', 'download links', 32);
  const urlKeys = createUrlKeys(Buffer.from(urlSecret));
  const feedAddressRules: AddressRules = {
    allowedAddresses: parseAllowedAddresses(allowedAddresses),
    lookup: inTurn(systemLookup),
  };

  const redis = config.redisUrl === null ? null : openLimiterRedis(config.redisUrl, log);
  if (redis) opened.defer(() => redis.disconnect());
  const liveViewers = new LiveViewers(db, {
    onError: oncePerOutage((error: unknown) => log.warn({ err: error }, 'viewers')),
  });
  opened.defer(() => liveViewers.close());
  opened.defer(bus.listen('access', ({ userIds }) => void liveViewers.refreshUsers(userIds)));
  const accessNews: AccessNews = {
    announce(userIds) {
      // At once here, whatever the bus does.
      void liveViewers.refreshUsers(userIds);
      void bus.publish('access', { userIds });
    },
  };
  const sharedAnswers = new SharedAnswers();
  const catalogueNews = await openCatalogueNews(bus, sharedAnswers);
  opened.defer(() => catalogueNews.close());
  const events = await openImportEvents(node, config, log);
  opened.defer(() => events.close());
  // Nodes are set up alike, so each that takes turns has as many places as this one.
  const importPlaces = async () => (await countWorkers(db)) * config.importConcurrency;
  const statsWatch = new StatsWatch({
    ...{ db, importPlaces, importWatch: events.watch },
    onError: oncePerOutage((error: unknown) => log.warn({ err: error }, 'stats')),
  });
  opened.defer(async () => statsWatch.close());
  const publicationWatch = new PublicationWatch({
    ...{ db, bus },
    onError: (error) => log.warn({ err: error }, 'publications'),
  });
  opened.defer(() => publicationWatch.close());
  const feedChecks = new FeedChecks(
    {
      folder: join(config.spoolFolder, 'checks'),
      limits: sourceLimits(config),
      allowedAddresses,
      ...{ places: 2, placesPerViewer: 1, timeoutMs: feedCheckMs },
    },
    (error) => log.error({ err: error }, 'feed check thread'),
  );
  opened.defer(() => feedChecks.close());

  const api = createGraphqlApi({
    ...{ schema, liveViewers, metrics, sharedAnswers, use: node.use },
    services: {
      ...{ db, log, logTails, jobs, signingKeys, accessNews, urlKeys, feedAddressRules, feedChecks },
      ...{ importWatch: events.watch, importPlaces, statsWatch, publisher, publicationWatch },
      catalogueNews,
      importQueue: queue,
      readTxtRecords: createTxtReader(config.dnsServers, (error) =>
        log.warn({ err: error }, 'no answer of the DNS'),
      ),
      loginGuard: new LoginGuard(redis ? { redis } : {}),
      checkFeedAddress: async (address) => void (await checkAddress(address, feedAddressRules)),
    },
    settings: {
      ...{ corsOrigins: config.corsOrigins, trustedProxies: config.trustedProxies },
      ...{ graphiql: config.graphiql, introspection: config.introspection, timeoutMs: operationMs },
      limits: { socketsPerAddress: config.socketsPerAddress },
    },
  });
  // First of all, so that nobody is told of an end that is none.
  opened.defer(() => api.close());
  const kept = opened.move();
  return {
    graphql: api.graphql,
    upgrade: api.upgrade,
    errorDownload: createErrorDownload({ open: (token) => openErrorDownload(db, urlKeys, token) }),
    close: () => kept.disposeAsync(),
  };
}
