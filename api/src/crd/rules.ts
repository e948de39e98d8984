import { agentWorkloadSpecSchema } from '../agent-workload';
import { LIMITS } from '../limits';
import { SCHEDULE_LIMITS } from '../agent-workload-schedule';
import { GROUP } from '../group';
import { FINAL_PHASES } from '../phases';
import { celAt } from '../spec-rules';
import { freezing, MUTABLE_SPEC_FIELDS } from './freezing';
import type { CelRule } from './structural';

const quoted = (values: readonly string[]) =>
  `[${values.map(value => `'${value}'`).join(', ')}]`;

const setOnce = (field: string, part: string, message: string): CelRule => ({
  rule: `!has(oldSelf.${field}) || (has(self.${field}) && self.${field}${part} == oldSelf.${field}${part})`,
  message,
});

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
      rule: '!has(self.cancelledBy) || self.cancel',
      message: 'cancelledBy comes with cancel: true',
    },
    {
      rule: '!oldSelf.cancel || (has(self.cancelledBy) == has(oldSelf.cancelledBy) && (!has(self.cancelledBy) || self.cancelledBy == oldSelf.cancelledBy))',
      message: 'who cancelled the run, and why, never changes',
    },
    ...celAt('person'),
    ...celAt(undefined),
  ],
  'spec.gate': celAt('gate'),
  'spec.timeouts': celAt('timeouts'),
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
  'status.gate': [
    {
      // An approval that is gone when the gate is to be opened shuts it: only ever in this direction.
      rule: "!has(oldSelf.decision) || (has(self.decision) && (self.decision == oldSelf.decision || (oldSelf.decision == 'approve' && self.decision == 'deny' && has(self.via) && self.via == 'operator')))",
      message:
        'the first decision recorded wins; the operator alone may still shut a gate that was approved',
    },
    {
      rule: '!has(oldSelf.approvals) || (has(self.approvals) && self.approvals >= oldSelf.approvals)',
      message: 'a gate never asks for fewer approvals than before',
    },
    {
      rule: '!has(oldSelf.groups) || (has(self.groups) && oldSelf.groups.all(one, one in self.groups))',
      message: 'a gate never asks for fewer groups than before',
    },
  ],
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
  'spec.workloadTemplate.spec': [...celAt(undefined), ...celAt('schedule')],
  'spec.workloadTemplate.spec.gate': celAt('gate'),
  'spec.workloadTemplate.spec.timeouts': celAt('timeouts'),
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
    {
      rule: "(self.decision == 'extend') == has(self.extendTo)",
      message:
        'extendTo says until when to extend, and belongs to nothing else',
    },
  ],
};
