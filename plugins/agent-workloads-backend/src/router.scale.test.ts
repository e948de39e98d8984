import {
  gateDecidePermission,
  workloadReadPermission,
} from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { ALLOW, startPortal, type Portal } from './__testUtils__/startPortal';
import { waiting, workload } from './__testUtils__/workloads';
import {
  agentWorkloadsConditions,
  createAgentWorkloadsConditionalDecision,
} from './permissions';

const DECISIONS = new Map([
  [
    workloadReadPermission.name,
    createAgentWorkloadsConditionalDecision(workloadReadPermission, {
      anyOf: [
        agentWorkloadsConditions.inNamespace({
          namespaces: ['agentworkloads'],
        }),
        agentWorkloadsConditions.isOwner({ userRefs: ['user:default/alice'] }),
      ],
    }),
  ],
  [
    gateDecidePermission.name,
    createAgentWorkloadsConditionalDecision(
      gateDecidePermission,
      agentWorkloadsConditions.isNotRequester({
        userRef: 'user:default/alice',
      }),
    ),
  ],
]);

describe('5,000 runs', () => {
  let portal: Portal;

  beforeAll(async () => {
    portal = await startPortal({
      prepare(api) {
        for (let n = 0; n < 5000; n += 1) {
          api.put(
            'agentworkloads',
            n % 50
              ? workload(`run-${n}`, { status: { phase: 'Completed' } })
              : waiting(`run-${n}`),
          );
        }
      },
    });
    portal.setPolicy(permission => DECISIONS.get(permission.name) ?? ALLOW);
  }, 30_000);

  afterAll(() => portal.stop());

  it.each([
    ['/runs', 5000],
    [
      '/runs?search=tidepool&sort=duration&order=asc&offset=2000&limit=200',
      5000,
    ],
    ['/gates', undefined],
  ])('%s answers again and again', async (path, total) => {
    for (let i = 0; i < 3; i += 1) {
      const { status, body } = await portal.get('alice', path);
      expect(status).toBe(200);
      expect(body.total).toBe(total);
    }
  });

  it('were read from the cluster once, not for each request', () => {
    // The first watch may begin after the list is known.
    const lists = portal.api.requests.filter(one => !one.query.has('watch'));
    expect(lists).toEqual([]);
  });
});
