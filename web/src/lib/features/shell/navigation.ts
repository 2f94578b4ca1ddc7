import Boxes from '@lucide/svelte/icons/boxes';
import Building2 from '@lucide/svelte/icons/building-2';
import History from '@lucide/svelte/icons/history';
import House from '@lucide/svelte/icons/house';
import LayoutDashboard from '@lucide/svelte/icons/layout-dashboard';
import Package from '@lucide/svelte/icons/package';
import ScrollText from '@lucide/svelte/icons/scroll-text';
import Settings from '@lucide/svelte/icons/settings';
import Store from '@lucide/svelte/icons/store';
import Upload from '@lucide/svelte/icons/upload';
import Users from '@lucide/svelte/icons/users';
import type { Icon } from '#lib/ui/icon.ts';
import { m } from '#lib/paraglide/messages.js';

export interface NavItem {
  readonly key: string;
  readonly label: string;
  /** For the bar of a phone, where the label is too long. */
  readonly short?: string;
  readonly href: string;
  readonly icon: Icon;
  /** Two keys, one after the other. */
  readonly keys?: string;
  /** Something moves there: what, in words. */
  readonly live?: string | null;
  readonly count?: string | null;
}

/** The places of a store, in their order. Called while a page is drawn, so that they are in its language. */
export function storeNavigation(code: string): readonly NavItem[] {
  const at = `/store/${encodeURIComponent(code)}`;
  return [
    { key: 'overview', label: m.nav_overview(), href: at, icon: House, keys: 'g o' },
    { key: 'products', label: m.nav_products(), href: `${at}/products`, icon: Package, keys: 'g p' },
    { key: 'import', label: m.nav_import(), href: `${at}/marketplace`, icon: Upload, keys: 'g i' },
    { key: 'inventory', label: m.nav_inventory(), href: `${at}/inventory`, icon: Boxes },
    { key: 'settings', label: m.nav_settings(), href: `${at}/settings`, icon: Settings, keys: 'g s' },
  ];
}

export function merchantNavigation(id: string): readonly NavItem[] {
  const at = `/merchant/${encodeURIComponent(id)}`;
  return [{ key: 'stores', label: m.nav_stores(), href: at, icon: Store, keys: 'g o' }];
}

export function adminNavigation(): readonly NavItem[] {
  return [
    { key: 'overview', label: m.nav_overview(), href: '/admin', icon: LayoutDashboard, keys: 'g o' },
    { key: 'imports', label: m.nav_imports(), href: '/admin/imports', icon: History, keys: 'g p' },
    {
      key: 'import',
      label: m.nav_start_import(),
      short: m.nav_start(),
      href: '/admin/marketplace',
      icon: Upload,
      keys: 'g i',
    },
    { key: 'merchants', label: m.nav_merchants(), href: '/admin/merchants', icon: Building2 },
    { key: 'stores', label: m.nav_stores(), href: '/admin/stores', icon: Store, keys: 'g s' },
    { key: 'users', label: m.nav_users(), href: '/admin/users', icon: Users },
    { key: 'log', label: m.nav_log(), href: '/admin/logs', icon: ScrollText },
  ];
}
