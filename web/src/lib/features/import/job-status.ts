import Ban from '@lucide/svelte/icons/ban';
import CircleCheck from '@lucide/svelte/icons/circle-check';
import CircleX from '@lucide/svelte/icons/circle-x';
import Clock from '@lucide/svelte/icons/clock';
import LoaderCircle from '@lucide/svelte/icons/loader-circle';
import TriangleAlert from '@lucide/svelte/icons/triangle-alert';
import { m } from '#lib/paraglide/messages.js';
import type { Icon, Tone } from '#lib/ui/icon.ts';

export const jobStatuses = [
  'PENDING',
  'PROCESSING',
  'COMPLETED',
  'COMPLETED_WITH_ERRORS',
  'FAILED',
  'CANCELLED',
] as const;
export type JobStatus = (typeof jobStatuses)[number];

interface Look {
  readonly icon: Icon;
  readonly tone: Tone;
  readonly label: () => string;
}

/** How the status of an import looks and what it is called. */
export const jobStatusLook: Readonly<Record<JobStatus, Look>> = {
  PENDING: { icon: Clock, tone: 'plain', label: m.status_pending },
  PROCESSING: { icon: LoaderCircle, tone: 'live', label: m.status_processing },
  COMPLETED: { icon: CircleCheck, tone: 'success', label: m.status_completed },
  COMPLETED_WITH_ERRORS: { icon: TriangleAlert, tone: 'warning', label: m.status_completed_with_errors },
  FAILED: { icon: CircleX, tone: 'error', label: m.status_failed },
  CANCELLED: { icon: Ban, tone: 'plain', label: m.status_cancelled },
};

/** Waiting or running: it can be cancelled, and it changes by itself. */
export const isJobActive = (status: JobStatus) => status === 'PENDING' || status === 'PROCESSING';
