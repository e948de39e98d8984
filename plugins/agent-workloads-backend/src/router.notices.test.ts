import { eventually } from './__testUtils__/eventually';
import { startPortal, type Portal } from './__testUtils__/startPortal';
import { waiting, workload } from './__testUtils__/workloads';

const soon = () => new Date(Date.now() + 1_000).toISOString();

/** A gate that opens now. */
function opening(
  name: string,
  options: Parameters<typeof waiting>[1] = {},
): ReturnType<typeof waiting> {
  const run = waiting(name, options);
  const { gate } = run.status as { gate: Record<string, string> };
  gate.openedAt = soon();
  gate.deadline = '2999-01-03T12:34:56Z';
  return run;
}

/** The same gate, decided now. */
function decided(
  run: ReturnType<typeof waiting>,
  gate: Record<string, string>,
): ReturnType<typeof waiting> {
  const copy = structuredClone(run);
  const status = copy.status as { phase: string; gate: object };
  status.phase = 'Running';
  Object.assign(status.gate, { decidedAt: soon(), ...gate });
  return copy;
}

function ended(
  name: string,
  phase: string,
  gate?: Record<string, unknown>,
): ReturnType<typeof workload> {
  return workload(name, {
    status: {
      phase,
      conditions: [
        {
          type: 'Ready',
          status: 'False',
          reason: 'X',
          message: '',
          lastTransitionTime: soon(),
        },
      ],
      ...(gate && { gate: { mode: 'human', fourEyes: false, ...gate } }),
    },
  });
}

describe('what people are told', () => {
  let portal: Portal;

  beforeEach(async () => {
    portal = await startPortal({
      config: { notices: { timeZone: 'Europe/Berlin' } },
    });
  });
  afterEach(() => portal.stop());

  const told = () =>
    portal.notifications.map(({ recipients, payload }) => [
      (recipients as { entityRef: unknown }).entityRef,
      payload.title,
    ]);
  const heard = (count: number) =>
    eventually(() => expect(portal.notifications).toHaveLength(count), 8_000);
  const put = (run: ReturnType<typeof workload>) =>
    portal.api.put('agentworkloads', run);

  it('approvers hear of a gate that waits, once, but for the one who may not decide it', async () => {
    const first = opening('tidepool-1', {
      fourEyes: true,
      requestedBy: 'judy',
    });
    Object.assign(first.status as object, {
      summary: { pages: 2, facts: 1207, changes: 1, notObserved: 0 },
    });
    put(first);
    await heard(1);
    expect(portal.notifications[0]).toEqual({
      recipients: { type: 'entity', entityRef: ['user:default/alice'] },
      payload: expect.objectContaining({
        title: 'A gate waits: Plans and prices of Tidepool',
        description:
          '1 site, 2 pages, 1 change, 1,207 facts. Asked for by judy. Without a decision by Thu 3 January at 13:34 CET it ends without a report.',
        link: '/agent-workloads/runs/local/agentworkloads/tidepool-1?tab=overview',
        topic: 'agent-workloads-gate',
        scope: expect.stringContaining('uid-of-tidepool-1'),
      }),
    });
    // A watch that breaks brings everything again.
    put(first);
    portal.api.forget();
    put(opening('tidepool-2'));
    await heard(2);
    expect(portal.notifications[1].recipients).toEqual({
      type: 'entity',
      entityRef: ['user:default/alice', 'user:default/judy'],
    });
  }, 20_000);

  it.each([
    ['see its namespace', { verb: 'get', resource: 'agentworkloads' }],
    ['decide there', { verb: 'approve', subresource: 'approval' }],
  ])(
    'an approver who may not %s hears nothing of a gate',
    async (_what, right) => {
      portal.api.mayI = (asked, as) =>
        as !== 'judy' ||
        !Object.entries(right).every(([key, value]) => asked[key] === value);
      put(opening('tidepool-1'));
      await heard(1);
      expect(portal.notifications[0].recipients).toEqual({
        type: 'entity',
        entityRef: ['user:default/alice'],
      });
    },
  );

  it('nobody is called for a gate that the policy passes at once, nor for one of yesterday', async () => {
    put(opening('passed'));
    put(waiting('old'));
    put(decided(opening('passed'), { decision: 'approve', via: 'policy' }));
    const last = opening('last');
    Object.assign(last.spec as object, { objective: 'The last one' });
    put(last);
    await heard(1);
    expect(told()).toEqual([
      [
        ['user:default/alice', 'user:default/judy'],
        'A gate waits: The last one',
      ],
    ]);
  });

  it('whoever was called hears that it is decided, by whom and why, in the same place and low', async () => {
    const run = opening('tidepool-1', { fourEyes: true });
    put(run);
    await heard(1);
    put(
      decided(run, {
        decision: 'deny',
        via: 'person',
        decidedBy: 'carol',
        comment: 'The prices are of a test page.',
      }),
    );
    await heard(2);
    const [before, after] = portal.notifications;
    expect(after).toEqual({
      recipients: before.recipients,
      payload: {
        title: 'Decided by carol: Plans and prices of Tidepool',
        description:
          'Denied; there is no report. “The prices are of a test page.”',
        link: before.payload.link,
        severity: 'low',
        topic: 'agent-workloads-gate-decided',
        scope: before.payload.scope,
      },
    });
  });

  it.each([
    [{ decision: 'deny', via: 'timeout' }, 'Nobody decided in time: '],
    [{ decision: 'deny', via: 'cancel' }, 'Cancelled: '],
    [{ decision: 'approve', via: 'policy' }, 'Decided by the policy: '],
  ])(
    'a gate that was closed by %j is said to be closed',
    async (gate, title) => {
      const run = opening('tidepool-1');
      put(run);
      await heard(1);
      put(decided(run, gate));
      await heard(2);
      expect(portal.notifications[1].payload.title).toBe(
        `${title}Plans and prices of Tidepool`,
      );
    },
  );

  it('who asked hears how it ended, unless they stopped it themselves', async () => {
    put(ended('stopped', 'Cancelled'));
    put(ended('broken', 'Failed'));
    await heard(1);
    expect(told()).toEqual([
      [
        ['user:default/bob'],
        'No report, it failed: Plans and prices of Tidepool',
      ],
    ]);
  });

  it('who asked hears who else stopped it, and why', async () => {
    const run = ended('stopped', 'Cancelled');
    const cancelledBy = { username: 'carol', reason: 'The wrong pages.' };
    put({
      ...run,
      spec: { ...(run.spec as object), cancel: true, cancelledBy },
    });
    await heard(1);
    expect(portal.notifications[0].payload).toMatchObject({
      title: 'No report, cancelled: Plans and prices of Tidepool',
      description: 'Cancelled by carol. “The wrong pages.”',
    });
  });

  it('who asked reads who denied it, and why', async () => {
    put(
      ended('denied', 'Denied', {
        decision: 'deny',
        via: 'person',
        decidedBy: 'alice',
        decidedAt: soon(),
        comment: 'Of a test page.',
      }),
    );
    await heard(1);
    expect(portal.notifications[0].payload).toMatchObject({
      title: 'No report, denied: Plans and prices of Tidepool',
      description: 'Decided by alice. “Of a test page.”',
      topic: 'agent-workloads-run',
    });
  });
});
