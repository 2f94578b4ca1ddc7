import './graphql/connection.ts';
import './graphql/results.ts';
import './graphql/scalars.ts';
import './modules/merchant/merchant.graphql.ts';
import './modules/store/store.graphql.ts';
import './modules/user/user.graphql.ts';
import { builder } from './graphql/builder.ts';

builder.queryType({ description: 'What can be read.' });

/** The schema of the API: everything that the modules have declared. */
export const schema = builder.toSchema();
