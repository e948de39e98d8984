import { AGENT_WORKLOAD, GROUP, VERSION } from '@agentworkloads/api';
import { z } from 'zod';

export const WORKLOADS_CRD = `${AGENT_WORKLOAD.plural}.${GROUP}`;

/** What a gate of several people hangs on; the first version of the CRD had none of it. */
const QUORUM_FIELDS = [
  'spec.gate.approvals',
  'spec.gate.groups',
  'status.gate.approvals',
  'status.gate.groups',
  'status.gate.votes',
] as const;

const crdSchema = z.object({
  spec: z.object({
    versions: z.array(
      z.object({
        name: z.string(),
        schema: z.object({ openAPIV3Schema: z.unknown() }),
      }),
    ),
  }),
});

function has(schema: unknown, path: readonly string[]): boolean {
  const [first, ...rest] = path;
  if (first === undefined) return schema !== undefined;
  const properties = (
    schema as { properties?: Record<string, unknown> } | undefined
  )?.properties;
  return has(properties?.[first], rest);
}

/**
 * @param crd as the API server has it
 * @returns which fields of an AgentWorkload it drops without a word
 */
export function forgottenFields(crd: unknown): string[] {
  const { versions } = crdSchema.parse(crd).spec;
  const ours = versions.find(({ name }) => name === VERSION)?.schema;
  return QUORUM_FIELDS.filter(
    field => !has(ours?.openAPIV3Schema, field.split('.')),
  );
}
