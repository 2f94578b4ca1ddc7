import type { Viewer } from '../../graphql/viewer.ts';

/** True for the owner of a merchant and for admins: nobody else knows of its affairs. */
export const canSeeMerchant = (viewer: Viewer | null, merchantId: string): boolean =>
  viewer !== null && (viewer.platformAdmin || viewer.merchantIds.has(merchantId));

/** Name, contact and VAT number, and new stores: the owner's own affairs. */
export const canManageMerchant = canSeeMerchant;

/** Making merchants, switching them on and off, and giving them another owner: the platform's affair. */
export const canGovernMerchants = (viewer: Viewer | null): boolean => viewer?.platformAdmin ?? false;
