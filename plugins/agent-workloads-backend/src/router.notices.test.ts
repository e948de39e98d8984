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
  gate.deadline = '2999-01-01T12:34:56Z';
  return run;
}

describe('what people are told', () => {
  let portal: Portal;

  beforeEach(async () => {
    portal = await startPortal();
  });
  afterEach(() => portal.stop());

  const told = () =>
    portal.notifications.map(({ recipients, payload }) => [
      (recipients as { entityRef: unknown }).entityRef,
      payload.title,
    ]);
  const heard = (count: number) =>
    eventually(() => expect(portal.notifications).toHaveLength(count), 8_000);

  it('approvers hear of a gate that waits, once, but for the one who may not decide it', async () => {
    portal.api.put('agentworkloads', opening('tidepool-1', { fourEyes: true }));
    await heard(1);
    expect(portal.notifications[0]).toEqual({
      recipients: {
        type: 'entity',
        entityRef: ['group:default/approvers'],
        excludeEntityRef: 'user:default/bob',
      },
      payload: expect.objectContaining({
        title: 'A gate waits: tidepool-1',
        description:
          'Asked for by bob. Without a decision by 12:34 UTC it ends without a report.',
        link: '/agent-workloads/runs/local/agentworkloads/tidepool-1?tab=overview',
        scope: expect.stringContaining('uid-of-tidepool-1'),
      }),
    });
    // A watch that breaks brings everything again.
    portal.api.put('agentworkloads', opening('tidepool-1', { fourEyes: true }));
    portal.api.forget();
    portal.api.put('agentworkloads', opening('tidepool-2'));
    await heard(2);
    expect(told()).toEqual([
      [['group:default/approvers'], 'A gate waits: tidepool-1'],
      [['group:default/approvers'], 'A gate waits: tidepool-2'],
    ]);
    expect(portal.notifications[1].recipients).not.toHaveProperty(
      'excludeEntityRef',
    );
  }, 20_000);

  it('nobody is called for a gate that the policy passes at once, nor for one of yesterday', async () => {
    portal.api.put('agentworkloads', opening('passed'));
    portal.api.put('agentworkloads', waiting('old'));
    const passed = opening('passed');
    Object.assign((passed.status as { gate: object }).gate, {
      decision: 'approve',
      via: 'policy',
    });
    portal.api.put('agentworkloads', passed);
    portal.api.put('agentworkloads', opening('last'));
    await heard(1);
    expect(told()).toEqual([
      [['group:default/approvers'], 'A gate waits: last'],
    ]);
  });

  it('who asked hears how it ended, unless they stopped it themselves', async () => {
    const ended = (name: string, phase: string) =>
      workload(name, {
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
        },
      });
    portal.api.put('agentworkloads', ended('stopped', 'Cancelled'));
    portal.api.put('agentworkloads', ended('broken', 'Failed'));
    await heard(1);
    expect(told()).toEqual([['user:default/bob', 'broken: Failed']]);
    expect(portal.notifications[0].payload.description).toBe(
      'Failed, so there is no report.',
    );
  });
});
