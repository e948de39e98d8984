import { badRequest } from '../errors';
import {
  isObject,
  objectAt,
  stringAt,
  stringsAt,
  type JsonObject,
} from '../json';
import type { ApiContext } from '../context';
import { apiVersionOf, type ResourceDef } from '../model';
import type { AuthorizationAttributes, UserInfo } from './rbac';

/** Answers a review: the object that was sent, with its status. */
export function answerReview(
  context: ApiContext,
  def: ResourceDef,
  body: JsonObject,
  caller: UserInfo,
): JsonObject {
  if (body.kind !== undefined && body.kind !== def.kind) {
    throw badRequest(`expected a ${def.kind}, got a ${body.kind}`);
  }
  const spec = objectAt(body, 'spec');
  return {
    ...body,
    kind: def.kind,
    apiVersion: apiVersionOf(def),
    metadata: { ...objectAt(body, 'metadata') },
    status: statusOf(context, def.kind, spec, caller),
  };
}

function statusOf(
  context: ApiContext,
  kind: string,
  spec: JsonObject,
  caller: UserInfo,
): JsonObject {
  switch (kind) {
    case 'SelfSubjectReview':
      return { userInfo: userJson(caller) };
    case 'TokenReview': {
      const user = context.authenticator.fromToken(
        stringAt(spec, 'token') ?? '',
      );
      return user
        ? { authenticated: true, user: userJson(user) }
        : { error: 'the token is not valid' };
    }
    case 'SelfSubjectAccessReview':
      return access(context, caller, spec);
    case 'SelfSubjectRulesReview':
      return rules(context, caller, stringAt(spec, 'namespace') ?? '');
    default:
      return access(context, subjectOf(spec), spec);
  }
}

function userJson(user: UserInfo): JsonObject {
  return {
    username: user.username,
    ...(user.uid ? { uid: user.uid } : {}),
    groups: user.groups,
    ...(Object.keys(user.extra).length ? { extra: user.extra } : {}),
  };
}

function subjectOf(spec: JsonObject): UserInfo {
  const username = stringAt(spec, 'user') ?? '';
  const groups = stringsAt(spec, 'groups');
  if (!username && !groups.length) {
    throw badRequest('spec.user or spec.groups must be set');
  }
  return { username, groups, extra: {} };
}

function access(
  context: ApiContext,
  user: UserInfo,
  spec: JsonObject,
): JsonObject {
  const allowed = context.authorizer.authorize(user, attributesOf(spec));
  return allowed ? { allowed: true } : { allowed: false };
}

function attributesOf(spec: JsonObject): AuthorizationAttributes {
  const resource = objectAt(spec, 'resourceAttributes');
  if (isObject(spec.resourceAttributes)) {
    const text = (key: string) => stringAt(resource, key) ?? '';
    return {
      verb: text('verb'),
      group: text('group'),
      resource: text('resource'),
      subresource: text('subresource'),
      namespace: text('namespace'),
      name: text('name'),
    };
  }
  const path = stringAt(spec, 'nonResourceAttributes', 'path');
  if (path === undefined) {
    throw badRequest(
      'exactly one of spec.resourceAttributes and spec.nonResourceAttributes must be set',
    );
  }
  return { verb: stringAt(spec, 'nonResourceAttributes', 'verb') ?? '', path };
}

function rules(
  context: ApiContext,
  user: UserInfo,
  namespace: string,
): JsonObject {
  const granted = context.authorizer.rulesFor(user, namespace);
  return {
    incomplete: false,
    resourceRules: granted
      .filter(rule => rule.resources.length)
      .map(({ nonResourceURLs: _urls, resourceNames, ...rule }) => ({
        ...rule,
        ...(resourceNames.length ? { resourceNames } : {}),
      })),
    nonResourceRules: granted
      .filter(rule => rule.nonResourceURLs.length)
      .map(({ verbs, nonResourceURLs }) => ({ verbs, nonResourceURLs })),
  };
}
