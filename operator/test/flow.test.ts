import {
  afterEach,
  beforeEach,
  describe,
  expect,
  it,
  jest,
} from '@jest/globals';
import { FakePolicy } from './fake-policy';
import { NAMESPACE, World } from './world';

/** Two busy cores can make a run of these slow. */
jest.setTimeout(30_000);

let world: World;
beforeEach(async () => {
  world = await World.open();
});
afterEach(() => world.close());

describe('a run from end to end', () => {
  it('completes when a person approves, with few status writes', async () => {
    world.startOperator();
    world.runArgo();
    world.ask();
    await world.reaches('AwaitingApproval');
    const approval = world.approve();
    const { status } = await world.reaches('Completed');

    expect(status).toMatchObject({
      gate: {
        decision: 'approve',
        decidedBy: 'alice',
        via: 'person',
        approvalUid: approval.metadata.uid,
        comment: 'because',
      },
      summary: { pages: 3, facts: 12, changes: 4, notObserved: 1 },
      argoPhase: 'Succeeded',
    });
    expect(Object.keys(status?.workflowArtifacts ?? {}).sort()).toEqual([
      'facts',
      'manifest',
      'report-html',
      'report-json',
      'report-md',
      'shots',
    ]);
    expect(world.api.list('workflows')).toHaveLength(1);
    expect(world.statusWrites()).toBeLessThanOrEqual(8);
    await world.until(() =>
      JSON.stringify(world.api.list('agentapprovals')).includes('ApprovalUsed'),
    );
    expect(
      world.api.list('agentapprovals')[0]?.metadata.ownerReferences,
    ).toHaveLength(1);
  });

  it('passes the gate by policy where both spec and policy let it', async () => {
    world.policy.gate = FakePolicy.gateAnswer('allow');
    world.startOperator();
    world.runArgo();
    world.ask('weekly', { gate: { mode: 'policy' } });
    const { status } = await world.reaches('Completed');
    expect(status?.gate).toMatchObject({ via: 'policy', decision: 'approve' });
  });

  it('waits for a person although the policy allows, when a person is asked for', async () => {
    world.policy.gate = FakePolicy.gateAnswer('allow');
    world.startOperator();
    world.runArgo();
    world.ask('weekly', { gate: { mode: 'human' } });
    const { status } = await world.reaches('AwaitingApproval');
    expect(status?.gate).not.toHaveProperty('decision');
  });

  it('ends Denied when a person denies, and synthesis never starts', async () => {
    world.startOperator();
    world.runArgo();
    world.ask();
    await world.reaches('AwaitingApproval');
    world.approve('alice', 'deny');
    const { status } = await world.reaches('Denied');
    expect(status?.steps).toContainEqual(
      expect.objectContaining({ name: 'synthesis', phase: 'Omitted' }),
    );
  });

  it('accepts an approval before it opens the gate by it', async () => {
    world.startOperator();
    world.runArgo();
    world.ask();
    await world.reaches('AwaitingApproval');
    world.approve();
    await world.reaches('Completed');
    const order = world.api.writes.flatMap(({ request, after }) => {
      const text = JSON.stringify(after);
      if (request.kind === 'agentapprovals' && request.subresource) {
        return text.includes('ApprovalUsed') ? ['accepted'] : [];
      }
      const isOfOperator = request.client === 'op';
      if (request.kind === 'workflows' && request.method === 'PATCH') {
        return isOfOperator && text.includes('"approve"') ? ['patched'] : [];
      }
      const { gate } = (after.status ?? {}) as { gate?: { decision?: string } };
      return request.kind === 'agentworkloads' && gate?.decision
        ? ['recorded']
        : [];
    });
    expect(order.slice(0, 3)).toEqual(['recorded', 'accepted', 'patched']);
  });

  it.each([
    ['before it is accepted', ''],
    ['once it is accepted', 'status'],
  ])(
    'ends Denied when the approval that decided is deleted %s',
    async (_when, subresource) => {
      world.startOperator();
      world.runArgo();
      world.ask();
      await world.reaches('AwaitingApproval');
      const { metadata } = world.approve();
      let isGone = false;
      world.api.fault = request => {
        const isWritten =
          request.kind === 'agentapprovals' && request.method === 'PATCH';
        const isRead = request.kind === 'agentapprovals' && !request.watch;
        if (!isGone && (subresource ? isRead && isAccepted() : isWritten)) {
          isGone = true;
          world.api.delete('agentapprovals', NAMESPACE, metadata.name);
        }
        return undefined;
      };
      const isAccepted = () =>
        JSON.stringify(world.api.list('agentapprovals')).includes('Used');
      const { status } = await world.reaches('Denied');
      expect(status).toMatchObject({
        gate: { decision: 'deny', via: 'operator' },
        conditions: expect.arrayContaining([
          expect.objectContaining({ type: 'Approved', reason: 'ApprovalGone' }),
        ]),
      });
      expect(JSON.stringify(world.api.list('workflows'))).not.toContain(
        '"approve"',
      );
    },
  );

  it('opens no gate by a decision that somebody wrote into the status', async () => {
    world.startOperator();
    world.runArgo();
    world.ask();
    const { metadata } = await world.reaches('AwaitingApproval');
    world.api.change('agentworkloads', NAMESPACE, metadata.name, object => {
      Object.assign((object.status as { gate: object }).gate, {
        decision: 'approve',
        decidedBy: 'alice',
        via: 'person',
        comment: 'looks right to me',
      });
    });
    const { status } = await world.reaches('Denied');
    expect(status?.message).toContain('approval (none is named) of alice');
  });

  it('ends PolicyDenied without a Workflow', async () => {
    world.policy.start = FakePolicy.startAnswer({
      allow: false,
      reasons: ['host acme.example is denied'],
    });
    world.startOperator();
    world.ask();
    const { status } = await world.reaches('PolicyDenied');
    expect(status?.message).toContain('acme.example');
    expect(world.api.list('workflows')).toHaveLength(0);
  });

  it('waits while the policy is away and starts nothing', async () => {
    world.policy.start = { kind: 'unavailable', cause: 'OPA is not reachable' };
    world.startOperator();
    world.ask();
    const { status } = await world.reaches('Pending');
    expect(status?.conditions).toContainEqual(
      expect.objectContaining({
        type: 'PolicyAllowed',
        status: 'Unknown',
        reason: 'PolicyUnavailable',
      }),
    );
    expect(world.api.list('workflows')).toHaveLength(0);
  });

  it.each(['before the gate', 'at the gate'])(
    'ends Cancelled when cancelled %s',
    async when => {
      world.startOperator();
      world.ask();
      await world.reaches('Running');
      if (when === 'at the gate') {
        world.runArgo();
        await world.reaches('AwaitingApproval');
      } else {
        world.argo.tick();
      }
      world.api.change('agentworkloads', NAMESPACE, 'weekly', object => {
        object.spec = { ...object.spec, cancel: true };
      });
      world.runArgo();
      await world.reaches('Cancelled');
      await world.until(
        () => world.api.list('workflows')[0]?.status?.phase === 'Failed',
      );
      expect(JSON.stringify(world.api.list('workflows'))).not.toContain(
        'report-md',
      );
    },
  );

  it('deletes nothing itself: the Workflow goes with its owner', async () => {
    world.startOperator();
    world.ask();
    await world.reaches('Running');
    world.api.delete('agentworkloads', NAMESPACE, 'weekly');
    expect(world.api.list('workflows')).toHaveLength(0);
  });

  it('gives a workload that was made again its own Workflow', async () => {
    world.startOperator();
    world.ask();
    await world.reaches('Running');
    const first = world.api.list('workflows')[0]?.metadata.name;
    world.api.delete('agentworkloads', NAMESPACE, 'weekly');
    world.ask();
    await world.reaches('Running');
    const names = world.api.list('workflows').map(item => item.metadata.name);
    expect(names).toHaveLength(1);
    expect(names).not.toContain(first);
  });
});
