import { at, objectAt, stringAt } from '../json';
import { fromLabelSelector, matchesLabels } from '../http/selectors';
import type { KubeObject } from '../model';
import type { Registry } from '../registry/registry';
import type { Store } from '../store/store';
import type { AdmissionRequest } from './types';

export interface Params {
  /** One evaluation each; a policy without parameters has one `undefined`. */
  values: (KubeObject | undefined)[];
  problem?: string;
}

/** The parameter objects that a binding refers to. */
export function paramsOf(
  policy: KubeObject,
  binding: KubeObject,
  request: AdmissionRequest,
  store: Store,
  registry: Registry,
): Params {
  const kind = objectAt(policy, 'spec', 'paramKind');
  const ref = objectAt(binding, 'spec', 'paramRef');
  if (!kind.kind || !Object.keys(ref).length) return { values: [undefined] };
  const def = registry.findKind(String(kind.apiVersion), String(kind.kind));
  if (!def) {
    return {
      values: [],
      problem: `failed to find resource referenced by paramKind: '${kind.apiVersion}, Kind=${kind.kind}'`,
    };
  }
  const namespace = def.namespaced
    ? stringAt(ref, 'namespace') ?? request.namespace
    : undefined;
  if (def.namespaced && !namespace) {
    return {
      values: [],
      problem:
        'cannot use namespaced paramRef in policy binding that matches cluster-scoped resources',
    };
  }
  const found = find(def.storageKey, namespace, ref, store);
  if (found.length) return { values: found };
  if (stringAt(ref, 'parameterNotFoundAction') === 'Allow') {
    return { values: [] };
  }
  return {
    values: [],
    problem:
      'no params found for policy binding with `Deny` parameterNotFoundAction',
  };
}

function find(
  storageKey: string,
  namespace: string | undefined,
  ref: ReturnType<typeof objectAt>,
  store: Store,
): KubeObject[] {
  const name = stringAt(ref, 'name');
  if (name) {
    const object = store.get(storageKey, namespace, name);
    return object ? [object] : [];
  }
  const requirements = fromLabelSelector(at(ref, 'selector'));
  return store
    .list(storageKey, namespace)
    .map(entry => entry.object)
    .filter(object =>
      matchesLabels(requirements, objectAt(object, 'metadata', 'labels')),
    );
}
