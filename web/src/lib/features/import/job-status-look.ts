import Ban from '@lucide/svelte/icons/ban';
import CircleCheck from '@lucide/svelte/icons/circle-check';
import CircleX from '@lucide/svelte/icons/circle-x';
import Clock from '@lucide/svelte/icons/clock';
import LoaderCircle from '@lucide/svelte/icons/loader-circle';
import TriangleAlert from '@lucide/svelte/icons/triangle-alert';
import type { Icon, Tone } from '#lib/ui/icon.ts';
import type { JobStatus } from './job-status.ts';

/** How the status of an import looks. */
export const jobStatusLook: Readonly<Record<JobStatus, { readonly icon: Icon; readonly tone: Tone }>> = {
  PENDING: { icon: Clock, tone: 'plain' },
  PROCESSING: { icon: LoaderCircle, tone: 'live' },
  COMPLETED: { icon: CircleCheck, tone: 'success' },
  COMPLETED_WITH_ERRORS: { icon: TriangleAlert, tone: 'warning' },
  FAILED: { icon: CircleX, tone: 'error' },
  CANCELLED: { icon: Ban, tone: 'plain' },
};
