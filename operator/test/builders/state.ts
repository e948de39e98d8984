import type { AgentWorkload } from '@agentworkloads/api';
import type { ObservedState } from '../../src/reconcile/observed';
import type { WorkflowFacts } from '../../src/workflow/facts';
import { TEMPLATE, TEMPLATE_META } from './template';

/** What a pass sees when nothing but the named parts is there. */
export function observed(
  workload: AgentWorkload,
  parts: Partial<Omit<ObservedState, 'workload' | 'workflow'>> & {
    workflow?: WorkflowFacts | ObservedState['workflow'];
  } = {},
): ObservedState {
  const { workflow, ...rest } = parts;
  const seen: ObservedState['workflow'] =
    workflow === undefined
      ? { kind: 'absent' }
      : 'kind' in workflow
      ? workflow
      : { kind: 'present', value: workflow };
  return {
    workload,
    freshName: 'weekly-ffffffffff',
    bucket: 'bucket',
    workflow: seen,
    workflowDefaults: {},
    template: {
      kind: 'present',
      value: { ...TEMPLATE_META, spec: TEMPLATE },
    },
    argo: undefined,
    refusal: undefined,
    approvals: [],
    decidedBy: [],
    admission: { kind: 'present', since: '2026-01-01T00:00:00Z' },
    startPolicy: undefined,
    earlierRuns: {},
    gatePolicy: undefined,
    ...rest,
  };
}
