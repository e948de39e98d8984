import {
  gateDecidePermission,
  workloadReadPermission,
} from '@agentic/backstage-plugin-agent-workloads-common';
import { ALLOW, startPortal, type Portal } from './__fixtures__/startPortal';
import { waiting, workload } from './__fixtures__/workloads';
import {
  agentWorkloadsConditions,
  createAgentWorkloadsConditionalDecision,
} from './permissions';

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
    portal.setPolicy(permission =>
      permission === workloadReadPermission
        ? createAgentWorkloadsConditionalDecision(workloadReadPermission, {
            anyOf: [
              agentWorkloadsConditions.inNamespace({
                namespaces: ['agentworkloads'],
              }),
              agentWorkloadsConditions.isOwner({
                userRefs: ['user:default/alice'],
              }),
            ],
          })
        : permission === gateDecidePermission
        ? createAgentWorkloadsConditionalDecision(
            gateDecidePermission,
            agentWorkloadsConditions.isNotRequester({
              userRef: 'user:default/alice',
            }),
          )
        : ALLOW,
    );
  });

  afterAll(() => portal.stop());

  it.each([
    ['/runs', 5000],
    [
      '/runs?search=tidepool&sort=duration&order=asc&offset=2000&limit=200',
      5000,
    ],
    ['/gates', undefined],
  ])('%s answers within 300 ms', async (path, total) => {
    const times: number[] = [];
    for (let i = 0; i < 3; i += 1) {
      const started = performance.now();
      const { status, body } = await portal.get('alice', path);
      times.push(performance.now() - started);
      expect(status).toBe(200);
      expect(body.total).toBe(total);
    }
    // The quickest: what else runs on the machine is not what is measured.
    expect(Math.min(...times)).toBeLessThan(300);
  });

  it('were read from the cluster once, not for each request', () => {
    expect(portal.api.requests.filter(one => one.method === 'GET')).toEqual([]);
  });
});
