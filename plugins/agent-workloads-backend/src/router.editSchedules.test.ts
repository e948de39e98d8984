import {
  scheduleDeletePermission,
  scheduleUpdatePermission,
  workloadCreatePermission,
} from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { eventually } from './__testUtils__/eventually';
import {
  ALLOW,
  DENY,
  startPortal,
  type Portal,
} from './__testUtils__/startPortal';
import { NAMESPACE, schedule } from './__testUtils__/workloads';

const KIND = 'agentworkloadschedules';
const WEEKLY = `/schedules/local/${NAMESPACE}/weekly`;

const UID = 'uid-of-weekly';

describe('changing and deleting schedules', () => {
  let portal: Portal;

  const stands = () => portal.api.find(KIND, NAMESPACE, 'weekly');
  const seen = async (user: string) => (await portal.get(user, WEEKLY)).body;
  const edit = async (user: string, body: object) =>
    portal.post(user, `${WEEKLY}/edit`, {
      generation: (await seen(user)).generation,
      uid: UID,
      ...body,
    });

  beforeEach(async () => {
    portal = await startPortal({
      prepare: api => api.put(KIND, schedule('weekly')),
    });
    await eventually(async () => {
      const { status } = await portal.get('bob', WEEKLY);
      if (status !== 200) throw new Error('not read yet');
    });
    portal.api.requests.length = 0;
  });

  afterEach(() => portal.stop());

  it('gives what may be changed, and what would be deleted with it', async () => {
    expect(await seen('bob')).toMatchObject({
      spec: {
        schedule: '0 7 * * 1',
        timeZone: 'Europe/Berlin',
        concurrencyPolicy: 'Forbid',
        objective: 'What changed since last week?',
        targetUrls: [
          'https://tidepool.example.com/pricing',
          'https://metricly.example.com/pricing',
        ],
      },
      owned: 0,
      mayDelete: true,
    });
  });

  it("changes when a colleague's runs, which stays in that name", async () => {
    const { status, body } = await edit('alice', {
      spec: { schedule: '0 6 * * *', timeZone: 'Etc/UTC' },
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      requestedBy: 'bob',
      spec: { schedule: '0 6 * * *', timeZone: 'Etc/UTC' },
    });
    expect(stands()?.spec).toMatchObject({
      schedule: '0 6 * * *',
      requestedBy: { username: 'bob', groups: ['agentworkloads:requesters'] },
    });
    expect(portal.audits.at(-1)).toMatchObject({
      eventId: 'agent-workloads-schedule-update',
      outcome: 'success',
      meta: { actionType: 'edit', as: 'alice', requestedByBefore: 'bob' },
    });
  });

  it('takes it over only after a yes where what it runs is changed', async () => {
    const spec = { objective: 'What do they promise?' };
    const refused = await edit('carol', { spec });
    expect(refused.status).toBe(409);
    expect(refused.body.error.message).toMatch(/name of bob.*takes it over/);
    expect(stands()?.spec?.requestedBy).toMatchObject({ username: 'bob' });
    const { status, body } = await edit('carol', { spec, takeOver: true });
    expect(status).toBe(200);
    expect(body).toMatchObject({ requestedBy: 'carol', isYours: true, spec });
    expect(stands()?.spec?.requestedBy).toEqual({ username: 'carol' });
    expect(stands()?.spec).toMatchObject({
      workloadTemplate: {
        spec: { targetUrls: expect.arrayContaining([expect.any(String)]) },
      },
    });
  });

  it('asks its own requester for no yes', async () => {
    const { status } = await edit('bob', {
      spec: { concurrencyPolicy: 'Replace' },
    });
    expect(status).toBe(200);
    expect(stands()?.spec).toMatchObject({ concurrencyPolicy: 'Replace' });
  });

  it('loses nobody’s change that came in between', async () => {
    const { status, body } = await edit('bob', {
      generation: 99,
      spec: { schedule: '0 6 * * *' },
    });
    expect(status).toBe(409);
    expect(body.error.message).toMatch(/was changed meanwhile; look at it/);
    expect(stands()?.spec).toMatchObject({ schedule: '0 7 * * 1' });
  });

  it.each([
    ['a schedule that means nothing', { schedule: '0 25 * * *' }, /be read/],
    ['no page', { targetUrls: [] }, /targetUrls/],
    ['the requester', { requestedBy: { username: 'erin' } }, /requestedBy/],
    ['runNow', { runNow: 'x' }, /runNow/],
    ['a part of history that there is not', { history: { min: '1d' } }, /min/],
  ])('refuses %s', async (_what, spec, message) => {
    const { status, body } = await edit('bob', { spec });
    expect(status).toBe(400);
    expect(body.error.message).toMatch(message);
    expect(portal.api.requests.filter(one => one.method === 'PATCH')).toEqual(
      [],
    );
  });

  it.each([
    ['what it asks', { objective: 'What do they promise?' }],
    ['its pages', { targetUrls: ['https://hers.example.com/'] }],
    ['what an earlier run meets', { concurrencyPolicy: 'Replace' }],
  ])('changes %s only for who may make runs', async (_what, spec) => {
    portal.setPolicy(({ name }) =>
      name === workloadCreatePermission.name ? DENY : ALLOW,
    );
    const { status, body } = await edit('carol', { spec, takeOver: true });
    expect(status).toBe(403);
    expect(body.error.message).toContain(workloadCreatePermission.name);
    expect(stands()?.spec?.requestedBy).toMatchObject({ username: 'bob' });
    expect(await seen('carol')).toMatchObject({
      mayRun: false,
      mayUpdate: true,
    });
  });

  it('changes when it runs for who may make no runs', async () => {
    portal.setPolicy(({ name }) =>
      name === workloadCreatePermission.name ? DENY : ALLOW,
    );
    const { status } = await edit('carol', {
      spec: { schedule: '0 6 * * *' },
    });
    expect(status).toBe(200);
    expect(stands()?.spec).toMatchObject({
      schedule: '0 6 * * *',
      requestedBy: { username: 'bob' },
    });
  });

  it('deletes it as the person, by its uid', async () => {
    const { status } = await portal.delete('bob', `${WEEKLY}?uid=${UID}`);
    expect(status).toBe(204);
    expect(stands()).toBeUndefined();
    const [sent] = portal.api.requests.filter(
      ({ method }) => method === 'DELETE',
    );
    expect(sent.headers['impersonate-user']).toBe('bob');
    expect(sent.body).toMatchObject({
      propagationPolicy: 'Background',
      preconditions: { uid: UID },
    });
    expect(portal.audits.at(-1)).toMatchObject({
      eventId: 'agent-workloads-schedule-delete',
      outcome: 'success',
    });
  });

  it('leaves another one alone that was made under the name since it was looked at', async () => {
    const { generation } = await seen('bob');
    portal.api.put(KIND, schedule('weekly', { uid: 'another' }));
    await eventually(async () =>
      expect(await seen('bob')).toMatchObject({ uid: 'another' }),
    );
    const spec = { schedule: '0 6 * * *' };
    const sent = { uid: UID, generation, spec };
    const answers = [
      await portal.post('bob', `${WEEKLY}/edit`, sent),
      await portal.delete('bob', `${WEEKLY}?uid=${UID}`),
    ];
    for (const { status, body } of answers) {
      expect(status).toBe(409);
      expect(body.error.message).toMatch(
        /another schedule called weekly in .* now; look at it first/,
      );
    }
    expect(stands()).toMatchObject({
      metadata: { uid: 'another' },
      spec: { schedule: '0 7 * * 1' },
    });
  });

  it('keeps of how long runs are kept what is not named', async () => {
    const history = { completed: 30, other: 3, minAge: '60d' };
    portal.api.put(KIND, schedule('weekly', { spec: { history } }));
    await eventually(async () =>
      expect((await seen('bob')).spec).toMatchObject({ history }),
    );
    const { status, body } = await edit('bob', {
      spec: { history: { completed: 5 } },
    });
    expect(status).toBe(200);
    expect(body.spec.history).toEqual({ ...history, completed: 5 });
    expect(stands()?.spec?.history).toEqual({ ...history, completed: 5 });
  });

  it('is told which one is meant', async () => {
    const { generation } = await seen('bob');
    const answers = [
      await portal.post('bob', `${WEEKLY}/edit`, { generation, spec: {} }),
      await portal.delete('bob', WEEKLY),
    ];
    for (const { status, body } of answers) {
      expect(status).toBe(400);
      expect(body.error.message).toMatch(/uid/);
    }
    expect(stands()).toBeDefined();
  });

  it.each([
    ['changed', scheduleUpdatePermission],
    ['deleted', scheduleDeletePermission],
  ])('is not %s without the permission', async (what, permission) => {
    const { generation } = await seen('bob');
    portal.setPolicy(({ name }) => (name === permission.name ? DENY : ALLOW));
    const { status } =
      what === 'changed'
        ? await portal.post('bob', `${WEEKLY}/edit`, { generation, spec: {} })
        : await portal.delete('bob', WEEKLY);
    expect(status).toBe(403);
    expect(await seen('bob')).toMatchObject(
      what === 'changed' ? { mayUpdate: false } : { mayDelete: false },
    );
    expect(stands()?.spec).toMatchObject({ schedule: '0 7 * * 1' });
  });
});
