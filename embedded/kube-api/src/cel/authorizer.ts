import { create, createFileRegistry } from '@bufbuild/protobuf';
import type { DescMessage } from '@bufbuild/protobuf';
import {
  FileDescriptorProtoSchema,
  FileDescriptorSetSchema,
  FieldDescriptorProto_Label,
  FieldDescriptorProto_Type,
} from '@bufbuild/protobuf/wkt';
import { reflect, type ReflectMessage } from '@bufbuild/protobuf/reflect';
import {
  CelScalar,
  celMethod,
  objectType,
  type CelFunc,
  type CelInput,
} from '@bufbuild/cel';
import type { AuthorizationAttributes, UserInfo } from '../auth/rbac';

const { BOOL, STRING } = CelScalar;
const NAMES = [
  'Authorizer',
  'PathCheck',
  'GroupCheck',
  'ResourceCheck',
  'Decision',
] as const;

/** Each type carries its state as JSON text: CEL values must be immutable and comparable. */
export const AUTHORIZER_TYPES = createFileRegistry(
  create(FileDescriptorSetSchema, {
    file: [
      create(FileDescriptorProtoSchema, {
        name: 'kubernetes/authorizer.proto',
        package: 'kubernetes.authorization',
        syntax: 'proto3',
        messageType: NAMES.map(name => ({
          name,
          field: [
            {
              name: 'state',
              number: 1,
              type: FieldDescriptorProto_Type.STRING,
              label: FieldDescriptorProto_Label.OPTIONAL,
            },
          ],
        })),
      }),
    ],
  }),
);

function descOf(name: (typeof NAMES)[number]): DescMessage {
  const desc = AUTHORIZER_TYPES.getMessage(`kubernetes.authorization.${name}`);
  if (!desc) throw new Error(`no CEL type ${name}`);
  return desc;
}

function valueOf(name: (typeof NAMES)[number], state: unknown): CelInput {
  const desc = descOf(name);
  return reflect(desc, create(desc, { state: JSON.stringify(state) }));
}

interface CheckState {
  user: UserInfo;
  attributes: Partial<AuthorizationAttributes>;
}

function stateOf<T>(value: ReflectMessage): T {
  const field = value.fields[0];
  return JSON.parse(String(value.get(field))) as T;
}

/** The variable `authorizer` for the user who makes the request. */
export function authorizerFor(user: UserInfo): CelInput {
  return valueOf('Authorizer', { user });
}

/** Methods of `authorizer`, backed by the roles that are stored at this moment. */
export function authorizerFunctions(
  authorize: (user: UserInfo, attributes: AuthorizationAttributes) => boolean,
): CelFunc[] {
  const type = (name: (typeof NAMES)[number]) => objectType(descOf(name));
  const refine = (
    name: string,
    from: 'GroupCheck' | 'ResourceCheck',
    key: 'resource' | 'subresource' | 'namespace' | 'name',
  ) =>
    celMethod(
      name,
      type(from),
      [STRING],
      type('ResourceCheck'),
      function f(value) {
        const state = stateOf<CheckState>(this);
        const attributes = { ...state.attributes, [key]: value };
        return valueOf('ResourceCheck', { ...state, attributes }) as never;
      },
    );
  const check = (from: 'PathCheck' | 'ResourceCheck') =>
    celMethod(
      'check',
      type(from),
      [STRING],
      type('Decision'),
      function f(verb) {
        const { user, attributes } = stateOf<CheckState>(this);
        const allowed = authorize(user, { ...attributes, verb });
        return valueOf('Decision', { allowed }) as never;
      },
    );
  return [
    celMethod(
      'group',
      type('Authorizer'),
      [STRING],
      type('GroupCheck'),
      function f(group) {
        const state = stateOf<CheckState>(this);
        return valueOf('GroupCheck', {
          ...state,
          attributes: { group },
        }) as never;
      },
    ),
    celMethod(
      'path',
      type('Authorizer'),
      [STRING],
      type('PathCheck'),
      function f(path) {
        const state = stateOf<CheckState>(this);
        return valueOf('PathCheck', {
          ...state,
          attributes: { path },
        }) as never;
      },
    ),
    celMethod(
      'serviceAccount',
      type('Authorizer'),
      [STRING, STRING],
      type('Authorizer'),
      (namespace, name) =>
        valueOf('Authorizer', {
          user: serviceAccountUser(namespace, name),
        }) as never,
    ),
    refine('resource', 'GroupCheck', 'resource'),
    refine('subresource', 'ResourceCheck', 'subresource'),
    refine('namespace', 'ResourceCheck', 'namespace'),
    refine('name', 'ResourceCheck', 'name'),
    check('ResourceCheck'),
    check('PathCheck'),
    celMethod('allowed', type('Decision'), [], BOOL, function f() {
      return stateOf<{ allowed: boolean }>(this).allowed;
    }),
    celMethod('reason', type('Decision'), [], STRING, () => ''),
    celMethod('errored', type('Decision'), [], BOOL, () => false),
    celMethod('error', type('Decision'), [], STRING, () => ''),
  ];
}

function serviceAccountUser(namespace: string, name: string): UserInfo {
  return {
    username: `system:serviceaccount:${namespace}:${name}`,
    groups: [
      'system:serviceaccounts',
      `system:serviceaccounts:${namespace}`,
      'system:authenticated',
    ],
    extra: {},
  };
}
