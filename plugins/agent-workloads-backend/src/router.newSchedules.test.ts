import {
  scheduleCreatePermission,
  workloadCreatePermission,
} from '@agentworkloads/backstage-plugin-agent-workloads-common';
import {
  ALLOW,
  DENY,
  startPortal,
  type Portal,
} from './__testUtils__/startPortal';

const KIND = 'agentworkloadschedules';
const request = {
  name: 'tidepool-weekly',
  spec: {
    schedule: '0 7 * * 1',
    timeZone: 'Europe/Berlin',
    workloadTemplate: {
      spec: {
        objective: 'What changed since last week?',
        targetUrls: ['https://tidepool.example.com/pricing'],
      },
    },
  },
};

describe('making schedules', () => {
  let portal: Portal;

  const made = () => portal.api.list(KIND);
  const start = async (...denied: { name: string }[]) => {
    portal = await startPortal();
    portal.setPolicy(permission =>
      denied.some(({ name }) => name === permission.name) ? DENY : ALLOW,
    );
  };

  afterEach(() => portal.stop());

  it('makes one as the person, whatever name the request has', async () => {
    await start();
    const { status, body } = await portal.post('bob', '/schedules', {
      ...request,
      spec: { ...request.spec, requestedBy: { username: 'alice' } },
    });
    expect(status).toBe(201);
    expect(body).toEqual({
      cluster: 'local',
      namespace: 'agentworkloads',
      name: 'tidepool-weekly',
    });
    expect(made()[0].spec).toMatchObject({
      requestedBy: { username: 'bob', groups: ['agentworkloads:requesters'] },
    });
    expect(portal.audits).toMatchObject([
      {
        eventId: 'agent-workloads-schedule-create',
        outcome: 'success',
        meta: { as: 'bob', name: 'tidepool-weekly', outcome: 'created' },
      },
    ]);
  });

  it('checks the name, too, and makes nothing when it is only asked', async () => {
    await start();
    const ask = () => portal.post('bob', '/schedules?dryRun=true', request);
    expect((await ask()).status).toBe(200);
    expect(made()).toHaveLength(0);
    await portal.post('alice', '/schedules', request);
    const { status, body } = await ask();
    expect(status).toBe(409);
    expect(body.error.message).toMatch(
      /another schedule called "tidepool-weekly" in agentworkloads; choose another name/,
    );
  });

  it('makes one, however often the same request is sent with its key', async () => {
    await start();
    const { name: _, ...nameless } = request;
    const keyed = { ...nameless, key: 'click-1' };
    const first = await portal.post('bob', '/schedules', keyed);
    const again = await portal.post('bob', '/schedules', keyed);
    expect([first.status, again.status]).toEqual([201, 200]);
    expect(again.body).toEqual(first.body);
    expect(made()).toHaveLength(1);
  });

  it.each([
    ['schedule', { schedule: '61 * * * *' }, /can't be read/],
    ['zone', { timeZone: 'Europe/Atlantis' }, /time zone database/],
  ])('refuses a %s that means nothing', async (_what, part, message) => {
    await start();
    const { status, body } = await portal.post('bob', '/schedules', {
      ...request,
      spec: { ...request.spec, ...part },
    });
    expect(status).toBe(400);
    expect(body.error.message).toMatch(message);
    expect(made()).toHaveLength(0);
  });

  it.each([scheduleCreatePermission, workloadCreatePermission])(
    'needs the permission $name',
    async permission => {
      await start(permission);
      const { status, body } = await portal.post('bob', '/schedules', request);
      expect(status).toBe(403);
      expect(body.error.message).toContain(permission.name);
      expect(made()).toHaveLength(0);
    },
  );
});
