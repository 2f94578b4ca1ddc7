import { redirect } from '@sveltejs/kit';
import type { PageLoad } from './$types.js';

/** A product has one page, whether it is in the shop or not. */
export const load: PageLoad = ({ params, url }) =>
  redirect(
    307,
    `/store/${encodeURIComponent(params.code)}/products/${encodeURIComponent(params.product)}${url.search}`,
  );
