import { arrayAt, at, objectAt, stringAt, stringsAt, type Json } from '../json';
import { fromLabelSelector, matchesLabels } from '../http/selectors';
import type { KubeObject } from '../model';
import type { AdmissionRequest } from './types';

/** True if a request falls under `matchConstraints`, or a binding's `matchResources`. */
export function isMatched(
  constraints: Json | undefined,
  request: AdmissionRequest,
  namespace: KubeObject | undefined,
): boolean {
  const rules = arrayAt(constraints, 'resourceRules');
  const excluded = arrayAt(constraints, 'excludeResourceRules');
  // A binding may leave the rules out: then only its selectors count.
  const ruled =
    rules.length === 0 || rules.some(rule => ruleMatches(rule, request));
  return (
    ruled &&
    !excluded.some(rule => ruleMatches(rule, request)) &&
    namespaceMatches(
      at(constraints, 'namespaceSelector'),
      request,
      namespace,
    ) &&
    objectMatches(at(constraints, 'objectSelector'), request)
  );
}

export function ruleMatches(rule: Json, request: AdmissionRequest): boolean {
  const { def } = request;
  const has = (key: string, value: string) => {
    const list = stringsAt(rule, key);
    return list.includes('*') || list.includes(value);
  };
  const scope = stringAt(rule, 'scope') ?? '*';
  const names = stringsAt(rule, 'resourceNames');
  return (
    has('operations', request.operation) &&
    has('apiGroups', def.group) &&
    has('apiVersions', def.version) &&
    (scope === '*' || (scope === 'Namespaced') === def.namespaced) &&
    (names.length === 0 || names.includes(request.name)) &&
    stringsAt(rule, 'resources').some(resource =>
      resourceMatches(resource, request),
    )
  );
}

/** `a/*` stands for `a` and all that is below it, `a` for itself alone. */
function resourceMatches(pattern: string, request: AdmissionRequest): boolean {
  const [resource, subresource = ''] = pattern.split('/');
  return (
    (resource === '*' || resource === request.def.plural) &&
    (subresource === '*' || subresource === (request.subresource ?? ''))
  );
}

function namespaceMatches(
  selector: Json | undefined,
  request: AdmissionRequest,
  namespace: KubeObject | undefined,
): boolean {
  const requirements = fromLabelSelector(selector);
  if (!requirements.length) return true;
  if (request.def.storageKey === 'namespaces') {
    const object = request.object ?? request.oldObject;
    return matchesLabels(requirements, objectAt(object, 'metadata', 'labels'));
  }
  if (!request.def.namespaced) return true;
  return matchesLabels(requirements, objectAt(namespace, 'metadata', 'labels'));
}

/** Either the new or the old object is enough, so that a label can't be dropped to escape. */
function objectMatches(
  selector: Json | undefined,
  request: AdmissionRequest,
): boolean {
  const requirements = fromLabelSelector(selector);
  if (!requirements.length) return true;
  return [request.object, request.oldObject].some(
    object =>
      object !== undefined &&
      matchesLabels(requirements, objectAt(object, 'metadata', 'labels')),
  );
}
