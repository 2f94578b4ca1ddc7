import Building2 from '@lucide/svelte/icons/building-2';
import ShieldCheck from '@lucide/svelte/icons/shield-check';
import type { Viewer } from '#lib/features/session/viewer.svelte.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Icon } from '#lib/ui/icon.ts';

export interface AreaLink {
  readonly label: string;
  readonly href: string;
  readonly icon: Icon;
}

/** Where somebody may go besides the stores: their merchants, and for an admin the platform. */
export const areasOf = (viewer: Viewer): readonly AreaLink[] => [
  ...(viewer.facts?.merchants ?? []).map(({ id, name }) => ({
    label: name,
    href: `/merchant/${encodeURIComponent(id)}`,
    icon: Building2,
  })),
  ...(viewer.isAdmin ? [{ label: m.shell_admin_area(), href: '/admin', icon: ShieldCheck }] : []),
];
