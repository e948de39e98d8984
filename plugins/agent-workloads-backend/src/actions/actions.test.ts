import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { actionsRegistryServiceMock } from '@backstage/backend-test-utils/alpha';
import { Readable } from 'node:stream';
import { agentWorkloadSchema } from '@agentworkloads/api';
import { IdentityMapper } from '@agentworkloads/backstage-plugin-agent-workloads-node';
import { NotFoundError } from '@backstage/errors';
import type { HandlerContext } from '../handlers/context';
import type { Rights } from '../permissions';
import { toWorkloadResource } from '../permissions';
import { RunIndex } from '../runs/RunIndex';
import { toListItem } from '../runs/toListItem';
import {
  NOBODY_MAPPED,
  waiting,
  WORKFLOW_UID,
} from '../__testUtils__/workloads';
import { registerActions } from '.';

const ref = {
  cluster: 'local',
  namespace: 'agentworkloads',
  name: 'tidepool-1',
};

const ALLOWED: Rights = {
  may: () => true,
  isByClass: () => true,
  groups: [],
  reads: () => true,
  problems: new Map(),
  clusterLets: async () => true,
  where: async () => () => true,
};
const HIDDEN: Rights = { ...ALLOWED, may: () => false };
/** As the cluster judges it: the run is in a namespace that the caller may not read. */
const ELSEWHERE: Rights = { ...HIDDEN, reads: () => false };

function setUp(rights: Rights = ALLOWED) {
  const raw = waiting();
  const report = {
    schemaVersion: 1,
    workflowUid: WORKFLOW_UID,
    jobId: 'x',
    objective: 'Prices',
    generatedAt: '2026-01-01T00:00:00Z',
    prose: { source: 'facts' },
    summary: ['One plan'],
    facts: [
      {
        id: 'abcdefgh',
        kind: 'price',
        subject: 'Team',
        value: 12,
        unit: { currency: 'EUR', period: 'month' },
        url: 'https://tidepool.example.com/pricing',
        source: 'text',
        sourceSha256: 'a'.repeat(64),
        start: 0,
        end: 4,
        quote: '€ 12',
        selector: 'p',
        confidence: 0.9,
      },
    ],
    pages: [],
    notObserved: [],
    degraded: [],
  };
  const key = `runs/${WORKFLOW_UID}/synthesis/report.json`;
  (
    raw.status as { workflowArtifacts: Record<string, object> }
  ).workflowArtifacts['report-json'] = { bucket: 'artifacts', key };
  const workload = agentWorkloadSchema.parse(raw);
  const entry = {
    workload,
    item: toListItem('local', workload, NOBODY_MAPPED),
    resource: toWorkloadResource(
      ref,
      workload,
      new IdentityMapper({ users: [], groups: [] }),
    ),
  };
  const bytes = Buffer.from(JSON.stringify(report));
  const index = new RunIndex();
  index.change(ref, entry);
  const registry = actionsRegistryServiceMock();
  registerActions(registry, {
    authorizer: { rights: async () => rights },
    store: {
      index,
      places: () => [ref],
      unknown: () => new NotFoundError('no such run'),
      get(asked: typeof ref) {
        if (asked.name !== ref.name) {
          throw new NotFoundError('no such run');
        }
        return { ...entry, approvals: [] };
      },
    },
    artifacts: {
      bucket: 'artifacts',
      stat: async () => ({ size: bytes.length, etag: 'e' }),
      read: async () => Readable.from(bytes),
    },
    logger: mockServices.logger.mock(),
    now: () => 0,
  } as unknown as HandlerContext);
  return registry;
}

const credentials = mockCredentials.user('user:default/alice');

describe('actions', () => {
  it('are for reading, every one: nothing starts, stops or decides a run', async () => {
    const { actions } = await setUp().list();
    expect(actions.map(one => one.name)).toEqual([
      'list-runs',
      'get-run',
      'get-report',
    ]);
    for (const action of actions) {
      expect(action.attributes).toEqual({
        readOnly: true,
        destructive: false,
        idempotent: true,
      });
    }
  });

  it('list-runs gives what the caller may see', async () => {
    const { output } = await setUp().invoke({
      id: 'test:list-runs',
      input: { search: 'tide' },
      credentials,
    });
    expect(output).toMatchObject({
      total: 1,
      runs: [{ name: 'tidepool-1', phase: 'AwaitingApproval' }],
    });
    const hidden = await setUp(HIDDEN).invoke({
      id: 'test:list-runs',
      input: {},
      credentials,
    });
    expect(hidden.output).toEqual({ total: 0, runs: [] });
  });

  it('get-run shows the gate and who must decide', async () => {
    const { output } = await setUp().invoke({
      id: 'test:get-run',
      input: ref,
      credentials,
    });
    expect(output).toMatchObject({
      phase: 'AwaitingApproval',
      requestedBy: 'bob',
      gate: { mode: 'human' },
    });
  });

  it('get-report gives facts with their words', async () => {
    const { output } = await setUp().invoke({
      id: 'test:get-report',
      input: ref,
      credentials,
    });
    expect(output).toMatchObject({
      factsTotal: 1,
      facts: [
        {
          subject: 'Team',
          value: 12,
          quote: '€ 12',
          unit: { currency: 'EUR', period: 'month' },
        },
      ],
    });
  });

  it.each(['get-run', 'get-report'])(
    '%s needs the right to that run',
    async name => {
      await expect(
        setUp(HIDDEN).invoke({
          id: `test:${name}`,
          input: ref,
          credentials,
        }),
      ).rejects.toThrow(/permission/);
    },
  );

  it.each(['get-run', 'get-report'])(
    '%s knows no run in a namespace that the cluster keeps from the caller',
    async name => {
      await expect(
        setUp(ELSEWHERE).invoke({
          id: `test:${name}`,
          input: ref,
          credentials,
        }),
      ).rejects.toThrow(/no such run/);
    },
  );

  it.each(['list-runs', 'get-run', 'get-report'])(
    '%s refuses a service: the policy would not be asked',
    async name => {
      await expect(
        setUp().invoke({
          id: `test:${name}`,
          input: ref,
          credentials: mockCredentials.service(),
        }),
      ).rejects.toThrow(/shown to people only/);
    },
  );
});
