import { fieldError, invalid, notFound } from '../errors';
import {
  at,
  isObject,
  objectAt,
  stringAt,
  stringsAt,
  type JsonObject,
} from '../json';
import type { ApiContext } from '../context';
import type { ResourceDef } from '../model';
import { DEFAULT_AUDIENCE } from './tokens';

const KIND = { group: 'authentication.k8s.io', kind: 'TokenRequest' };
const PODS = { group: '', plural: 'pods', kind: 'Pod' };
const DEFAULT_LIFETIME_S = 3600;

/** POST …/serviceaccounts/NAME/token: a token for the account, at most as long as its pod lives. */
export function requestToken(
  context: ApiContext,
  def: ResourceDef,
  namespace: string,
  name: string,
  body: JsonObject,
): JsonObject {
  const account = context.store.get('serviceaccounts', namespace, name);
  if (!account) throw notFound(def, name);
  const lifetime = at(body, 'spec', 'expirationSeconds') ?? DEFAULT_LIFETIME_S;
  if (typeof lifetime !== 'number' || lifetime < 600) {
    throw invalid(KIND, '', [
      fieldError.invalid(
        'spec.expirationSeconds',
        lifetime,
        'may not specify a duration less than 10 minutes',
      ),
    ]);
  }
  const wanted = stringsAt(body, 'spec', 'audiences');
  const audiences = wanted.length ? wanted : [DEFAULT_AUDIENCE];
  const pod = boundPod(context, namespace, name, body);
  const { token, expires } = context.signer.issue(
    {
      aud: audiences,
      namespace,
      serviceAccount: { name, uid: account.metadata.uid ?? '' },
      ...(pod ? { pod } : {}),
    },
    lifetime,
  );
  return {
    ...body,
    kind: 'TokenRequest',
    apiVersion: 'authentication.k8s.io/v1',
    metadata: { ...objectAt(body, 'metadata'), name, namespace },
    spec: {
      ...objectAt(body, 'spec'),
      audiences,
      expirationSeconds: lifetime,
    },
    status: {
      token,
      expirationTimestamp: expires.toISOString().replace(/\.\d+Z$/, 'Z'),
    },
  };
}

function boundPod(
  context: ApiContext,
  namespace: string,
  account: string,
  body: JsonObject,
): { name: string; uid: string } | undefined {
  const ref = at(body, 'spec', 'boundObjectRef');
  if (!isObject(ref)) return undefined;
  if (stringAt(ref, 'kind') !== 'Pod') {
    throw invalid(KIND, '', [
      fieldError.notSupported('spec.boundObjectRef.kind', ref.kind, ['Pod']),
    ]);
  }
  const name = stringAt(ref, 'name') ?? '';
  const pod = context.store.get('pods', namespace, name);
  const uid = stringAt(ref, 'uid') ?? pod?.metadata.uid;
  if (!pod || uid === undefined || pod.metadata.uid !== uid) {
    throw notFound(PODS, name);
  }
  const runsAs = stringAt(pod, 'spec', 'serviceAccountName') || 'default';
  if (runsAs !== account) {
    throw invalid(KIND, '', [
      fieldError.invalid(
        'spec.boundObjectRef',
        name,
        `cannot bind token for serviceaccount "${account}" to pod running with different serviceaccount name.`,
      ),
    ]);
  }
  return { name, uid };
}
