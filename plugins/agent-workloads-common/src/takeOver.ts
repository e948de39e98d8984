import type { EditScheduleRequest } from './types';

/**
 * Whether an edit names what a schedule runs: that takes it over, so the caller must be one who may make runs. When it
 * runs and what is kept may be changed in anybody's.
 */
export function takesOver(spec: EditScheduleRequest['spec']): boolean {
  return (['objective', 'targetUrls', 'concurrencyPolicy'] as const).some(
    part => spec[part] !== undefined,
  );
}
