import type { Follow } from '@agentworkloads/api';
import type { Repeat } from '../fields/repeat';
import type { Timeouts } from '../fields/TimeoutsField';

/** What the form holds, and may be filled in with beforehand. */
export interface NewScrapeValues {
  objective?: string;
  targetUrls?: string[];
  entityRef?: string;
  repeat?: Repeat;
  gateMode?: 'human' | 'policy';
  fourEyes?: boolean;
  /** How many people have to approve. */
  approvals?: number;
  follow?: Follow;
  timeouts?: Timeouts;
}
