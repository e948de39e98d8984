import {
  agentWorkloadSpecSchema,
  PARAMETER_NAME_PATTERN,
} from '../agent-workload';
import { LIMITS } from '../limits';
import { SCHEDULE_LIMITS } from '../agent-workload-schedule';
import { GROUP } from '../group';
import { FINAL_PHASES } from '../phases';
import { WORKFLOW_PARAMETERS } from '../workflow';
import { freezing, MUTABLE_SPEC_FIELDS } from './freezing';
import type { CelRule } from './structural';

const quoted = (values: readonly string[]) =>
  `[${values.map(value => `'${value}'`).join(', ')}]`;

const setOnce = (field: string, part: string, message: string): CelRule => ({
  rule: `!has(oldSelf.${field}) || (has(self.${field}) && self.${field}${part} == oldSelf.${field}${part})`,
  message,
});

const atLeast = (field: string, least: string): CelRule => ({
  rule: `duration(self.${field}) >= duration('${least}')`,
  message: `${field} must be at least ${least}`,
  fieldPath: `.${field}`,
});

/** What holds of the spec of a run, wherever it stands. */
const STATIC_SPEC_RULES: CelRule[] = [
  {
    rule: `self.targetUrls.map(url, size(url)).sum() <= ${LIMITS.targetUrlsTotal}`,
    message: `targetUrls may have ${LIMITS.targetUrlsTotal} characters in all; split the run`,
    fieldPath: '.targetUrls',
  },
  {
    rule: `!self.parameters.exists(name, name in ${quoted(
      Object.values(WORKFLOW_PARAMETERS),
    )})`,
    message: `parameters can't set ${Object.values(WORKFLOW_PARAMETERS).join(
      ', ',
    )}: they are made from the spec`,
    fieldPath: '.parameters',
  },
  {
    rule: `self.parameters.all(name, size(name) <= ${LIMITS.parameterName} && name.matches('${PARAMETER_NAME_PATTERN}'))`,
    message: `names of parameters have letters, digits, _ and -, begin with a letter or digit and have at most ${LIMITS.parameterName} characters`,
    fieldPath: '.parameters',
  },
];

const TIMEOUT_RULES: CelRule[] = [
  atLeast('execution', '1s'),
  atLeast('suspendGate', '10s'),
  atLeast('noProgress', '1s'),
];

/** Rules of AgentWorkload by property path. Only what a schema can't say; identity is admission's. */
export const WORKLOAD_RULES: Record<string, CelRule[]> = {
  '': [
    {
      rule: `size(self.metadata.name) <= ${LIMITS.name}`,
      message: `metadata.name must have at most ${LIMITS.name} characters: the names of the Workflow and its pods are made from it`,
    },
  ],
  spec: [
    ...freezing(agentWorkloadSpecSchema, MUTABLE_SPEC_FIELDS),
    {
      rule: '!oldSelf.cancel || self.cancel',
      message: "cancel can't be taken back",
      fieldPath: '.cancel',
    },
    {
      rule: '!self.gate.fourEyes || has(self.requestedBy)',
      message:
        'gate.fourEyes needs requestedBy: without it nobody knows who must not decide',
    },
    ...STATIC_SPEC_RULES,
  ],
  'spec.timeouts': TIMEOUT_RULES,
  status: [
    {
      rule: `!has(oldSelf.phase) || !(oldSelf.phase in ${quoted(
        FINAL_PHASES,
      )}) || (has(self.phase) && self.phase == oldSelf.phase)`,
      message: 'a final phase never changes',
    },
    setOnce(
      'argoWorkflow',
      '.uid',
      'one workload has one Workflow: argoWorkflow.uid is set once',
    ),
  ],
  'status.gate': [setOnce('decision', '', 'the first decision recorded wins')],
};

/** Rules of AgentWorkloadSchedule. Whether a cron field or a zone means anything, the operator says: CEL knows neither. */
export const SCHEDULE_RULES: Record<string, CelRule[]> = {
  '': [
    {
      rule: `size(self.metadata.name) <= ${SCHEDULE_LIMITS.name}`,
      message: `metadata.name must have at most ${SCHEDULE_LIMITS.name} characters: the names of the runs are made from it`,
    },
  ],
  spec: [
    {
      rule: '!self.workloadTemplate.spec.gate.fourEyes || has(self.requestedBy)',
      message:
        'gate.fourEyes needs requestedBy: without it nobody knows who must not decide',
    },
    {
      rule: "duration(self.startingDeadline) >= duration('1m')",
      message: 'startingDeadline must be at least 1m',
      fieldPath: '.startingDeadline',
    },
  ],
  'spec.workloadTemplate.metadata': ['labels', 'annotations'].map(field => ({
    rule: `!has(self.${field}) || self.${field}.all(key, !key.startsWith('${GROUP}/'))`,
    message: `${field} ${GROUP}/* of runs are the operator's`,
  })),
  'spec.workloadTemplate.spec': STATIC_SPEC_RULES,
  'spec.workloadTemplate.spec.timeouts': TIMEOUT_RULES,
};

export const APPROVAL_RULES: Record<string, CelRule[]> = {
  spec: [
    {
      rule: 'self == oldSelf',
      message: 'a decision never changes; make a new AgentApproval',
    },
    {
      rule: "self.decision != 'deny' || self.comment.matches('\\\\S')",
      message: 'to deny, say why in comment',
    },
    {
      rule: "self.decision != 'approve' || has(self.evidence)",
      message:
        'to approve, say what was looked at in evidence: status.gate.evidence of the AgentWorkload',
    },
  ],
};
