import { isDeepStrictEqual } from 'node:util';
import {
  afterAll,
  afterEach,
  beforeAll,
  describe,
  expect,
  it,
} from '@jest/globals';
import {
  connect,
  HttpKubeClient,
  resolveAccess,
  type KubeConnection,
} from '@agentworkloads/kube';
import { request } from 'undici';
import {
  differsAt,
  expectedObjects,
  withDefaults,
} from '../../src/admission/expected';
import { readPolicies, tryPolicies } from '../../src/admission/proof';
import { KINDS } from '../../src/reconcile/kinds';
import { ACCOUNTS } from '../admission';
import { mutantsOf } from '../mutants';

/**
 * The proof against a real API server with `deploy/rbac` and `deploy/policies`: that of
 * AGENTIC_TEST_KUBECONFIG, a cluster admin who may act as the operator. It weakens the policies and mends them:
 * nobody may rely on them meanwhile. Skipped without it.
 */
const kubeconfig = process.env.AGENTIC_TEST_KUBECONFIG ?? '';
const NAMESPACE = 'agentworkloads';
const ADMISSION = '/apis/admissionregistration.k8s.io/v1';
const BINDING = `${ADMISSION}/validatingadmissionpolicybindings/agentworkloads-approval-identity`;
const POLICY = `${ADMISSION}/validatingadmissionpolicies/agentworkloads-approval-identity`;

interface Live {
  spec: Record<string, unknown>;
  [key: string]: unknown;
}

(kubeconfig ? describe : describe.skip)('on a real API server', () => {
  let connection: KubeConnection;
  let client: HttpKubeClient;
  const mended: (() => Promise<unknown>)[] = [];

  beforeAll(() => {
    connection = connect(
      resolveAccess(
        { kind: 'kubeconfig', path: kubeconfig },
        { programs: 'run' },
      ),
    );
    const asOperator: KubeConnection = {
      server: connection.server,
      renew: () => connection.renew(),
      close: () => connection.close(),
      prepare: async () => {
        const { dispatcher, headers } = await connection.prepare();
        return {
          dispatcher,
          headers: { ...headers, 'impersonate-user': ACCOUNTS.operator },
        };
      },
    };
    client = new HttpKubeClient(asOperator, { name: 'operator-int' });
  });
  async function mend(): Promise<void> {
    for (const restore of mended.splice(0)) await restore();
  }
  afterEach(mend);
  afterAll(() => connection.close());

  async function admin(method: string, path: string, body?: unknown) {
    const { dispatcher, headers } = await connection.prepare();
    const response = await request(connection.server + path, {
      dispatcher,
      method: method as 'GET',
      headers: { ...headers, 'content-type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    return {
      code: response.statusCode,
      object: (await response.body.json()) as Live,
    };
  }

  /**
   * The API server writes the status of a policy that was changed a moment later, and refuses what was read before that: a test that does not
   * notice leaves the cluster unguarded.
   */
  async function putSpec(path: string, spec: unknown): Promise<number> {
    for (let attempt = 0; ; attempt += 1) {
      const { object } = await admin('GET', path);
      const { code } = await admin('PUT', path, { ...object, spec });
      if (code !== 409 || attempt === 20) return code;
    }
  }

  async function change(
    path: string,
    edit: (spec: Record<string, unknown>) => unknown,
  ): Promise<boolean> {
    const before = (await admin('GET', path)).object.spec;
    const code = await putSpec(path, edit(before));
    const restore = async () => expect(await putSpec(path, before)).toBe(200);
    if (code === 200) mended.push(restore);
    return code === 200;
  }

  const policies = () => readPolicies(client, ACCOUNTS);
  /** The API server judges by what it has heard of: a moment behind what is stored. */
  async function eventually(kind: string | undefined): Promise<void> {
    const end = Date.now() + 20_000;
    for (;;) {
      const facts = await tryPolicies(client, ACCOUNTS, NAMESPACE);
      if (facts?.kind === kind) return;
      if (Date.now() > end) throw new Error(JSON.stringify(facts));
      await new Promise(resolve => setTimeout(resolve, 100));
    }
  }

  it('the shipped policies stand as shipped, and bite', async () => {
    expect((await policies()).kind).toBe('present');
    await eventually(undefined);
  });

  it('any field of any of them that is changed is seen', async () => {
    const unnoticed: string[] = [];
    let tried = 0;
    for (const { kind, name, spec } of expectedObjects(ACCOUNTS)) {
      const path = `${ADMISSION}/${KINDS[kind].plural}/${name}`;
      const { object } = await admin('GET', path);
      const mutants = [...mutantsOf(object.spec)];
      /** What the API server makes of each, kept nowhere. */
      const taken = async ({ what, value }: (typeof mutants)[number]) => {
        const body = { ...object, spec: value };
        const put = await admin('PUT', `${path}?dryRun=All`, body);
        if (put.code !== 200) return [];
        // A default that is left out is no change, whether it is stored or not.
        const [before, after] = [object, put.object].map(one =>
          withDefaults(one.spec),
        );
        if (isDeepStrictEqual(before, after)) return [];
        if (!differsAt(spec, withDefaults(put.object.spec))) {
          unnoticed.push(`${name}: ${what}`);
        }
        return [value];
      };
      const changes: unknown[] = [];
      while (mutants.length > 0) {
        const some = await Promise.all(mutants.splice(0, 10).map(taken));
        changes.push(...some.flat());
      }
      tried += changes.length;
      // One of them for real, and back.
      expect(await change(path, () => changes[0])).toBe(true);
      if ((await policies()).kind !== 'missing') unnoticed.push(name);
      await mend();
    }
    expect(unnoticed).toEqual([]);
    expect(tried).toBeGreaterThan(500);
    expect((await policies()).kind).toBe('present');
  }, 400_000);

  it.each<[string, string, (spec: Record<string, unknown>) => object]>([
    [
      'a binding of other namespaces',
      BINDING,
      spec => ({
        ...spec,
        matchResources: { namespaceSelector: { matchLabels: { no: 'no' } } },
      }),
    ],
    [
      'a binding that only warns',
      BINDING,
      spec => ({ ...spec, validationActions: ['Warn'] }),
    ],
    [
      'a condition that never holds',
      POLICY,
      spec => ({
        ...spec,
        matchConditions: [{ name: 'never', expression: 'false' }],
      }),
    ],
    [
      'rules that always hold',
      POLICY,
      spec => ({ ...spec, validations: [{ expression: 'true' }] }),
    ],
  ])(
    '%s lets the trial pass',
    async (_what, path, edit) => {
      const changed = await change(
        path,
        spec => edit(spec) as Record<string, unknown>,
      );
      expect(changed).toBe(true);
      await eventually('missing');
      await mend();
      await eventually(undefined);
    },
    60_000,
  );

  it('the names only: a namespace that is not there proves nothing', async () => {
    const facts = await tryPolicies(client, ACCOUNTS, 'nowhere-at-all');
    expect(facts?.kind).toBe('unreadable');
  });
});
