import { mockCredentials } from '@backstage/backend-test-utils';
import {
  scheduleRunPermission,
  scheduleUpdatePermission,
  workloadCreatePermission,
  workloadReadPermission,
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

describe('acting on schedules', () => {
  let portal: Portal;

  const stands = () => portal.api.find(KIND, NAMESPACE, 'weekly');
  const patches = () =>
    portal.api.requests.filter(({ method }) => method === 'PATCH');
  const runNow = (user: string, body: object) =>
    portal.post(user, `${WEEKLY}/run-now`, body);

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

  it('runs a schedule of its requester now, as that person and with the groups of today', async () => {
    const { status, body } = await runNow('bob', {
      token: 'click-1',
      requestedBy: 'bob',
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      name: 'weekly',
      runNow: 'click-1',
      requestedBy: 'bob',
      isYours: true,
      suspend: false,
    });
    expect(patches()).toHaveLength(1);
    const [{ headers, groups, body: sent }] = patches();
    expect(headers['impersonate-user']).toBe('bob');
    expect(groups).toEqual(['agentworkloads:requesters']);
    expect(sent).toEqual({
      metadata: {
        uid: 'uid-of-weekly',
        resourceVersion: expect.stringMatching(/^\d+$/),
      },
      spec: {
        runNow: 'click-1',
        requestedBy: {
          username: 'bob',
          groups: ['agentworkloads:requesters'],
        },
      },
    });
    expect(portal.audits).toEqual([
      {
        eventId: 'agent-workloads-schedule-run',
        outcome: 'success',
        meta: {
          cluster: 'local',
          namespace: NAMESPACE,
          name: 'weekly',
          token: 'click-1',
          as: 'bob',
          requestedByBefore: 'bob',
        },
      },
    ]);
  });

  it("takes over a colleague's, whose groups do not stay", async () => {
    const { status, body } = await runNow('carol', {
      token: 'click-1',
      requestedBy: 'bob',
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({ requestedBy: 'carol', isYours: true });
    expect(stands()?.spec).toMatchObject({ runNow: 'click-1' });
    expect(stands()?.spec?.requestedBy).toEqual({ username: 'carol' });
    expect(portal.audits[0].meta).toMatchObject({
      as: 'carol',
      requestedByBefore: 'bob',
    });
  });

  it("takes over one that is in nobody's name", async () => {
    portal.api.put(
      KIND,
      schedule('nobodys', { spec: { requestedBy: undefined } }),
    );
    const path = WEEKLY.replace('weekly', 'nobodys');
    await eventually(async () =>
      expect((await portal.get('bob', path)).status).toBe(200),
    );
    const { body } = await portal.post('bob', `${path}/run-now`, {
      token: 'click-1',
    });
    expect(body).toMatchObject({ requestedBy: 'bob', runNow: 'click-1' });
  });

  it('is not taken over from somebody who was not on the screen', async () => {
    const { status, body } = await runNow('alice', {
      token: 'click-1',
      requestedBy: 'erin',
    });
    expect(status).toBe(409);
    expect(body.error.message).toMatch(
      /weekly is in the name of bob now.*look at it again/,
    );
    expect(patches()).toEqual([]);
    expect(portal.audits).toMatchObject([{ outcome: 'fail' }]);
  });

  it('asks for one run, however often the same click is sent', async () => {
    const click = { token: 'click-1', requestedBy: 'bob' };
    const answers = await Promise.all([
      runNow('alice', click),
      runNow('alice', click),
    ]);
    const written = patches().length;
    const later = await runNow('alice', click);
    expect(patches()).toHaveLength(written);
    expect([...answers, later].map(({ status }) => status)).toEqual([
      200, 200, 200,
    ]);
    expect(later.body).toMatchObject({
      runNow: 'click-1',
      requestedBy: 'alice',
    });
    expect(stands()?.metadata.generation).toBe(2);
  });

  it('looks again when the schedule changed between reading and writing', async () => {
    let conflicts = 2;
    portal.api.fault = ({ method, kind }) =>
      method === 'PATCH' && kind === KIND && conflicts-- > 0
        ? { answer: 409, reason: 'Conflict', message: 'modified' }
        : undefined;
    const click = { token: 'click-1', requestedBy: 'bob' };
    expect((await runNow('bob', click)).status).toBe(200);
    expect(stands()?.spec).toMatchObject({ runNow: 'click-1' });
    conflicts = Infinity;
    const { status, body } = await runNow('bob', { ...click, token: 'two' });
    expect(status).toBe(409);
    expect(body.error.message).toBe(
      "The cluster can't run the schedule now: modified",
    );
  });

  it.each([
    [{}, /token/],
    [{ token: 'with a blank' }, /token: must be letters, digits/],
    [{ token: 'x'.repeat(65) }, /token/],
  ])('refuses the token of %j', async (sent, message) => {
    const { status, body } = await runNow('bob', sent);
    expect(status).toBe(400);
    expect(body.error.message).toMatch(message);
    expect(patches()).toEqual([]);
  });

  it('suspends and resumes as the person, and changes nothing else', async () => {
    const { spec } = stands()!;
    const suspended = await portal.post('alice', `${WEEKLY}/suspend`);
    expect(suspended.status).toBe(200);
    expect(suspended.body).toMatchObject({ suspend: true, requestedBy: 'bob' });
    expect(stands()?.spec).toEqual({ ...spec, suspend: true });
    const resumed = await portal.post('alice', `${WEEKLY}/resume`);
    expect(resumed.body).toMatchObject({ suspend: false });
    expect(patches().map(one => one.body)).toEqual([
      { metadata: { uid: 'uid-of-weekly' }, spec: { suspend: true } },
      { metadata: { uid: 'uid-of-weekly' }, spec: { suspend: false } },
    ]);
    expect(patches()[0].headers['impersonate-user']).toBe('alice');
    expect(
      portal.audits.map(({ eventId, meta, outcome }) => [
        eventId,
        meta.actionType,
        meta.as,
        outcome,
      ]),
    ).toEqual([
      ['agent-workloads-schedule-update', 'suspend', 'alice', 'success'],
      ['agent-workloads-schedule-update', 'resume', 'alice', 'success'],
    ]);
  });

  it.each([
    ['run-now', /^The cluster refused to run the schedule now: /],
    ['suspend', /^The cluster refused to suspend the schedule: /],
    ['resume', /^The cluster refused to resume the schedule: /],
  ])("passes on the cluster's refusal to %s", async (action, words) => {
    const message = 'must be left out or be your own name';
    portal.api.fault = ({ method }) =>
      method === 'PATCH'
        ? { answer: 403, reason: 'Forbidden', message }
        : undefined;
    const click = { token: 'click-1', requestedBy: 'bob' };
    const { status, body } = await portal.post(
      'bob',
      `${WEEKLY}/${action}`,
      click,
    );
    expect(status).toBe(403);
    expect(body.error.message).toMatch(words);
    expect(body.error.message).toContain(message);
    expect(portal.audits).toMatchObject([{ outcome: 'fail' }]);
  });

  it.each(['run-now', 'suspend', 'resume'])(
    'does not %s another schedule that was made under the name since it was looked at',
    async action => {
      const { status, body } = await portal.post('bob', `${WEEKLY}/${action}`, {
        token: 'click-1',
        requestedBy: 'bob',
        uid: 'of-the-one-that-was-looked-at',
      });
      expect(status).toBe(409);
      expect(body.error.message).toMatch(/another schedule called weekly/);
      expect(patches()).toEqual([]);
    },
  );

  it.each(['run-now', 'suspend', 'resume'])(
    'says of %s that the schedule is gone, or another one',
    async action => {
      // The portal does not hear of it.
      portal.api.mutedKinds.add(KIND);
      const click = { token: 'click-1', requestedBy: 'bob' };
      const ask = () => portal.post('bob', `${WEEKLY}/${action}`, click);
      portal.api.put(KIND, schedule('weekly', { uid: 'another' }));
      expect((await ask()).status).toBe(409);
      portal.api.delete(KIND, NAMESPACE, 'weekly');
      expect((await ask()).status).toBe(404);
      const none = await portal.post(
        'bob',
        `${WEEKLY.replace('weekly', 'none')}/${action}`,
        click,
      );
      expect(none.status).toBe(404);
    },
  );

  it.each([
    ['run-now', scheduleRunPermission],
    ['run-now', workloadCreatePermission],
    ['suspend', scheduleUpdatePermission],
    ['resume', scheduleUpdatePermission],
    ['run-now', workloadReadPermission],
    ['resume', workloadReadPermission],
  ])(
    'refuses to %s without $name, and to services',
    async (action, lacking) => {
      const click = { token: 'click-1', requestedBy: 'bob' };
      portal.setPolicy(({ name }) => (name === lacking.name ? DENY : ALLOW));
      const path = `${WEEKLY}/${action}`;
      const denied = await portal.post('bob', path, click);
      expect(denied.status).toBe(403);
      expect(denied.body.error.message).toContain(lacking.name);
      const service = await portal.agent
        .post(`/api/agent-workloads${path}`)
        .set('Authorization', mockCredentials.service.header())
        .send(click);
      expect(service.status).toBe(403);
      expect(patches()).toEqual([]);
      expect(portal.audits).toEqual([]);
    },
  );
});
