import { isDeepStrictEqual } from 'node:util';
import { isObject } from '../json';
import { SHIPPED, SHIPPED_ARGO, SHIPPED_OPERATOR } from './shipped';

/** User names of those that may write what the gate hangs on. */
export interface Accounts {
  operator: string;
  /** Argo's controllers. */
  argo: readonly string[];
}

export interface ExpectedObject {
  kind: 'admissionPolicies' | 'admissionBindings';
  name: string;
  spec: unknown;
}

function withScopes(rules: unknown): unknown {
  return Array.isArray(rules)
    ? rules.map(rule => (isObject(rule) ? { scope: '*', ...rule } : rule))
    : rules;
}

function matchWithDefaults(match: unknown): unknown {
  if (!isObject(match)) return match;
  return {
    matchPolicy: 'Equivalent',
    namespaceSelector: {},
    objectSelector: {},
    ...match,
    resourceRules: withScopes(match.resourceRules),
    excludeResourceRules: withScopes(match.excludeResourceRules),
  };
}

/**
 * A spec as the API server keeps it: the defaults of admissionregistration.k8s.io/v1 filled in. What
 * has them already, and what a newer API server adds, stays as it is.
 */
export function withDefaults(spec: unknown): unknown {
  if (!isObject(spec)) return spec;
  const isBinding = 'policyName' in spec;
  const filled = isBinding
    ? { ...spec, matchResources: matchWithDefaults(spec.matchResources) }
    : {
        failurePolicy: 'Fail',
        ...spec,
        matchConstraints: matchWithDefaults(spec.matchConstraints),
      };
  // Absent and undefined are the same in JSON.
  return JSON.parse(JSON.stringify(filled)) as unknown;
}

/** @returns where two values first differ, as `spec.validations[0].expression`; undefined when they are equal */
export function differsAt(
  expected: unknown,
  live: unknown,
  at = 'spec',
): string | undefined {
  if (isDeepStrictEqual(expected, live)) return undefined;
  if (Array.isArray(expected) && Array.isArray(live)) {
    const length = Math.max(expected.length, live.length);
    for (let index = 0; index < length; index += 1) {
      const found = differsAt(expected[index], live[index], `${at}[${index}]`);
      if (found !== undefined) return found;
    }
  }
  if (isObject(expected) && isObject(live)) {
    for (const key of new Set([
      ...Object.keys(expected),
      ...Object.keys(live),
    ])) {
      const found = differsAt(expected[key], live[key], `${at}.${key}`);
      if (found !== undefined) return found;
    }
  }
  return at;
}

/** In CEL. */
function quoted(name: string): string {
  return `'${name}'`;
}

/** Policies and bindings as they are shipped, with the operator and Argo under the names that they have here. */
export function expectedObjects({
  operator,
  argo,
}: Accounts): ExpectedObject[] {
  const named = JSON.parse(
    JSON.stringify(SHIPPED)
      .replaceAll(SHIPPED_OPERATOR, operator)
      .replaceAll(quoted(SHIPPED_ARGO), argo.map(quoted).join(', ')),
  ) as typeof SHIPPED;
  return [
    ...named.policies.map(
      one => ({ kind: 'admissionPolicies', ...one } as const),
    ),
    ...named.bindings.map(
      one => ({ kind: 'admissionBindings', ...one } as const),
    ),
  ].map(one => ({ ...one, spec: withDefaults(one.spec) }));
}

/** Who may stand in which list. */
export function allowedWriters({
  operator,
}: Accounts): Record<string, readonly string[]> {
  return { creators: [operator], statusWriters: [operator] };
}
