import type { PaletteItem } from '#lib/ui/palette.ts';
import type { AreaLink } from './areas.ts';
import type { NavItem } from './navigation.ts';

/** The pages of an area and the other areas, as the palette lists them. */
export function areaPages(items: readonly NavItem[], areas: readonly AreaLink[]): readonly PaletteItem[] {
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
