import { describe, expect, it } from '@jest/globals';
import { ADMISSION_POLICIES, WRITER_LISTS } from '@agentworkloads/api';
import {
  ACCOUNTS,
  admitApproval,
  deniedBy,
  keptByCrd,
} from '../../test/admission';
import { mutantsOf } from '../../test/mutants';
import { ApiError, type KubeClient } from '../ports';
import { differsAt, expectedObjects, withDefaults } from './expected';
import { createAdmissionProof } from './proof';
import { SHIPPED } from './shipped';
import { trials } from './trial';

const NAMESPACE = 'agentworkloads';
const T0 = Date.parse('2026-03-02T10:00:00Z');
const WRITERS = 'configmaps/agentworkloads-writers';
const CRD = 'customresourcedefinitions/agentworkloads.agentworkloads.io';
const BINDING =
  'validatingadmissionpolicybindings/agentworkloads-approval-identity';

interface Cluster {
  /** By `plural/name`: what is not as shipped; undefined is not there, an Error is thrown. */
  objects?: Record<string, unknown>;
  /** What is said to an approval; undefined takes it. */
  admit?: (body: unknown, namespace: string) => Error | undefined;
}

const shipped = (name: string, created = '2026-01-01T00:00:00Z') => ({
  metadata: { name, creationTimestamp: created },
});
const refusedBy = (body: unknown) =>
  new ApiError(
    `403 ${admitApproval({ kind: 'agentapprovals', body })}`,
    403,
    'Forbidden',
  );

function cluster(state: Cluster, asked: string[] = []): KubeClient {
  const specs = new Map<string, unknown>(
    [
      ...SHIPPED.policies.map(
        one => [`validatingadmissionpolicies/${one.name}`, one] as const,
      ),
      ...SHIPPED.bindings.map(
        one => [`validatingadmissionpolicybindings/${one.name}`, one] as const,
      ),
    ].map(([path, { name, spec }]) => [
      path,
      { ...shipped(name), spec: withDefaults(spec) },
    ]),
  );
  const client: Pick<KubeClient, 'get' | 'wouldCreate'> = {
    async get(kind, _namespace, name) {
      const path = `${kind.plural}/${name}`;
      asked.push(path);
      const usual =
        path === WRITERS
          ? { ...shipped(name), data: { statusWriters: ACCOUNTS.operator } }
          : path === CRD
          ? keptByCrd()
          : specs.get(path);
      const objects = state.objects ?? {};
      const found = path in objects ? objects[path] : usual;
      if (found instanceof Error) throw found;
      if (found === undefined) throw new ApiError('', 404, 'NotFound');
      return found;
    },
    async wouldCreate(_kind, namespace, body) {
      asked.push(`trial in ${namespace}`);
      const refusal = (state.admit ?? refusedBy)(body, namespace);
      if (refusal) throw refusal;
      return body;
    },
  };
  return client as KubeClient;
}

function proofOf(state: Cluster, asked: string[] = []) {
  let now = T0;
  const proof = createAdmissionProof({
    client: cluster(state, asked),
    clock: { now: () => now },
    accounts: ACCOUNTS,
  });
  return { proof, pass: (ms: number) => (now += ms) };
}

const factsOf = (state: Cluster) =>
  proofOf(state).proof.factsFor(NAMESPACE, T0);

describe('the shipped policies', () => {
  it('are those that the contract names, each with a binding of its name', () => {
    const names = Object.values(ADMISSION_POLICIES).sort();
    expect(SHIPPED.policies.map(({ name }) => name).sort()).toEqual(names);
    expect(SHIPPED.bindings.map(({ name }) => name).sort()).toEqual(names);
  });

  it('say what the trials listen for', () => {
    const identity = SHIPPED.policies.find(
      ({ name }) => name === ADMISSION_POLICIES.approvalIdentity,
    );
    const { validations } = identity?.spec as {
      validations: { messageExpression: string }[];
    };
    for (const { says } of trials(ACCOUNTS.operator)) {
      const words = says.replace(/agentworkloads-trial$/, '');
      const rules = validations.filter(({ messageExpression }) =>
        messageExpression.includes(words),
      );
      expect([words, rules.length]).toEqual([words, 1]);
    }
  });

  it('vouch since the last of them was written', async () => {
    expect(await factsOf({})).toEqual({
      kind: 'present',
      since: '2026-01-01T00:00:00Z',
    });
    const binding = SHIPPED.bindings.find(({ name }) =>
      BINDING.endsWith(`/${name}`),
    )!;
    const mended = {
      spec: binding.spec,
      metadata: {
        ...shipped(binding.name).metadata,
        managedFields: [
          { time: '2026-02-01T00:00:00Z' },
          { time: '2026-02-02T00:00:00Z', subresource: 'status' },
        ],
      },
    };
    expect(await factsOf({ objects: { [BINDING]: mended } })).toEqual({
      kind: 'present',
      since: '2026-02-01T00:00:00Z',
    });
  });

  it('may name the operator as it is called here', async () => {
    const operator = 'system:serviceaccount:elsewhere:op';
    const names = expectedObjects({ ...ACCOUNTS, operator }).filter(
      ({ spec }) => JSON.stringify(spec).includes(operator),
    );
    expect(names.map(({ name }) => name)).toContain(
      ADMISSION_POLICIES.metadata,
    );
    expect(JSON.stringify(names)).not.toContain(ACCOUNTS.operator);
  });
});

describe('what is weakened is noticed:', () => {
  const all = expectedObjects(ACCOUNTS);

  it.each(all.map(one => [`${one.kind} ${one.name}`, one] as const))(
    '%s, in any field',
    async (_what, { kind, name, spec }) => {
      const mutants = mutantsOf(spec);
      expect(mutants.length).toBeGreaterThan(5);
      const plural =
        kind === 'admissionPolicies'
          ? 'validatingadmissionpolicies'
          : 'validatingadmissionpolicybindings';
      const unnoticed: string[] = [];
      for (const mutant of mutants) {
        // What the API server would fill in again is no mutant.
        if (!differsAt(spec, withDefaults(mutant.value))) continue;
        const facts = await factsOf({
          objects: {
            [`${plural}/${name}`]: { ...shipped(name), spec: mutant.value },
          },
        });
        if (facts.kind !== 'missing') unnoticed.push(mutant.what);
      }
      expect(unnoticed).toEqual([]);
    },
  );

  it.each(all.map(({ kind, name }) => [kind, name] as const))(
    '%s %s taken away',
    async (kind, name) => {
      const plural =
        kind === 'admissionPolicies'
          ? 'validatingadmissionpolicies'
          : 'validatingadmissionpolicybindings';
      expect(
        await factsOf({ objects: { [`${plural}/${name}`]: undefined } }),
      ).toEqual({
        kind: 'missing',
        problems: [`${plural}/${name} is missing`],
      });
    },
  );

  it.each(WRITER_LISTS)('somebody else in %s', async list => {
    const data = { [list]: `${ACCOUNTS.operator}\n mallory \n` };
    expect(
      await factsOf({
        objects: { [WRITERS]: { ...shipped('agentworkloads-writers'), data } },
      }),
    ).toEqual({
      kind: 'missing',
      problems: [expect.stringContaining(`mallory in ${list}`)],
    });
  });

  it.each(['approvals', 'groups', 'votes'] as const)(
    'a CRD of before, which does not keep %s of a gate',
    async field => {
      const facts = await factsOf({ objects: { [CRD]: keptByCrd([field]) } });
      // Who said it is vouched for: only what the CRD drops is told besides.
      expect(facts).toEqual({
        kind: 'present',
        since: '2026-01-01T00:00:00Z',
        unkept: expect.stringMatching(
          new RegExp(`does not keep .*status.gate.${field}`),
        ),
      });
    },
  );

  it('a CRD that can not be read is neither for nor against', async () => {
    const away = new ApiError('403 may not get', 403, 'Forbidden');
    expect(await factsOf({ objects: { [CRD]: away } })).toEqual({
      kind: 'unreadable',
      cause: '403 may not get',
    });
  });

  it('no lists at all', async () => {
    const facts = await factsOf({ objects: { [WRITERS]: undefined } });
    expect(facts.kind).toBe('missing');
  });

  it('somebody else who may write Workflows, in the policy itself', () => {
    const name = ADMISSION_POLICIES.workflowStatusWriters;
    const expressions = (argo: string[]) =>
      JSON.stringify(
        expectedObjects({ ...ACCOUNTS, argo }).find(one => one.name === name),
      );
    expect(expressions(ACCOUNTS.argo as string[])).toContain(
      `in ['${ACCOUNTS.argo[0]}',`,
    );
    expect(expressions(['argo:one', 'argo:two'])).toContain(
      "in ['argo:one', 'argo:two',",
    );
  });
});

describe('an approval that must be refused', () => {
  const approver = (body: unknown) =>
    (body as { spec: { approver: { username: string; groups?: string[] } } })
      .spec.approver;
  const isForeign = (body: unknown) =>
    approver(body).username !== ACCOUNTS.operator;
  const namesGroups = (body: unknown) => approver(body).groups !== undefined;

  it.each([
    ['in a foreign name', isForeign, 'in the name of somebody else'],
    ['for a foreign group', namesGroups, 'for a group of others'],
    [
      'without the right',
      (body: unknown) => !isForeign(body) && !namesGroups(body),
      'without the right',
    ],
  ])('%s, and is taken: nobody vouches', async (_what, isTaken, words) => {
    const facts = await factsOf({
      admit: body => (isTaken(body) ? undefined : refusedBy(body)),
    });
    expect(facts).toEqual({
      kind: 'missing',
      problems: [expect.stringContaining(words)],
    });
  });

  it.each<[string, Error]>([
    ['a quota', new ApiError('403 exceeded quota: runs', 403, 'Forbidden')],
    ['RBAC', new ApiError('403 User "x" cannot create', 403, 'Forbidden')],
    [
      'a webhook that words it alike',
      new ApiError(
        '403 admission webhook "x" denied the request: spec.approver.username must be your own name',
        403,
        'Forbidden',
      ),
    ],
    [
      'the policy, but by an error',
      new ApiError(
        `403 ${deniedBy("expression 'x' resulted in error")}`,
        403,
        '',
      ),
    ],
    [
      'another policy',
      new ApiError(
        "403 ValidatingAdmissionPolicy 'other' denied request: spec.approver.username must be your own name",
        403,
        '',
      ),
    ],
    ['the schema', new ApiError('422 Invalid', 422, 'Invalid')],
    ['no answer', new ApiError('no answer', 0, 'NoAnswer')],
  ])('and is, by %s: that proves nothing', async (_what, refusal) => {
    expect((await factsOf({ admit: () => refusal })).kind).toBe('unreadable');
  });

  it('is refused in the same words, whatever name the API server gives it', async () => {
    const refusal = new ApiError(
      '403 agentapprovals "agentworkloads-trial-x7k2p" is forbidden: quota',
      403,
      '',
    );
    expect(await factsOf({ admit: () => refusal })).toEqual({
      kind: 'unreadable',
      cause: expect.stringContaining('"agentworkloads-trial" is forbidden'),
    });
  });

  it('in one namespace says nothing of another', async () => {
    const asked: string[] = [];
    const { proof } = proofOf(
      { admit: (body, at) => (at === 'other' ? undefined : refusedBy(body)) },
      asked,
    );
    expect((await proof.factsFor(NAMESPACE, T0)).kind).toBe('present');
    expect((await proof.factsFor('other', T0)).kind).toBe('missing');
  });
});

describe('a proof', () => {
  it('that could not be had is neither for nor against', async () => {
    const facts = await factsOf({
      objects: { [BINDING]: new ApiError('HTTP 500', 500, '') },
    });
    expect(facts).toEqual({ kind: 'unreadable', cause: 'HTTP 500' });
  });

  it('stands for a minute, and only for approvals that were made before it', async () => {
    const state: Cluster = {};
    const { proof, pass } = proofOf(state);
    const kind = async (madeAt: number) =>
      (await proof.factsFor(NAMESPACE, madeAt)).kind;
    expect(await kind(T0)).toBe('present');
    state.objects = { [BINDING]: undefined };
    pass(30_000);
    expect(await kind(T0)).toBe('present');
    expect(await kind(T0 + 30_000)).toBe('missing');
  });

  it('is renewed after a minute', async () => {
    const state: Cluster = {};
    const { proof, pass } = proofOf(state);
    await proof.factsFor(NAMESPACE, T0);
    state.objects = { [BINDING]: undefined };
    pass(60_000);
    expect((await proof.factsFor(NAMESPACE, T0)).kind).toBe('missing');
  });

  it('that fails is soon asked for again', async () => {
    const state: Cluster = { objects: { [BINDING]: undefined } };
    const { proof, pass } = proofOf(state);
    expect((await proof.factsFor(NAMESPACE, T0)).kind).toBe('missing');
    state.objects = {};
    pass(3_000);
    expect((await proof.factsFor(NAMESPACE, T0)).kind).toBe('present');
  });

  it('is made once for all who ask at the same time', async () => {
    const asked: string[] = [];
    const { proof } = proofOf({}, asked);
    await Promise.all([1, 2, 3].map(() => proof.factsFor(NAMESPACE, T0)));
    expect(asked.filter(one => one.startsWith('trial'))).toHaveLength(3);
  });
});
