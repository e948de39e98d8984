import type { AgentWorkload } from '@agentworkloads/api';
import type { RunListItem } from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { NOBODY_MAPPED } from '../__testUtils__/workloads';
import { toDetail } from './detail';
import type { RunWorkflow } from './readWorkflow';

const WORKFLOW: RunWorkflow = {
  name: 'run-1',
  namespace: 'agentworkloads',
  uid: 'uid',
  phase: 'Running',
  steps: [
    {
      name: 'scrape',
      phase: 'Running',
      dependsOn: [],
      podName: 'p',
      hasLog: true,
      retries: 0,
    },
    {
      name: 'dom',
      phase: 'Pending',
      dependsOn: ['scrape'],
      hasLog: false,
      retries: 0,
    },
  ],
};

function stepsIn(phase: 'Running' | 'Cancelled', workflow?: RunWorkflow) {
  const workload = {
    spec: {},
    status: {
      phase,
      steps: [
        { name: 'scrape', phase: 'Failed', message: 'the run was cancelled' },
        { name: 'dom', phase: 'Omitted' },
      ],
    },
  } as unknown as AgentWorkload;
  const { steps } = toDetail({
    item: { phase } as RunListItem,
    workload,
    workflow,
    approvals: [],
    mayDecide: { allowed: false },
    mayCancel: false,
    identity: NOBODY_MAPPED,
  });
  return steps.map(step => [step.name, step.phase, step.podName]);
}

describe('the steps of a run', () => {
  it('are what the Workflow shows, while it goes on', () => {
    expect(stepsIn('Running', WORKFLOW)).toEqual([
      ['scrape', 'Running', 'p'],
      ['dom', 'Pending', undefined],
    ]);
  });

  it('do not run in a run that is over, though Argo has not written their end yet', () => {
    expect(stepsIn('Cancelled', WORKFLOW)).toEqual([
      ['scrape', 'Failed', 'p'],
      ['dom', 'Omitted', undefined],
    ]);
  });

  it('are what status has where the Workflow is gone', () => {
    expect(stepsIn('Cancelled')).toEqual([
      ['scrape', 'Failed', undefined],
      ['dom', 'Omitted', undefined],
    ]);
  });
});
