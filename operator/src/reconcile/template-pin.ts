import type { AgentWorkloadStatus, TemplateStatus } from '@agentworkloads/api';
import { buildWorkflow, type StartRecord } from '../workflow/build-workflow';
import { CANONICAL_FORM } from '../workflow/canonical';
import type { WorkflowFacts } from '../workflow/facts';
import {
  expectedPin,
  pinTemplate,
  usesTemplateRef,
  type PinnedSpec,
} from '../workflow/pinned-spec';
import type { TemplateFacts } from '../workflow/read-template';
import type { ObservedState } from './observed';

/**
 * What the run is held to. Digests that an operator of another canonical form recorded can't be
 * compared with: such a run is as one that has none.
 */
export function heldTo(
  status: AgentWorkloadStatus | undefined,
): TemplateStatus | undefined {
  const { template } = status ?? {};
  return template?.form === CANONICAL_FORM ? template : undefined;
}

/** What Argo must store for this run, if the template is as it was read. */
export function expectedOf(
  state: ObservedState,
  template: TemplateFacts,
  recorded: StartRecord,
): PinnedSpec {
  const { workload, bucket, workflowDefaults } = state;
  const { metadata, spec } = workload;
  const made = buildWorkflow('', metadata, spec, bucket, recorded);
  return expectedPin(made.spec, template.spec, workflowDefaults);
}

/** What is recorded of a template before a Workflow is made of it. */
export function pinOf(
  state: ObservedState,
  template: TemplateFacts,
  recorded: StartRecord,
): TemplateStatus {
  const { name, uid, generation, spec } = template;
  return {
    name,
    uid,
    generation,
    form: CANONICAL_FORM,
    sha256: pinTemplate(spec).sha256,
    expectedSha256: expectedOf(state, template, recorded).sha256,
  };
}

/** Why a template that takes parts of others may not be run; undefined when it may, or takes none. */
export function refusedReference(
  { name, spec }: TemplateFacts,
  listed: readonly string[] = [],
): string | undefined {
  if (!usesTemplateRef(spec)) return undefined;
  const { sha256 } = pinTemplate(spec);
  return listed.includes(sha256)
    ? undefined
    : `WorkflowTemplate ${name} uses templateRef, and its digest ${sha256} is not among templateDigests of the policy's data`;
}

/** Whether Argo took up something else than what was read at the start. */
export function isNotAsRead(
  status: AgentWorkloadStatus | undefined,
  { stored }: WorkflowFacts,
): boolean {
  const expected = heldTo(status)?.expectedSha256;
  return (
    expected !== undefined &&
    stored !== undefined &&
    stored.pinned.sha256 !== expected
  );
}

/** What status takes over when it is written: what Argo stored, once that is known and as it should be. */
export function mirrorPin(
  status: AgentWorkloadStatus | undefined,
  facts: WorkflowFacts,
  templateName: string,
): Pick<AgentWorkloadStatus, 'template'> {
  const { stored } = facts;
  const held = heldTo(status);
  if (!stored || held?.storedSha256) return {};
  if (isNotAsRead(status, facts)) return {};
  const known = held ?? { name: templateName, form: CANONICAL_FORM };
  return { template: { ...known, storedSha256: stored.sha256 } };
}
