import { ApiError, forbidden, unauthorized } from '../errors';
import type { Store } from '../store/store';
import type { RbacAuthorizer, UserInfo } from './rbac';
import { sameText, type TokenSigner } from './tokens';

/** Header names in lower case, each with every value that was sent: `req.headersDistinct`. */
export type Headers = Readonly<Record<string, string[] | undefined>>;

const ANONYMOUS: UserInfo = {
  username: 'system:anonymous',
  groups: ['system:unauthenticated'],
  extra: {},
};

export interface AuthenticatorOptions {
  store: Store;
  signer: TokenSigner;
  authorizer: RbacAuthorizer;
  adminToken: string;
}

/** Who sends a request: the bearer token's user, then the impersonated one. */
export class Authenticator {
  constructor(private readonly options: AuthenticatorOptions) {}

  /**
   * @throws ApiError 401 for a token that nobody owns, 403 where impersonation
   * is not allowed
   */
  authenticate(headers: Headers): UserInfo {
    const user = this.fromAuthorization(headers.authorization?.[0]);
    return this.impersonated(user, headers);
  }

  /** The user of a token, or undefined if it is not valid. */
  fromToken(token: string): UserInfo | undefined {
    const { adminToken, signer, store } = this.options;
    if (sameText(token, adminToken)) {
      return {
        username: 'kubernetes-admin',
        groups: ['system:masters', 'system:authenticated'],
        extra: {},
      };
    }
    const claims = signer.verify(token);
    if (!claims) return undefined;
    const { namespace, serviceAccount, pod } = claims;
    const account = store.get(
      'serviceaccounts',
      namespace,
      serviceAccount.name,
    );
    if (account?.metadata.uid !== serviceAccount.uid) return undefined;
    if (pod) {
      const live = store.get('pods', namespace, pod.name);
      if (live?.metadata.uid !== pod.uid) return undefined;
    }
    return {
      username: `system:serviceaccount:${namespace}:${serviceAccount.name}`,
      uid: serviceAccount.uid,
      groups: accountGroups(namespace),
      extra: {
        'authentication.kubernetes.io/credential-id': [`JTI=${claims.jti}`],
        ...(pod
          ? {
              'authentication.kubernetes.io/pod-name': [pod.name],
              'authentication.kubernetes.io/pod-uid': [pod.uid],
            }
          : {}),
      },
    };
  }

  private fromAuthorization(header: string | undefined): UserInfo {
    if (!header) return ANONYMOUS;
    const token = /^Bearer\s+(\S+)$/i.exec(header)?.[1];
    const user = token ? this.fromToken(token) : undefined;
    if (!user) throw unauthorized();
    return user;
  }

  private impersonated(user: UserInfo, headers: Headers): UserInfo {
    const wanted = impersonationOf(headers);
    if (!wanted) return user;
    for (const request of requestsOf(wanted)) {
      const allowed = this.options.authorizer.authorize(user, {
        verb: 'impersonate',
        ...request,
      });
      if (!allowed) throw mayNotImpersonate(user, request);
    }
    return withDefaultGroups(wanted);
  }
}

function accountGroups(namespace: string): string[] {
  return [
    'system:serviceaccounts',
    `system:serviceaccounts:${namespace}`,
    'system:authenticated',
  ];
}

function impersonationOf(headers: Headers): UserInfo | undefined {
  const one = (name: string) => headers[name]?.[0];
  const many = (name: string) => headers[name] ?? [];
  const username = one('impersonate-user');
  const groups = many('impersonate-group');
  const uid = one('impersonate-uid');
  const extra: Record<string, string[]> = {};
  for (const name of Object.keys(headers)) {
    if (name.startsWith('impersonate-extra-')) {
      const key = name.slice('impersonate-extra-'.length);
      extra[safelyDecoded(key)] = many(name);
    }
  }
  if (!username) {
    if (groups.length || uid || Object.keys(extra).length) {
      throw new ApiError(
        500,
        'InternalError',
        'Internal error occurred: requested impersonation of groups, a uid or extras without impersonating a user',
      );
    }
    return undefined;
  }
  return { username, groups, extra, ...(uid ? { uid } : {}) };
}

function safelyDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

interface ImpersonationRequest {
  group: string;
  resource: string;
  subresource?: string;
  namespace?: string;
  name: string;
}

const ACCOUNT = /^system:serviceaccount:([^:]+):([^:]+)$/;

function requestsOf(wanted: UserInfo): ImpersonationRequest[] {
  const account = ACCOUNT.exec(wanted.username);
  const identity = 'authentication.k8s.io';
  return [
    account
      ? {
          group: '',
          resource: 'serviceaccounts',
          namespace: account[1],
          name: account[2],
        }
      : { group: '', resource: 'users', name: wanted.username },
    ...wanted.groups.map(name => ({ group: '', resource: 'groups', name })),
    ...(wanted.uid
      ? [{ group: identity, resource: 'uids', name: wanted.uid }]
      : []),
    ...Object.entries(wanted.extra).flatMap(([key, values]) =>
      values.map(name => ({
        group: identity,
        resource: 'userextras',
        subresource: key,
        name,
      })),
    ),
  ];
}

function mayNotImpersonate(
  user: UserInfo,
  request: ImpersonationRequest,
): ApiError {
  const resource = request.subresource
    ? `${request.resource}/${request.subresource}`
    : request.resource;
  const scope = request.namespace
    ? `in the namespace "${request.namespace}"`
    : 'at the cluster scope';
  return forbidden(
    { plural: request.resource, group: request.group, kind: '' },
    request.name,
    `User "${user.username}" cannot impersonate resource "${resource}" in API group "${request.group}" ${scope}`,
  );
}

function withDefaultGroups(wanted: UserInfo): UserInfo {
  const account = ACCOUNT.exec(wanted.username);
  const groups =
    account && wanted.groups.length === 0
      ? accountGroups(account[1])
      : [...wanted.groups];
  const base =
    wanted.username === 'system:anonymous'
      ? 'system:unauthenticated'
      : 'system:authenticated';
  return {
    ...wanted,
    groups: groups.includes(base) ? groups : [...groups, base],
  };
}
