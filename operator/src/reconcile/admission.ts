import { ADMISSION_POLICIES } from '@agentic/api';
import { z } from 'zod';
import { apiStatus, type KubeClient } from '../ports';
import { KINDS } from './kinds';
import type { AdmissionFacts } from './observed';

const metadata = z.looseObject({ creationTimestamp: z.string().default('') });
/** A policy that lets things pass when it can't be evaluated guards nothing. */
const policySchema = z.looseObject({
  metadata,
  spec: z.looseObject({
    failurePolicy: z.literal('Fail').default('Fail'),
  }),
});
/** A binding that only warns or audits guards nothing. */
const bindingSchema = z.looseObject({
  metadata,
  spec: z.looseObject({
    policyName: z.string(),
    validationActions: z.array(z.string()).refine(all => all.includes('Deny')),
  }),
});

interface Found {
  name: string;
  /** Undefined when it is missing or doesn't bite. */
  since?: string;
}

async function find(
  client: KubeClient,
  kind: 'admissionPolicies' | 'admissionBindings',
  name: string,
): Promise<Found> {
  const label = `${KINDS[kind].plural}/${name}`;
  try {
    const raw = await client.get(KINDS[kind], '', name);
    if (kind === 'admissionPolicies') {
      const policy = policySchema.safeParse(raw);
      return policy.success
        ? { name: label, since: policy.data.metadata.creationTimestamp }
        : { name: label };
    }
    const binding = bindingSchema.safeParse(raw);
    return binding.success && binding.data.spec.policyName === name
      ? { name: label, since: binding.data.metadata.creationTimestamp }
      : { name: label };
  } catch (error) {
    if (apiStatus(error) === 404) return { name: label };
    throw error;
  }
}

/**
 * Whether all shipped admission policies and their bindings are there and bite, read live: whoever
 * takes one away takes away the ground on which approvals stand.
 */
export async function gatherAdmission(
  client: KubeClient,
): Promise<AdmissionFacts> {
  const names = Object.values(ADMISSION_POLICIES);
  try {
    const found = await Promise.all(
      names.flatMap(name => [
        find(client, 'admissionPolicies', name),
        find(client, 'admissionBindings', name),
      ]),
    );
    const missing = found.filter(({ since }) => since === undefined);
    if (missing.length > 0) {
      return { kind: 'missing', names: missing.map(({ name }) => name) };
    }
    const times = found.map(({ since }) => since ?? '').sort();
    return { kind: 'present', since: times.at(-1) ?? '' };
  } catch (error) {
    return {
      kind: 'unreadable',
      cause: error instanceof Error ? error.message : String(error),
    };
  }
}
