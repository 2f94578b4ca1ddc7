import type { Icon } from '#lib/ui/icon.ts';
import type { PaletteItem } from '#lib/ui/palette.ts';
import type { NavItem } from './navigation.ts';

/** The pages of an area and the other areas, as the palette lists them. */
export function areaPages(
  items: readonly NavItem[],
  areas: readonly { readonly label: string; readonly href: string; readonly icon: Icon }[],
): readonly PaletteItem[] {
  return [
    ...items.map(({ key, label, href, icon, keys }) => ({
      id: `page-${key}`,
      label,
      href,
      icon,
      ...(keys === undefined ? {} : { key: keys }),
    })),
    ...areas.map(({ label, href, icon }) => ({ id: `area-${href}`, label, href, icon })),
  ];
}
