import {
  ADMISSION_POLICIES,
  restsOn,
  type AgentApproval,
  type AgentWorkload,
} from '@agentworkloads/api';
import { decide } from '../src/reconcile/decide';
import type { Action, Decision } from '../src/reconcile/decision';
import type { ObservedState } from '../src/reconcile/observed';
import { buildWorkflow, startRecordOf } from '../src/workflow/build-workflow';
import { gatePatch } from '../src/workflow/gate-patch';
import { readWorkflow } from '../src/workflow/read-workflow';
import { TEMPLATE, TEMPLATE_META } from './builders/template';
import { WORKFLOW_UID } from './builders/workload';
import { applyJsonPatch } from '@agentworkloads/kube/testing';

/** A world of values: what apply would do to the API server, done to plain objects. */
export interface Simulation {
  workload: AgentWorkload;
  workflow: Record<string, unknown> | undefined;
  approvals: AgentApproval[];
  startPolicy: ObservedState['startPolicy'];
  gatePolicy: ObservedState['gatePolicy'];
  admission: 'present' | 'missing';
}

export function observe(world: Simulation): ObservedState {
  return {
    workload: world.workload,
    freshName: 'weekly-ffffffffff',
    bucket: 'bucket',
    workflow: world.workflow
      ? { kind: 'present', value: readWorkflow(world.workflow, 'bucket') }
      : { kind: 'absent' },
    workflowDefaults: {},
    template: {
      kind: 'present',
      value: { ...TEMPLATE_META, spec: TEMPLATE },
    },
    argo: undefined,
    refusal: undefined,
    approvals: world.approvals,
    decidedBy: decidedBy(world),
    admission:
      world.admission === 'present'
        ? { kind: 'present', since: '2026-01-01T00:00:00Z' }
        : { kind: 'missing', problems: [ADMISSION_POLICIES.approvalIdentity] },
    startPolicy: world.startPolicy,
    earlierRuns: {},
    gatePolicy: world.gatePolicy,
  };
}

function decidedBy(world: Simulation): ObservedState['decidedBy'] {
  const { status, spec } = world.workload;
  if (!status?.gate) return [];
  return restsOn(status.gate, spec.requestedBy?.username).map(vote => {
    const value = world.approvals.find(
      ({ metadata }) => metadata.uid === vote.approvalUid,
    );
    return value ? { kind: 'present', value } : { kind: 'absent' };
  });
}

function carryOut(world: Simulation, action: Action): Simulation {
  const { workload, workflow } = world;
  switch (action.type) {
    case 'create-workflow': {
      if (workflow) return world;
      const made = buildWorkflow(
        action.name,
        workload.metadata,
        workload.spec,
        'bucket',
        startRecordOf(workload.status),
      );
      const { metadata } = made;
      return {
        ...world,
        workflow: {
          ...made,
          metadata: {
            ...metadata,
            uid: WORKFLOW_UID,
            resourceVersion: '1',
            creationTimestamp: workload.metadata.creationTimestamp,
          },
        },
      };
    }
    case 'decide-gate': {
      const patched = applyJsonPatch(workflow, gatePatch(action.patch));
      return patched
        ? { ...world, workflow: patched as Simulation['workflow'] }
        : world;
    }
    case 'stop-workflow':
      return {
        ...world,
        workflow: { ...workflow, spec: { shutdown: 'Stop' } },
      };
    case 'own-approval':
      return edit(world, action.approval, approval => ({
        ...approval,
        metadata: {
          ...approval.metadata,
          ownerReferences: [{ uid: workload.metadata.uid }],
        },
      }));
    case 'judge-approval':
      return edit(world, action.approval, approval => ({
        ...approval,
        status: {
          conditions: [
            {
              type: 'Accepted',
              status: action.accepted ? 'True' : 'False',
              lastTransitionTime: '2026-01-01T00:00:00Z',
              reason: action.reason,
              message: action.message,
            },
          ],
        },
      }));
    default:
      return world;
  }
}

function edit(
  world: Simulation,
  { metadata }: AgentApproval,
  change: (approval: AgentApproval) => AgentApproval,
): Simulation {
  return {
    ...world,
    approvals: world.approvals.map(approval =>
      approval.metadata.uid === metadata.uid ? change(approval) : approval,
    ),
  };
}

/** One pass: what was decided, and the world after it. */
export function pass(
  world: Simulation,
  now: Date,
): { decision: Decision; world: Simulation } {
  const decision = decide(observe(world), now);
  if (decision.type === 'record') {
    const workload = { ...world.workload, status: decision.status };
    return { decision, world: { ...world, workload } };
  }
  return {
    decision,
    world:
      decision.type === 'act'
        ? decision.actions.reduce(carryOut, world)
        : world,
  };
}
