import type { Viewer } from '../../graphql/viewer.ts';

/** True for the owner of a merchant and for admins: nobody else knows of its affairs. */
export const canSeeMerchant = (viewer: Viewer | null, merchantId: string): boolean =>
  viewer !== null && (viewer.platformAdmin || viewer.merchantIds.has(merchantId));
