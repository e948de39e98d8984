import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { TimedWorld } from './timed-world';

const NAMESPACE = 'agentworkloads';

let world: TimedWorld;
beforeEach(() => {
  world = new TimedWorld();
  world.startOperator();
});
afterEach(() => world.stop());

function approve(name: string, workload: string, uid: string): void {
  world.api.create('agentapprovals', NAMESPACE, {
    metadata: { name },
    spec: {
      workloadRef: { name: workload, uid },
      gate: { workflowUid: 'w', nodeId: 'n' },
      decision: 'approve',
      comment: 'fine',
      evidence: 'a'.repeat(64),
      approver: { username: 'alice' },
    },
  });
}

const accepted = (name: string) =>
  (
    world.api.find('agentapprovals', NAMESPACE, name)?.status?.conditions as
      | { status: string; reason: string; message: string }[]
      | undefined
  )?.[0];
const eventsAbout = (name: string) =>
  world.api.writes.filter(
    ({ request }) =>
      request.kind === 'events' &&
      (request.body as { regarding: { name: string } }).regarding.name === name,
  );

describe('an approval of what is not there', () => {
  it('is told so, on itself and by an event, once', async () => {
    approve('of-nothing', 'never-was', 'no-uid');
    await world.pass(60);
    expect(accepted('of-nothing')).toMatchObject({
      status: 'False',
      reason: 'WorkloadGone',
      message: expect.stringContaining('no AgentWorkload never-was'),
    });
    expect(eventsAbout('of-nothing')).toHaveLength(1);
  });

  it('is told so when what it names is deleted before it was used', async () => {
    world.stop();
    const { metadata } = world.ask('short');
    approve('late', 'short', metadata.uid);
    world.api.delete('agentworkloads', NAMESPACE, 'short');
    world.startOperator();
    await world.pass(10);
    expect(accepted('late')).toMatchObject({ reason: 'WorkloadGone' });
  });

  it('says nothing of one that the cache does not hold yet', async () => {
    const client = world.startOperator();
    await world.pass(5);
    client.hold('agentworkloads', 20_000);
    const { metadata } = world.ask('new');
    approve('early', 'new', metadata.uid);
    await world.pass(10, true);
    expect(accepted('early')?.reason).not.toBe('WorkloadGone');
    await world.pass(30, true);
    expect(accepted('early')).toMatchObject({ reason: 'ApprovalOfOtherGate' });
  });

  it('of a namesake decides nothing about the one that is there', async () => {
    approve('of-old', 'weekly', 'uid-of-old');
    world.ask('weekly');
    await world.pass(10, true);
    expect(accepted('of-old')).toMatchObject({
      status: 'False',
      reason: expect.stringMatching(/WorkloadGone|ApprovalOfOtherWorkload/),
    });
    expect(world.phase('weekly')).toBe('AwaitingApproval');
  });
});
