// What these add to the context has to be known to whoever reads the schema alone, as the tests of the pages do.
import type {} from './graphql/catalogue-news.ts';
import type {} from './modules/product/publisher.ts';
import './graphql/connection.ts';
import './graphql/results.ts';
import './graphql/scalars.ts';
import './modules/import-job/feed-check.graphql.ts';
import './modules/import-job/import-error.graphql.ts';
import './modules/import-job/import-job.graphql.ts';
import './modules/import-job/import-job.lists.graphql.ts';
import './modules/import-job/import-job.mutations.graphql.ts';
import './modules/import-job/import-job.subscriptions.graphql.ts';
import './modules/import-job/import-missing.graphql.ts';
import './modules/log/log.graphql.ts';
import './modules/marketplace-product/marketplace-product-facets.graphql.ts';
import './modules/marketplace-product/marketplace-product.graphql.ts';
import './modules/merchant/merchant.graphql.ts';
import './modules/merchant/merchant.mutations.graphql.ts';
import './modules/product/catalogue-counts.graphql.ts';
import './modules/product/product.graphql.ts';
import './modules/product/product.mutations.graphql.ts';
import './modules/product/publication.graphql.ts';
import './modules/stats/stats.graphql.ts';
import './modules/store/store-domain.graphql.ts';
import './modules/store/store-member.graphql.ts';
import './modules/store/store.graphql.ts';
import './modules/store/store.mutations.graphql.ts';
import './modules/storefront/storefront.graphql.ts';
import './modules/user/session.graphql.ts';
import './modules/user/user.graphql.ts';
import './modules/user/user.mutations.graphql.ts';
import { builder } from './graphql/builder.ts';

builder.queryType({ description: 'What can be read.' });
builder.mutationType({ description: 'What can be changed.' });
builder.subscriptionType({ description: 'What can be followed as it happens.' });

/** The schema of the API: everything that the modules have declared. */
export const schema = builder.toSchema();
