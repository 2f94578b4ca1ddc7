import { redirect } from '@sveltejs/kit';
import type { PageLoad } from './$types.js';

/** Products of a store are those that its feeds brought. */
export const load: PageLoad = ({ params, url }) =>
  redirect(307, `/store/${encodeURIComponent(params.code)}/products/marketplace${url.search}`);
