import {
  LIMITS,
  parseDuration,
  type AgentWorkloadSpec,
} from '@agentworkloads/api';
import { RESERVED_PARAMETERS } from '../workflow/build-workflow';

const SECOND = 1000;
const MIN_GATE_MS = 10 * SECOND;
const MIN_OTHER_MS = SECOND;

function durationProblems({ timeouts }: AgentWorkloadSpec): string[] {
  const execution = parseDuration(timeouts.execution);
  const gate = parseDuration(timeouts.suspendGate);
  const problems: string[] = [];
  if (gate < MIN_GATE_MS) {
    problems.push('timeouts.suspendGate must be at least 10s');
  }
  if (execution < gate) {
    problems.push(
      'timeouts.execution includes the gate, so it must not be shorter than timeouts.suspendGate',
    );
  }
  if (parseDuration(timeouts.noProgress) < MIN_OTHER_MS) {
    problems.push('timeouts.noProgress must be at least 1s');
  }
  return problems;
}

function urlProblems(spec: AgentWorkloadSpec): string[] {
  const total = spec.targetUrls.reduce((sum, url) => sum + url.length, 0);
  const problems: string[] = [];
  if (total > LIMITS.targetUrlsTotal) {
    problems.push(
      `targetUrls have ${total} characters together, ${LIMITS.targetUrlsTotal} are allowed`,
    );
  }
  const broken = spec.targetUrls.filter(url => !URL.canParse(url));
  if (broken.length > 0) {
    problems.push(`targetUrls has ${broken.length} entries that are no URL`);
  }
  return problems;
}

function parameterProblems(spec: AgentWorkloadSpec): string[] {
  return Object.keys(spec.parameters)
    .filter(name => RESERVED_PARAMETERS.includes(name))
    .map(name => `parameters.${name} is set by the operator; leave it out`);
}

/** @returns a sentence for each thing that is wrong, empty when the spec can be run */
export function specProblems(spec: AgentWorkloadSpec): string[] {
  const problems = [
    ...durationProblems(spec),
    ...urlProblems(spec),
    ...parameterProblems(spec),
  ];
  if (spec.gate.fourEyes && !spec.requestedBy) {
    problems.push('gate.fourEyes needs requestedBy');
  }
  return problems;
}
