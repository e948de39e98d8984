import {
  scheduleReadPermission,
  scheduleRunPermission,
  workloadReadPermission,
} from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { eventually } from './__testUtils__/eventually';
import type { KubernetesObject } from '@agentworkloads/kube';
import {
  ALLOW,
  DENY,
  startPortal,
  type Portal,
} from './__testUtils__/startPortal';
import { NAMESPACE, schedule, workload } from './__testUtils__/workloads';
import {
  agentWorkloadsConditions,
  createAgentWorkloadsConditionalDecision,
} from './permissions';

const UID = 'uid-of-weekly';

const READY = {
  type: 'Ready',
  status: 'True',
  reason: 'Scheduled',
  message: 'Runs are started at "0 7 * * 1" in Europe/Berlin.',
  lastTransitionTime: '2026-01-01T00:00:00Z',
};

const ANSWER = {
  token: 'click-1',
  at: '2026-01-06T00:00:00Z',
  reason: 'StillRunning',
};

/** Two more than are passed on. */
const LEFT_OUT = Array.from({ length: 12 }, (_, index) => {
  const at = `2026-02-${String(index + 1).padStart(2, '0')}T06:00:00Z`;
  const message = `An earlier run goes on (${index}).`;
  return { from: at, to: at, times: 1, reason: 'StillRunning', message };
});

function runOf(
  name: string,
  createdAt: string,
  owner: Record<string, unknown>,
): KubernetesObject {
  const made = workload(name, { status: { phase: 'Completed' } });
  return {
    ...made,
    metadata: {
      ...made.metadata,
      creationTimestamp: createdAt,
      ownerReferences: [
        {
          apiVersion: 'agentworkloads.io/v1alpha1',
          kind: 'AgentWorkloadSchedule',
          name: 'weekly',
          ...owner,
        },
      ],
    },
  } as KubernetesObject;
}

describe('reading schedules', () => {
  let portal: Portal;
  const names = (body: { items: { name: string }[] }) =>
    body.items.map(one => one.name);

  beforeAll(async () => {
    portal = await startPortal({
      prepare(api) {
        api.put(
          'agentworkloadschedules',
          schedule('paused', { spec: { suspend: true } }),
        );
        api.put(
          'agentworkloadschedules',
          schedule('weekly', {
            spec: { runNow: 'click-1' },
            status: {
              lastRunNow: ANSWER,
              notStarted: LEFT_OUT,
              conditions: [READY],
              nextScheduleTime: '2999-01-07T06:00:00Z',
              lastScheduleTime: '2026-01-05T06:00:00Z',
              lastSuccessfulTime: '2026-01-05T06:09:00Z',
              active: [{ name: 'weekly-2', uid: 'uid-of-weekly-2' }],
            },
          }),
        );
        api.put(
          'agentworkloadschedules',
          schedule('elsewhere', { namespace: 'other' }),
        );
        const owner = { uid: UID, controller: true };
        api.put(
          'agentworkloads',
          runOf('weekly-2', '2026-01-12T06:00:00Z', owner),
        );
        api.put(
          'agentworkloads',
          runOf('weekly-1', '2026-01-05T06:00:00Z', owner),
        );
        api.put(
          'agentworkloads',
          runOf('stranger', '2026-02-01T00:00:00Z', { uid: UID }),
        );
      },
    });
    await eventually(async () => {
      const { body } = await portal.get('bob', '/schedules');
      if (!body.clusters[0].synced) {
        throw new Error('not synced');
      }
    });
  });

  afterAll(() => portal.stop());

  afterEach(() => portal.setPolicy(() => ALLOW));

  it('lists them, the next one first, with what people need and no more', async () => {
    const { status, body } = await portal.get('bob', '/schedules');
    expect(status).toBe(200);
    expect(names(body)).toEqual(['weekly', 'elsewhere', 'paused']);
    const { lastRun, ...weekly } = body.items[0];
    expect(weekly).toEqual({
      cluster: 'local',
      namespace: NAMESPACE,
      name: 'weekly',
      uid: UID,
      objective: 'What changed since last week?',
      pages: 2,
      schedule: '0 7 * * 1',
      timeZone: 'Europe/Berlin',
      suspend: false,
      requestedBy: 'bob',
      people: { bob: 'user:default/bob' },
      createdAt: '2026-01-01T00:00:00Z',
      conditions: [READY],
      nextAt: '2999-01-07T06:00:00Z',
      lastAt: '2026-01-05T06:00:00Z',
      lastSuccessAt: '2026-01-05T06:09:00Z',
      active: ['weekly-2'],
      runNow: 'click-1',
      lastRunNow: ANSWER,
      notStarted: LEFT_OUT.slice(2).reverse(),
      isYours: true,
      mayRun: true,
      mayUpdate: true,
    });
    expect(lastRun).toMatchObject({ name: 'weekly-2', phase: 'Completed' });
    expect(body.items[2]).toMatchObject({ suspend: true, conditions: [] });
  });

  it('gives one by its name', async () => {
    const found = await portal.get(
      'bob',
      `/schedules/local/${NAMESPACE}/weekly`,
    );
    expect(found.body).toMatchObject({
      name: 'weekly',
      lastRun: { name: 'weekly-2' },
    });
    const none = await portal.get('bob', `/schedules/local/${NAMESPACE}/none`);
    expect(none.status).toBe(404);
    expect(none.body.error.message).toBe(
      `There is no schedule ${NAMESPACE}/none in cluster "local"`,
    );
  });

  it.each([scheduleReadPermission, workloadReadPermission])(
    'refuses whoever lacks $name',
    async lacking => {
      portal.setPolicy(({ name }) => (name === lacking.name ? DENY : ALLOW));
      for (const path of ['', `/local/${NAMESPACE}/weekly`]) {
        const { status, body } = await portal.get('bob', `/schedules${path}`);
        expect(status).toBe(403);
        expect(body.error.message).toContain(lacking.name);
      }
    },
  );

  it('says whose it is, and what the policy and the cluster let the reader do with it', async () => {
    const weekly = async (user: string) => {
      const path = `/schedules/local/${NAMESPACE}/weekly`;
      const { isYours, mayRun, mayUpdate } = (await portal.get(user, path))
        .body;
      return { isYours, mayRun, mayUpdate };
    };
    portal.setPolicy(({ name }) =>
      name === scheduleRunPermission.name ? DENY : ALLOW,
    );
    expect(await weekly('alice')).toEqual({
      isYours: false,
      mayRun: false,
      mayUpdate: true,
    });
    portal.setPolicy(() => ALLOW);
    portal.api.mayI = ({ verb, resource }) =>
      !(verb === 'patch' && resource === 'agentworkloadschedules');
    expect(await weekly('carol')).toEqual({
      isYours: false,
      mayRun: false,
      mayUpdate: false,
    });
    portal.api.mayI = () => true;
  });

  it('judges a schedule by the rules for runs', async () => {
    const only = (namespace: string) =>
      createAgentWorkloadsConditionalDecision(
        workloadReadPermission,
        agentWorkloadsConditions.inNamespace({ namespaces: [namespace] }),
      );
    portal.setPolicy(({ name }) =>
      name === workloadReadPermission.name ? only('other') : ALLOW,
    );
    const { body } = await portal.get('bob', '/schedules');
    expect(names(body)).toEqual(['elsewhere']);
    const one = await portal.get('bob', `/schedules/local/${NAMESPACE}/weekly`);
    expect(one.status).toBe(403);
  });

  it('follows what changes, and says so by a signal', async () => {
    portal.signals.length = 0;
    portal.api.put('agentworkloadschedules', schedule('daily'));
    await eventually(async () => {
      const { body } = await portal.get('bob', '/schedules');
      expect(names(body)).toContain('daily');
      expect(portal.signals).toContainEqual(
        expect.objectContaining({
          message: { cluster: 'local', namespace: NAMESPACE, name: 'daily' },
        }),
      );
    });
    portal.api.delete('agentworkloadschedules', NAMESPACE, 'daily');
    await eventually(async () => {
      const { body } = await portal.get('bob', '/schedules');
      expect(names(body)).not.toContain('daily');
    });
  });
});

describe('a cluster without the kind', () => {
  it('shows its runs as before, and says on the schedules alone what is missing', async () => {
    const portal = await startPortal({
      prepare(api) {
        api.put('agentworkloads', workload());
        api.fault = ({ kind }) =>
          kind === 'agentworkloadschedules' ? { answer: 404 } : undefined;
      },
    });
    try {
      await eventually(async () => {
        const { body } = await portal.get('bob', '/schedules');
        expect(body).toEqual({
          items: [],
          clusters: [
            {
              name: 'local',
              synced: false,
              error:
                'the kind agentworkloadschedules.agentworkloads.io is not installed',
            },
          ],
        });
      });
      const runs = await portal.get('bob', '/runs');
      expect(runs.body.clusters).toEqual([{ name: 'local', synced: true }]);
    } finally {
      await portal.stop();
    }
  });
});
