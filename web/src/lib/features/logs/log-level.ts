import Bug from '@lucide/svelte/icons/bug';
import CircleX from '@lucide/svelte/icons/circle-x';
import Info from '@lucide/svelte/icons/info';
import OctagonX from '@lucide/svelte/icons/octagon-x';
import TriangleAlert from '@lucide/svelte/icons/triangle-alert';
import type { LogLevel } from '#lib/graphql/generated/graphql.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Icon, Tone } from '#lib/ui/icon.ts';

interface Look {
  readonly icon: Icon;
  readonly tone: Tone;
  readonly label: () => string;
}

/** How the level of an entry looks and what it is called. */
export const logLevelLook: Readonly<Record<LogLevel, Look>> = {
  TRACE: { icon: Bug, tone: 'plain', label: m.logs_trace },
  DEBUG: { icon: Bug, tone: 'plain', label: m.logs_debug },
  INFO: { icon: Info, tone: 'plain', label: m.logs_info },
  WARN: { icon: TriangleAlert, tone: 'warning', label: m.logs_warn },
  ERROR: { icon: CircleX, tone: 'error', label: m.logs_error },
  FATAL: { icon: OctagonX, tone: 'error', label: m.logs_fatal },
};
