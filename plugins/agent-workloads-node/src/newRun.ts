import { createHash, randomInt } from 'node:crypto';
import { InputError } from '@backstage/errors';
import {
  AGENT_WORKLOAD,
  agentWorkloadSpecSchema,
  API_VERSION,
  LIMITS,
  specProblems,
  targetsOfInput,
  type AgentWorkloadSpec,
} from '@agentworkloads/api';
import { z } from 'zod';
import type { KubernetesObject } from '@agentworkloads/kube';
import { refusal } from './refusal';

/** What a person may ask for. Who asks is never part of it: that is the caller. */
export const newRunSpecSchema = agentWorkloadSpecSchema.omit({
  requestedBy: true,
  cancel: true,
  cancelledBy: true,
});
export type NewRunSpec = z.infer<typeof newRunSpecSchema>;

/**
 * @throws InputError with a sentence for each field that is wrong
 */
export function parseNewRunSpec(
  input: unknown,
  defaultTemplate: string,
): NewRunSpec {
  const parsed = newRunSpecSchema.safeParse(
    withTemplate(input, defaultTemplate),
  );
  if (!parsed.success) {
    throw refusal(InputError, 'runRefused', {
      problem: describeIssues(parsed.error),
    });
  }
  const spec = parsed.data;
  // Who asks is not known here, and is always there in the end.
  const problems = specProblems({
    ...spec,
    requestedBy: { username: 'somebody' },
    cancel: false,
  });
  if (problems.length > 0) {
    throw refusal(InputError, 'runRefused', {
      problem: `${problems.join('; ')}.`,
    });
  }
  return spec;
}

/**
 * Pages as people or templates write them, as addresses.
 *
 * @throws InputError where something that was written would be lost
 */
export function pagesOfInput(written: readonly string[]): string[] {
  const { urls, problems } = targetsOfInput(written);
  if (problems.length > 0) {
    throw refusal(InputError, 'runRefused', {
      problem: `${problems.join('; ')}.`,
    });
  }
  return urls;
}

/** With the template that is run where the caller names none. */
export function withTemplate(spec: unknown, defaultTemplate: string): unknown {
  return typeof spec === 'object' && spec !== null
    ? {
        ...spec,
        workflowTemplateRef: (spec as { workflowTemplateRef?: unknown })
          .workflowTemplateRef ?? { name: defaultTemplate },
      }
    : spec;
}

/** One sentence a field: `spec.targetUrls[2]: must be …`. */
export function describeIssues(error: z.ZodError): string {
  return error.issues
    .slice(0, 10)
    .map(issue => {
      const place = issue.path
        .map(part =>
          typeof part === 'number' ? `[${part}]` : `.${String(part)}`,
        )
        .join('')
        .replace(/^\./, '');
      return place ? `${place}: ${issue.message}` : issue.message;
    })
    .join('; ');
}

/** Four lower-case letters or digits. */
export function randomSuffix(): string {
  return randomInt(36 ** 4)
    .toString(36)
    .padStart(4, '0');
}

/**
 * A name that tells people what the run is about: first host, time, a few random letters.
 * @param random - lower-case letters and digits
 */
export function runName(
  targetUrls: readonly string[],
  now: Date,
  random: string,
): string {
  const stamp = now
    .toISOString()
    .slice(0, 16)
    .replace(/[-:]/g, '')
    .replace('T', '-');
  return nameOf(targetUrls, `-${stamp}-${random}`, LIMITS.name);
}

/**
 * The same name for the same key: first host, and a digest of the key.
 * @param key - parts that together name the request
 */
export function keyedRunName(
  targetUrls: readonly string[],
  key: readonly string[],
): string {
  return keyedName(targetUrls, key, LIMITS.name);
}

/** @param longest - characters that the name may have */
export function keyedName(
  targetUrls: readonly string[],
  key: readonly string[],
  longest: number,
): string {
  const digest = createHash('sha256').update(JSON.stringify(key)).digest('hex');
  return nameOf(targetUrls, `-${digest.slice(0, 10)}`, longest);
}

function nameOf(
  targetUrls: readonly string[],
  tail: string,
  longest: number,
): string {
  const host = slug(new URL(targetUrls[0]).hostname.replace(/^www\./, ''));
  return `${host.slice(0, longest - tail.length).replace(/-+$/, '')}${tail}`;
}

function slug(text: string): string {
  const plain = text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return plain || 'run';
}

export function workloadManifest(options: {
  name: string;
  namespace: string;
  spec: NewRunSpec;
  requestedBy: string;
  annotations?: Record<string, string>;
}): KubernetesObject {
  const spec: AgentWorkloadSpec = {
    ...options.spec,
    requestedBy: { username: options.requestedBy },
    cancel: false,
  };
  return {
    apiVersion: API_VERSION,
    kind: AGENT_WORKLOAD.kind,
    metadata: {
      name: options.name,
      namespace: options.namespace,
      ...(options.annotations ? { annotations: options.annotations } : {}),
    },
    spec,
  };
}

/** @throws InputError for a namespace in which the portal makes no runs */
export function assertCreateNamespace(
  namespace: string,
  allowed: readonly string[],
): void {
  if (!allowed.includes(namespace)) {
    throw new InputError(
      `The portal starts no runs in namespace "${namespace}"; use one of: ${allowed.join(
        ', ',
      )}`,
    );
  }
}
