import { feedName } from '#lib/features/import/feed-words.ts';
import { jobStatusLook } from '#lib/features/import/job-status-look.ts';
import { jobStatusName } from '#lib/features/import/job-status.ts';
import type { Format } from '#lib/format/format.svelte.ts';
import type { Api } from '#lib/graphql/api.svelte.ts';
import {
  FindStoresDocument,
  LatestImportsDocument,
  type LatestImportsQuery,
} from '#lib/graphql/generated/graphql.ts';
import { m } from '#lib/paraglide/messages.js';
import { matches } from '#lib/ui/matching.ts';
import type { PaletteGroup, PaletteItem } from '#lib/ui/palette.ts';

export const storeHref = (code: string) => `/store/${encodeURIComponent(code)}`;
export const jobHref = (code: string, id: string) =>
  `${storeHref(code)}/marketplace/${encodeURIComponent(id)}`;

/** The stores that the viewer may see whose name or code has the text, with their addresses. Throws when nobody answers. */
export async function findStores(api: Api, search: string, first = 50) {
  const { data } = await api.read(FindStoresDocument, { search, first });
  if (data === null) throw new Error('The stores could not be asked for.');
  return data.stores.edges.map(({ node: { code, name, merchant } }) => ({
    code,
    name,
    merchant: merchant?.name ?? '',
    href: storeHref(code),
  }));
}

/** The same stores as a field lists them that one is chosen from. */
export const storeOptions = async (api: Api, search: string) =>
  (await findStores(api, search)).map(({ code, name, merchant }) => ({
    value: code,
    label: name,
    detail: merchant,
  }));

/** A store as the palette lists it. */
export const storeItem = (store: {
  readonly code: string;
  readonly name: string;
  readonly merchant: string;
}): PaletteItem => ({
  id: `store-${store.code}`,
  label: store.name,
  detail: store.merchant,
  mark: store.code,
  href: storeHref(store.code),
});

type LatestImport = LatestImportsQuery['importJobs']['edges'][number]['node'];

function importItem(format: Format, job: LatestImport): PaletteItem {
  const { icon, tone } = jobStatusLook[job.status];
  const label = jobStatusName[job.status];
  return {
    id: `job-${job.id.replaceAll(/[^\w-]/g, '')}`,
    label: `${job.store.name}, ${feedName[job.language]()}`,
    detail: `${label()}, ${format.dayShort(job.createdAt)}, ${format.time(job.createdAt)}`,
    icon,
    tone,
    href: jobHref(job.store.code, job.id),
  };
}

/** Stores and imports for the palette, at most five of each. Throws when nobody answers. */
export async function searchForPalette(
  api: Api,
  format: Format,
  query: string,
): Promise<readonly PaletteGroup[]> {
  const [stores, latest] = await Promise.all([
    findStores(api, query, 5),
    api.read(LatestImportsDocument, { first: 50 }),
  ]);
  const imports = (latest.data?.importJobs.edges ?? [])
    .map(({ node }) => importItem(format, node))
    .filter(({ label, detail }) => matches(`${label} ${detail ?? ''}`, query))
    .slice(0, 5);
  return [
    {
      label: m.palette_stores(),
      items: stores.map(storeItem),
    },
    { label: m.palette_imports(), items: imports },
  ];
}
