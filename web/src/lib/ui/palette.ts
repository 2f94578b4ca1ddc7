import type { Icon, Tone } from './icon.ts';

/** One hit of the palette: a place to go to, or something to do. */
export interface PaletteItem {
  /** Unique in the palette. */
  readonly id: string;
  readonly label: string;
  readonly detail?: string;
  readonly icon?: Icon;
  readonly tone?: Tone;
  /** The code of a place whose initials stand in place of an icon. */
  readonly mark?: string;
  /** The key that does the same without the palette. */
  readonly key?: string;
  readonly href?: string;
  readonly run?: () => void;
}

export interface PaletteGroup {
  readonly label: string;
  readonly items: readonly PaletteItem[];
}

/** For a query: what is known here, and what is only known to the server. A later query ends an earlier one. */
export type PaletteSearch = (
  query: string,
  signal: AbortSignal,
) => Promise<readonly PaletteGroup[]> | readonly PaletteGroup[];
