import type { AgentWorkloadStatus } from './agent-workload-status';
import { STEPS } from './steps';

/**
 * When what a run says was true, RFC 3339: the one rule for what is compared with what, for the order of reports and changes, and for the
 * dates beside them. A run says what the pages were like when they were visited, however late somebody approved it: between the two another
 * may have seen them since. One that was opened again counts by the visit of the run whose pages it used.
 *
 * @returns undefined before anything was visited
 */
export function pagesSeenAt(
  status:
    | {
        evidenceFrom?: Pick<
          NonNullable<AgentWorkloadStatus['evidenceFrom']>,
          'seenAt'
        >;
        steps?: readonly { name: string; startedAt?: string }[];
      }
    | undefined,
): string | undefined {
  const visit = status?.steps?.find(({ name }) => name === STEPS.scrape);
  return status?.evidenceFrom?.seenAt ?? visit?.startedAt;
}
