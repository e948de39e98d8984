import { InputError } from '@backstage/errors';
import {
  AuthorizeResult,
  type PermissionCondition,
  type PermissionCriteria,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import {
  isAndCriteria,
  isNotCriteria,
  isOrCriteria,
  type PermissionRuleset,
} from '@backstage/plugin-permission-node';

type Test<T> = (resource: T) => boolean;

/**
 * A decision of the policy as a test of resources. `createConditionAuthorizer` of the permission framework answers the
 * same, but checks the parameters against their schema again for each resource, which took most of the time of a list.
 * @throws InputError for parameters that are not what the rule says
 */
export function compileDecision<T>(
  decision: PolicyDecision,
  ruleset: PermissionRuleset<T, unknown>,
): Test<T> {
  if (decision.result !== AuthorizeResult.CONDITIONAL) {
    const allowed = decision.result === AuthorizeResult.ALLOW;
    return () => allowed;
  }
  return compile(decision.conditions, ruleset);
}

/** The names of the rules that a decision asks. */
export function rulesOf(decision: PolicyDecision): string[] {
  return decision.result === AuthorizeResult.CONDITIONAL
    ? namesIn(decision.conditions)
    : [];
}

function namesIn(criteria: PermissionCriteria<PermissionCondition>): string[] {
  if (isAndCriteria(criteria)) return criteria.allOf.flatMap(namesIn);
  if (isOrCriteria(criteria)) return criteria.anyOf.flatMap(namesIn);
  if (isNotCriteria(criteria)) return namesIn(criteria.not);
  return [criteria.rule];
}

function compile<T>(
  criteria: PermissionCriteria<PermissionCondition>,
  ruleset: PermissionRuleset<T, unknown>,
): Test<T> {
  if (isAndCriteria(criteria)) {
    const tests = criteria.allOf.map(one => compile(one, ruleset));
    return resource => tests.every(test => test(resource));
  }
  if (isOrCriteria(criteria)) {
    const tests = criteria.anyOf.map(one => compile(one, ruleset));
    return resource => tests.some(test => test(resource));
  }
  if (isNotCriteria(criteria)) {
    const test = compile(criteria.not, ruleset);
    return resource => !test(resource);
  }
  const rule = ruleset.getRuleByName(criteria.rule);
  if (rule.resourceType !== criteria.resourceType) {
    throw new InputError(
      `The policy uses the rule ${criteria.rule} for a ${criteria.resourceType}, but it is for a ${rule.resourceType}`,
    );
  }
  const params = (criteria.params ?? {}) as Record<string, never>;
  const checked = rule.paramsSchema?.['~standard'].validate(params);
  if (checked instanceof Promise || checked?.issues) {
    throw new InputError(
      `The policy gives the rule ${criteria.rule} parameters that it does not take`,
    );
  }
  return resource => rule.apply(resource, params);
}
