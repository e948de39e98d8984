import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { objectAt, type JsonObject } from '../src/json';
import {
  CONFIG_MAPS,
  configMap,
  TestApi,
  widget,
  WIDGETS,
  WIDGETS_PATH,
} from './harness';

const POLICIES = '/apis/admissionregistration.k8s.io/v1';
const admission = { apiVersion: 'admissionregistration.k8s.io/v1' };

let api: TestApi;
beforeAll(async () => {
  api = await TestApi.start({ objects: [WIDGETS] });
});
afterAll(() => api.close());

async function policy(
  name: string,
  spec: JsonObject,
  binding: JsonObject = {},
): Promise<void> {
  await api.given(`${POLICIES}/validatingadmissionpolicies`, {
    ...admission,
    kind: 'ValidatingAdmissionPolicy',
    metadata: { name },
    spec: {
      matchConstraints: {
        resourceRules: [
          {
            apiGroups: ['test.example.com'],
            apiVersions: ['v1'],
            operations: ['CREATE', 'UPDATE', 'DELETE'],
            resources: ['widgets', 'widgets/*'],
          },
        ],
      },
      ...spec,
    },
  });
  await api.given(`${POLICIES}/validatingadmissionpolicybindings`, {
    ...admission,
    kind: 'ValidatingAdmissionPolicyBinding',
    metadata: { name },
    spec: { policyName: name, validationActions: ['Deny'], ...binding },
  });
}

/** Only objects with this label, so that the policies of the tests do not meet. */
const only = (label: string): JsonObject => ({
  matchResources: { objectSelector: { matchLabels: { policy: label } } },
});
const labelled = (label: string, name: string, spec: JsonObject = {}) =>
  widget(name, spec, { labels: { policy: label } });
const as = (user: string) => ({
  headers: { 'impersonate-user': user, 'impersonate-group': 'system:masters' },
});

describe('a policy', () => {
  it('refuses in the words of the API server', async () => {
    await policy(
      'words',
      {
        variables: [{ name: 'size', expression: 'object.spec.size' }],
        validations: [
          { expression: 'variables.size != 2', message: 'not two' },
          {
            expression: 'variables.size != 3',
            reason: 'Forbidden',
            messageExpression:
              "'not three, ' + request.userInfo.username + ' in ' + namespaceObject.metadata.name",
          },
          { expression: 'variables.size != 4' },
          { expression: 'variables.size != 5 || object.spec.none == 1' },
        ],
      },
      only('words'),
    );
    const say = async (size: number) => {
      const { code, body } = await api.post(
        WIDGETS_PATH,
        labelled('words', 'w', { size }),
        as('rita'),
      );
      const text = String(body.message).split('denied request: ')[1];
      return [code, body.reason, text];
    };
    expect(await say(2)).toEqual([422, 'Invalid', 'not two']);
    expect(await say(3)).toEqual([
      403,
      'Forbidden',
      'not three, rita in default',
    ]);
    expect(await say(4)).toEqual([
      422,
      'Invalid',
      'failed expression: variables.size != 4',
    ]);
    expect(await say(5)).toEqual([
      422,
      'Invalid',
      "expression 'variables.size != 5 || object.spec.none == 1' resulted in error: no such key: none",
    ]);
    const full = await api.post(
      WIDGETS_PATH,
      labelled('words', 'w', { size: 2 }),
    );
    expect(full.body.message).toBe(
      "widgets.test.example.com \"w\" is forbidden: ValidatingAdmissionPolicy 'words' with binding 'words' denied request: not two",
    );
    expect((await say(6))[0]).toBe(201);
  });

  it('sees the old object, subresources and deletions', async () => {
    await policy(
      'old',
      {
        validations: [
          {
            expression:
              "request.operation != 'UPDATE' || has(request.subResource) || object.spec == oldObject.spec",
            message: 'the spec is fixed',
          },
          {
            expression:
              "request.operation != 'DELETE' || oldObject.metadata.name != 'stays'",
            message: 'it stays',
          },
          {
            expression:
              "!has(request.subResource) || request.subResource != 'status' || object.status.phase != 'no'",
            message: 'no such phase',
          },
        ],
      },
      only('old'),
    );
    await api.given(WIDGETS_PATH, labelled('old', 'stays'));
    const path = `${WIDGETS_PATH}/stays`;
    const answers = [
      await api.merge(path, { spec: { size: 2 } }),
      await api.merge(path, { metadata: { labels: { a: 'b' } } }),
      await api.merge(`${path}/status`, { status: { phase: 'no' } }),
      await api.merge(`${path}/status`, { status: { phase: 'yes' } }),
      await api.delete(path),
    ];
    expect(answers.map(({ code }) => code)).toEqual([422, 200, 422, 200, 422]);
  });

  it('is bound to both the old and the new labels', async () => {
    await policy(
      'escape',
      { validations: [{ expression: "request.operation == 'CREATE'" }] },
      only('escape'),
    );
    await api.given(WIDGETS_PATH, labelled('escape', 'tied'));
    const { code } = await api.merge(`${WIDGETS_PATH}/tied`, {
      metadata: { labels: { policy: null } },
    });
    expect(code).toBe(422);
  });

  it('takes a config map as its parameter, in conditions too', async () => {
    await policy(
      'params',
      {
        paramKind: { apiVersion: 'v1', kind: 'ConfigMap' },
        matchConditions: [
          {
            name: 'not-trusted',
            expression:
              "!params.data.users.split(',').exists(u, u == request.userInfo.username)",
          },
        ],
        validations: [{ expression: 'false', message: 'not on the list' }],
      },
      {
        ...only('params'),
        paramRef: {
          name: 'trusted',
          namespace: 'default',
          parameterNotFoundAction: 'Deny',
        },
      },
    );
    const create = (user: string) =>
      api.post(WIDGETS_PATH, labelled('params', `by-${user}`), as(user));
    const missing = await create('ann');
    expect(missing.body.message).toContain(
      'failed to configure binding: no params found for policy binding with `Deny` parameterNotFoundAction',
    );
    await api.given(CONFIG_MAPS, configMap('trusted', { users: 'ann,ben' }));
    expect((await create('ann')).code).toBe(201);
    expect((await create('cat')).body.message).toContain('not on the list');
  });

  it('asks the stored roles through authorizer', async () => {
    const RBAC = '/apis/rbac.authorization.k8s.io/v1/namespaces/default';
    const rbac = { apiVersion: 'rbac.authorization.k8s.io/v1' };
    await policy(
      'rights',
      {
        validations: [
          {
            expression:
              "authorizer.group('test.example.com').resource('widgets').subresource('approval').namespace(request.namespace).name(object.metadata.name).check('approve').allowed()",
            reason: 'Forbidden',
            message: 'no right',
          },
        ],
      },
      only('rights'),
    );
    await api.given(`${RBAC}/roles`, {
      ...rbac,
      kind: 'Role',
      metadata: { name: 'approver' },
      rules: [
        {
          apiGroups: ['test.example.com'],
          resources: ['widgets/approval'],
          resourceNames: ['mine'],
          verbs: ['approve'],
        },
        {
          apiGroups: ['test.example.com'],
          resources: ['widgets'],
          verbs: ['create'],
        },
      ],
    });
    await api.given(`${RBAC}/rolebindings`, {
      ...rbac,
      kind: 'RoleBinding',
      metadata: { name: 'approver' },
      roleRef: { kind: 'Role', name: 'approver' },
      subjects: [{ kind: 'User', name: 'ann' }],
    });
    const create = (name: string) =>
      api.post(WIDGETS_PATH, labelled('rights', name), {
        headers: { 'impersonate-user': 'ann' },
      });
    expect((await create('mine')).code).toBe(201);
    expect((await create('theirs')).code).toBe(403);
  });

  it('lets pass on an error under failurePolicy Ignore, and warns under Warn', async () => {
    await policy(
      'soft',
      {
        failurePolicy: 'Ignore',
        validations: [
          { expression: 'object.spec.none == 1' },
          { expression: 'object.spec.size > 5', message: 'small' },
        ],
      },
      { ...only('soft'), validationActions: ['Warn'] },
    );
    const answer = await api.post(
      WIDGETS_PATH,
      labelled('soft', 'soft', { size: 1 }),
    );
    expect(answer.code).toBe(201);
    expect(answer.headers.warning).toContain(
      "Validation failed for ValidatingAdmissionPolicy 'soft' with binding 'soft': small",
    );
  });

  it('holds for a dry run as well', async () => {
    const { code } = await api.post(
      `${WIDGETS_PATH}?dryRun=All`,
      labelled('words', 'dry', { size: 2 }),
    );
    expect(code).toBe(422);
  });

  it('is refused when it could not be evaluated', async () => {
    const { code, body } = await api.post(
      `${POLICIES}/validatingadmissionpolicies`,
      {
        ...admission,
        kind: 'ValidatingAdmissionPolicy',
        metadata: { name: 'broken' },
        spec: {
          matchConstraints: {},
          validations: [
            { expression: 'object.?spec == 1' },
            { expression: 'nothing == 1' },
            { expression: "ip('1.1.1.1').isLoopback()" },
          ],
        },
      },
    );
    expect(code).toBe(422);
    const causes = objectAt(body, 'details').causes as { field: string }[];
    expect(causes.map(({ field }) => field)).toEqual([
      'spec.validations[0].expression',
      'spec.validations[1].expression',
      'spec.validations[2].expression',
    ]);
  });
});
