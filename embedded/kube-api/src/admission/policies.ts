import type { CelInput } from '@bufbuild/cel';
import { randomUUID } from 'node:crypto';
import { ApiError, forbidden } from '../errors';
import { at, objectAt, stringAt, stringsAt, type Json } from '../json';
import { authorizerFor } from '../cel/authorizer';
import { errorText, type CelEngine } from '../cel/engine';
import { dynamicValue } from '../cel/values';
import type { KubeObject } from '../model';
import type { Registry } from '../registry/registry';
import type { Store } from '../store/store';
import {
  compilePolicy,
  type CompiledPolicy,
  type CompiledValidation,
} from './compile';
import { isMatched } from './match';
import { paramsOf } from './params';
import type { AdmissionRequest } from './types';

const GROUP = 'admissionregistration.k8s.io';
const POLICIES = `validatingadmissionpolicies.${GROUP}`;
const BINDINGS = `validatingadmissionpolicybindings.${GROUP}`;
const CODES: Record<string, number> = {
  Forbidden: 403,
  Unauthorized: 401,
  RequestEntityTooLarge: 413,
};

interface Denial {
  message: string;
  reason: string;
}

/** Evaluates the ValidatingAdmissionPolicies that are stored at this moment. */
export class PolicyAdmission {
  private readonly compiled = new WeakMap<KubeObject, CompiledPolicy>();

  constructor(
    private readonly store: Store,
    private readonly registry: Registry,
    private readonly engine: CelEngine,
  ) {}

  /** @throws ApiError of the first binding that denies */
  admit(request: AdmissionRequest): void {
    if (request.def.group === GROUP) return;
    for (const { object: binding } of this.store.list(BINDINGS)) {
      const name = stringAt(binding, 'spec', 'policyName') ?? '';
      const policy = this.store.get(POLICIES, undefined, name);
      if (policy) this.apply(policy, binding, request);
    }
  }

  private apply(
    policy: KubeObject,
    binding: KubeObject,
    request: AdmissionRequest,
  ): void {
    const namespace = request.namespace
      ? this.store.get('namespaces', undefined, request.namespace)
      : undefined;
    const matched =
      isMatched(at(policy, 'spec', 'matchConstraints'), request, namespace) &&
      isMatched(at(binding, 'spec', 'matchResources'), request, namespace);
    if (!matched) return;
    const program = this.compile(policy);
    const fixed = bindingsOf(request, namespace);
    const ignored = stringAt(policy, 'spec', 'failurePolicy') === 'Ignore';
    const params = paramsOf(
      policy,
      binding,
      request,
      this.store,
      this.registry,
    );
    if (params.problem !== undefined && !ignored) {
      this.deny(policy, binding, request, {
        message: `failed to configure binding: ${params.problem}`,
        reason: 'Invalid',
      });
    }
    for (const param of params.values) {
      const bindings = {
        ...fixed,
        params: param === undefined ? null : dynamicValue(param),
      };
      for (const denial of evaluate(program, bindings, ignored)) {
        this.deny(policy, binding, request, denial);
      }
    }
  }

  private compile(policy: KubeObject): CompiledPolicy {
    let program = this.compiled.get(policy);
    if (!program) {
      program = compilePolicy(policy, this.engine);
      this.compiled.set(policy, program);
    }
    return program;
  }

  private deny(
    policy: KubeObject,
    binding: KubeObject,
    request: AdmissionRequest,
    denial: Denial,
  ): void {
    const actions = stringsAt(binding, 'spec', 'validationActions');
    const names = `ValidatingAdmissionPolicy '${policy.metadata.name}' with binding '${binding.metadata.name}'`;
    if (actions.includes('Warn')) {
      request.warn(`Validation failed for ${names}: ${denial.message}`);
    }
    if (!actions.includes('Deny')) return;
    const message = `${names} denied request: ${denial.message}`;
    const error = forbidden(request.def, request.name, message);
    throw new ApiError(
      CODES[denial.reason] ?? 422,
      denial.reason,
      error.message,
      { ...error.details, causes: [{ message }] },
    );
  }
}

type Bindings = Record<string, CelInput>;

/** @returns `yes` if all hold, `no` if one does not, else what went wrong */
function checkConditions(
  program: CompiledPolicy,
  bindings: Bindings,
): 'yes' | 'no' | Denial {
  let problem: Denial | undefined;
  for (const condition of program.matchConditions) {
    const result = condition.program.run(bindings);
    const error = errorText(result);
    if (error !== undefined) {
      problem ??= {
        message: `matchCondition '${condition.name}' resulted in error: ${error}`,
        reason: 'Invalid',
      };
    } else if (result !== true) {
      return 'no';
    }
  }
  return problem ?? 'yes';
}

function evaluate(
  program: CompiledPolicy,
  fixed: Bindings,
  ignored: boolean,
): Denial[] {
  const conditions = checkConditions(program, fixed);
  if (conditions === 'no') return [];
  if (conditions !== 'yes') return ignored ? [] : [conditions];
  const variables: Record<string, CelInput> = {};
  const broken = new Map<string, { name: string; problem: string }>();
  for (const variable of program.variables) {
    const value = variable.program.run({ ...fixed, variables });
    // One that can't be computed stays absent: who reads it gets an error.
    const problem = errorText(value);
    if (problem === undefined) variables[variable.name] = value as CelInput;
    else broken.set(`no such key: ${variable.name}`, { ...variable, problem });
  }
  const bindings = { ...fixed, variables };
  const explained = (error: string) => {
    const variable = broken.get(error);
    return variable
      ? `composited variable "${variable.name}" fails to evaluate: ${variable.problem}`
      : error;
  };
  const denials: Denial[] = [];
  for (const validation of program.validations) {
    const result = validation.program.run(bindings);
    const error = errorText(result);
    if (error !== undefined) {
      if (ignored) continue;
      denials.push({
        message: `expression '${
          validation.program.source
        }' resulted in error: ${explained(error)}`,
        reason: 'Invalid',
      });
    } else if (result !== true) {
      denials.push({
        message: messageOf(validation, bindings),
        reason: validation.reason ?? 'Invalid',
      });
    }
  }
  return denials;
}

function messageOf(validation: CompiledValidation, bindings: Bindings): string {
  const said = validation.messageProgram?.run(bindings);
  if (typeof said === 'string' && said.trim() && !said.includes('\n')) {
    return said.trim();
  }
  return (
    validation.message?.trim() ??
    `failed expression: ${validation.program.source.trim()}`
  );
}

function bindingsOf(
  request: AdmissionRequest,
  namespace: KubeObject | undefined,
): Bindings {
  return {
    object: dynamicValue(request.object),
    oldObject: dynamicValue(request.oldObject),
    request: dynamicValue(requestValue(request)),
    namespaceObject: dynamicValue(namespace),
    authorizer: authorizerFor(request.user),
  };
}

/** Empty fields are left out, as the real AdmissionRequest does. */
function requestValue(request: AdmissionRequest): Json {
  const { def, user } = request;
  const kind = { group: def.group, version: def.version, kind: def.kind };
  const resource = {
    group: def.group,
    version: def.version,
    resource: def.plural,
  };
  const extra = objectAt({ extra: user.extra }, 'extra');
  return {
    uid: randomUUID(),
    kind,
    resource,
    requestKind: kind,
    requestResource: resource,
    ...(request.subresource
      ? {
          subResource: request.subresource,
          requestSubResource: request.subresource,
        }
      : {}),
    ...(request.name ? { name: request.name } : {}),
    ...(request.namespace ? { namespace: request.namespace } : {}),
    operation: request.operation,
    userInfo: {
      username: user.username,
      ...(user.uid ? { uid: user.uid } : {}),
      groups: user.groups,
      ...(Object.keys(extra).length ? { extra } : {}),
    },
    dryRun: request.dryRun,
  };
}
