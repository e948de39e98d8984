import type { RunDetail } from '@agentworkloads/backstage-plugin-agent-workloads-common';

/** Changes when a step ends, which is when new evidence may be there. */
export function evidenceVersion(run: Pick<RunDetail, 'steps'>): string {
  return run.steps.map(step => `${step.name}=${step.phase}`).join(',');
}
