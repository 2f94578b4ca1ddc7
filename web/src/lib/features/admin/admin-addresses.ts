/**
 * The imports of all stores, some of them: `statuses` separated by commas, empty text for all; `period` is that of
 * the totals above them, as it is in the address.
 */
export function importsHref(
  statuses = '',
  storeCode: string | null = null,
  period: string | null = null,
): string {
  const parameters = new URLSearchParams();
  if (storeCode !== null) parameters.set('store', storeCode);
  if (statuses !== '') parameters.set('status', statuses);
  if (period !== null) parameters.set('period', period);
  const query = parameters.toString();
  return query === '' ? '/admin/imports' : `/admin/imports?${query}`;
}

export const adminJobHref = (id: string) => `/admin/imports/${encodeURIComponent(id)}`;
export const adminMerchantHref = (id: string) => `/admin/merchants/${encodeURIComponent(id)}`;
export const adminStoreHref = (code: string) => `/admin/stores/${encodeURIComponent(code)}/edit`;
export const adminUserHref = (id: string) => `/admin/users/${encodeURIComponent(id)}`;
