import {
  type AgentWorkload,
  type AgentWorkloadStatus,
} from '@agentworkloads/api';
import type { WorkflowFacts } from '../workflow/facts';
import { isoSeconds, stopped } from './status';
import { mirrorPin } from './template-pin';
import { lastProgress } from './timers';

function mirrorSummary(facts: WorkflowFacts): Partial<AgentWorkloadStatus> {
  const { summary } = facts;
  return summary
    ? {
        summary: {
          pages: summary.pages,
          notObserved: summary.notObservedTotal,
          facts: summary.facts,
          ...(summary.compared && {
            compared: summary.compared,
            // Alone it says nothing: steps of before sent 0 and had compared nothing.
            changes: summary.changes,
          }),
          ...(summary.notComparedReason && {
            notComparedReason: summary.notComparedReason,
          }),
          browserSandbox: summary.browserSandbox,
        },
      }
    : {};
}

/** What a status write takes over from the Workflow. Places once known are kept. */
export function mirror(
  workload: AgentWorkload,
  facts: WorkflowFacts,
  now: Date,
): Partial<AgentWorkloadStatus> {
  const artifacts = {
    ...workload.status?.workflowArtifacts,
    ...facts.artifacts,
  };
  return {
    ...(facts.phase ? { argoPhase: facts.phase.slice(0, 32) } : {}),
    ...(facts.steps.length ? { steps: facts.steps } : {}),
    ...(Object.keys(artifacts).length ? { workflowArtifacts: artifacts } : {}),
    ...mirrorSummary(facts),
    ...mirrorPin(
      workload.status,
      facts,
      workload.spec.workflowTemplateRef.name,
    ),
    progressHash: facts.progressHash,
    lastProgressTime: isoSeconds(new Date(lastProgress(workload, facts, now))),
  };
}

/** The same for a run that the operator stops, with its reason on the steps that it stops. */
export function mirrorStopped(
  workload: AgentWorkload,
  facts: WorkflowFacts,
  why: string,
  now: Date,
): Partial<AgentWorkloadStatus> {
  const mirrored = mirror(workload, facts, now);
  const steps = (mirrored.steps ?? workload.status?.steps)?.map(step =>
    stopped(step, why),
  );
  return { ...mirrored, ...(steps ? { steps } : {}) };
}
