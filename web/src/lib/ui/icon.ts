import type { Component } from 'svelte';

/** A lucide icon: `import Upload from '@lucide/svelte/icons/upload'`. Decoration, its word stands beside it. */
export type Icon = Component<{ class?: string }>;

/** What a status, note or toast is about: the tones of base.css. */
export type Tone = 'plain' | 'live' | 'success' | 'warning' | 'error' | 'info' | 'own';

/** In full, for the style sheet is made from the names that it finds in the sources. */
export const toneClass: Readonly<Record<Tone, string>> = {
  plain: 'tone-plain',
  live: 'tone-live',
  success: 'tone-success',
  warning: 'tone-warning',
  error: 'tone-error',
  info: 'tone-info',
  own: 'tone-own',
};
