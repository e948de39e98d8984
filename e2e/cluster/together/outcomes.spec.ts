import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { KubeObject } from '../../harness/kube';
import { Cluster, conditionsOf, nodeOf, nodesOf } from '../../harness/cluster';
import { ALICE, BOB, eventually, Run } from '../../harness/runs';

const ONE_PAGE = {
  spec: { targetUrls: ['http://tidepool.localhost:4180/pricing'] },
};
const LONG = 360_000;

/** All runs are started at once and go on side by side; each test looks at its own. */
describe('the outcomes of a run on a cluster', () => {
  const cluster = new Cluster();
  const { kube } = cluster;
  const runs = {} as Record<
    'denied' | 'late' | 'failing' | 'lost' | 'fourEyes' | 'other',
    Run
  >;

  beforeAll(async () => {
    runs.lost = await Run.start(kube, 'policy-gate', {
      spec: {
        targetUrls: [
          'http://tidepool.localhost:4180/slow?seconds=15',
          'http://tidepool.localhost:4180/pricing',
        ],
        gate: { mode: 'human' },
      },
    });
    runs.failing = await Run.start(kube, 'all-pages-failing');
    runs.denied = await Run.start(kube, 'deny-at-gate', ONE_PAGE);
    runs.late = await Run.start(kube, 'gate-timeout', {
      spec: { timeouts: { suspendGate: '10s' } },
    });
    runs.fourEyes = await Run.start(kube, 'four-eyes', {
      ...ONE_PAGE,
      as: BOB,
    });
    runs.other = await Run.start(kube, 'competitor-scrape', ONE_PAGE);
  });
  afterAll(() => cluster.close());

  const refusedFor = (approval: KubeObject, reason: string) =>
    eventually(`the approval to be refused as ${reason}`, async () => {
      const now = await kube.get('agentapprovals', approval.metadata.name);
      return conditionsOf(now).some(
        one =>
          one.type === 'Accepted' &&
          one.status === 'False' &&
          one.reason === reason,
      );
    });

  it('goes on when the pod of a step is deleted in mid-step', async () => {
    const pod = await eventually(
      'scrape to run',
      async () => {
        const workflow = await runs.lost.workflow();
        // As Argo sees it: a pod that is lost before counts as never begun.
        const seen = nodesOf(workflow).find(
          node => node.displayName === 'scrape(0)' && node.phase === 'Running',
        );
        return seen && (await cluster.podsOf(workflow!, 'scrape'))[0];
      },
      LONG,
    );
    await kube.request(
      'DELETE',
      `/api/v1/namespaces/agentworkloads/pods/${pod.metadata.name}`,
      { body: { gracePeriodSeconds: 0 } },
    );
    await runs.lost.until('AwaitingApproval', LONG);
    const workflow = (await runs.lost.workflow())!;
    const others = await cluster.podsOf(workflow, 'scrape');
    expect(others.map(one => one.status?.phase)).toEqual(['Succeeded']);
    expect(others[0]?.metadata.uid).not.toBe(pod.metadata.uid);
    await runs.lost.decide('approve');
    await runs.lost.until('Completed', LONG);
  });

  it('is Denied by a person with a comment, and the report is never written', async () => {
    const run = runs.denied;
    await run.until('AwaitingApproval', LONG);
    await run.decide('deny', ALICE, 'not this week');
    const ended = await run.until('Denied');
    expect(ended.status?.gate).toMatchObject({
      decision: 'deny',
      decidedBy: 'alice',
      comment: 'not this week',
      via: 'person',
    });
    const workflow = await eventually('the Workflow to end', async () => {
      const now = await run.workflow();
      return now?.status?.phase === 'Failed' && now;
    });
    expect(await cluster.podsOf(workflow, 'synthesis')).toEqual([]);
    expect(ended.status?.workflowArtifacts?.['report-json']).toBeUndefined();
  });

  it('is TimedOut when nobody decides in time, and a late approval has no effect', async () => {
    const run = runs.late;
    // The gate may be open for a moment only: what counts is how it ends.
    const ended = await eventually(
      'the end of a gate that nobody opens',
      async () => {
        const workload = await run.workload();
        return workload.status?.phase === 'TimedOut' && workload;
      },
      LONG,
    );
    expect(ended.status?.gate).toMatchObject({
      decision: 'deny',
      via: 'timeout',
    });
    await run.decide('approve', ALICE, 'too late');
    const workflow = await eventually('the Workflow to end', async () => {
      const now = await run.workflow();
      return now?.status?.phase === 'Failed' && now;
    });
    expect(await cluster.podsOf(workflow, 'synthesis')).toEqual([]);
    expect((await run.workload()).status?.phase).toBe('TimedOut');
  });

  it('has a report that says why when no page can be observed', async () => {
    const run = runs.failing;
    await run.until('AwaitingApproval', LONG);
    await run.decide('approve');
    await run.until('Completed', LONG);
    const report = await run.report(await cluster.objects());
    expect(report.facts).toEqual([]);
    expect(report.notObserved.map(({ reason }) => reason)).toEqual([
      'HTTP_ERROR',
      'HTTP_ERROR',
    ]);
  });

  it("gives the requester's own approval no effect under four eyes", async () => {
    const run = runs.fourEyes;
    const both = { user: 'bob', groups: [...BOB.groups!, ...ALICE.groups!] };
    await run.until('AwaitingApproval', LONG);
    await refusedFor(
      await run.decide('approve', both, 'mine'),
      'ApproverIsRequester',
    );
    expect((await run.workload()).status?.phase).toBe('AwaitingApproval');
    await run.decide('approve');
    const done = await run.until('Completed', LONG);
    expect(done.status?.gate?.decidedBy).toBe('alice');
  });

  it('gives an approval for an old run no effect', async () => {
    const run = runs.other;
    await run.until('AwaitingApproval', LONG);
    const approval = (await run.approval('approve', ALICE, 'old')) as {
      spec: { gate: object };
    };
    approval.spec.gate = {
      ...approval.spec.gate,
      workflowUid: '00000000-0000-0000-0000-000000000000',
    };
    await refusedFor(
      await kube.create('agentapprovals', approval, ALICE),
      'ApprovalOfOtherGate',
    );
    const gate = nodeOf(await run.workflow(), 'gate');
    expect(gate?.phase).toBe('Running');
    await run.cancel();
    await run.until('Cancelled', LONG);
  });
});
