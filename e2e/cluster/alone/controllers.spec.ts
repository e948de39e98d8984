import { afterAll, describe, expect, it } from '@jest/globals';
import { argo, Cluster, nodeOf, shell, SYSTEM } from '../../harness/cluster';
import { eventually, Run } from '../../harness/runs';
import { OwnTemplates } from '../../harness/templates';

const OPERATOR = 'agentworkloads-operator';
const URLS = ['http://tidepool.localhost:4180/pricing'];
const LONG = 360_000;

describe('with the operator stopped', () => {
  const cluster = new Cluster();
  const { kube } = cluster;
  const operator = (replicas: number) =>
    cluster.scale('deployments', OPERATOR, SYSTEM, replicas);

  afterAll(async () => {
    await operator(1);
    cluster.close();
  }, LONG);

  let run: Run;

  it(
    'an open gate is never passed, and stays open beyond its time',
    async () => {
      run = await Run.start(kube, 'gate-timeout', {
        spec: { targetUrls: URLS, timeouts: { suspendGate: '60s' } },
      });
      const waiting = await run.until('AwaitingApproval', 140_000);
      await operator(0);
      const { deadline } = waiting.status!.gate!;
      await eventually(
        'the time of the gate to be over',
        async () => Date.now() > Date.parse(deadline!) + 5_000,
        LONG,
      );
      const workflow = await kube.get(
        'workflows',
        waiting.status!.argoWorkflow!.name,
      );
      expect(nodeOf(workflow, 'gate')?.phase).toBe('Running');
      expect(await cluster.podsOf(workflow, 'synthesis')).toEqual([]);
      // With no operator for good, Argo ends it closed (case `deadline` of the recorded ones): after all the work,
      // and the longest that policy lets people extend a gate to.
      const { longestGateSeconds } = waiting.status!.policy!.start!;
      expect(workflow.spec).toMatchObject({
        activeDeadlineSeconds: 7200 + longestGateSeconds!,
      });
    },
    LONG,
  );

  it(
    'synthesis never ran, and on its return the run is TimedOut',
    async () => {
      await operator(1);
      await run.until('TimedOut', LONG);
      expect(await run.stepRan('synthesis')).toBe(false);
    },
    LONG,
  );
});

describe("with Argo's controller stopped", () => {
  const cluster = new Cluster();
  const canStop = argo.stop !== undefined && argo.start !== undefined;

  afterAll(() => {
    if (canStop) shell(argo.start!);
    cluster.close();
  }, LONG);

  // E2E_STOP_ARGO and E2E_START_ARGO say how; .ci/cluster sets them.
  (canStop ? it : it.skip)(
    'a run is Failed as ArgoNotObserved, and is not begun when it is back',
    async () => {
      shell(argo.stop!);
      const run = await Run.start(cluster.kube, 'policy-gate', {
        spec: { targetUrls: URLS, timeouts: { noProgress: '10s' } },
      });
      const failed = await run.until('Failed', LONG);
      expect(failed.status?.conditions?.map(one => one.reason)).toContain(
        'ArgoNotObserved',
      );

      shell(argo.start!);
      const workflow = await eventually(
        'Argo to end it',
        async () => {
          const now = await run.workflow();
          return (
            ['Failed', 'Succeeded', 'Error'].includes(
              String(now?.status?.phase),
            ) && now
          );
        },
        LONG,
      );
      expect(await cluster.podsOf(workflow, 'synthesis')).toEqual([]);
      expect((await run.workload()).status?.phase).toBe('Failed');
    },
    LONG,
  );

  (canStop ? it : it.skip)(
    'a template that is edited before it is back runs nothing',
    async () => {
      const templates = new OwnTemplates(cluster.kube);
      const spec = await templates.make('upgraded', {});
      const name = spec.workflowTemplateRef.name;
      shell(argo.stop!);
      try {
        const run = await Run.start(cluster.kube, 'policy-gate', {
          spec: { targetUrls: URLS, ...spec },
        });
        const begun = await run.until('Running', LONG);
        expect(begun.status?.template?.generation).toBe(1);
        await cluster.kube.mergePatch('workflowtemplates', name, {
          spec: { onExit: 'synthesis' },
        });
        shell(argo.start!);
        const failed = await run.until('Failed', LONG);
        expect(failed.status?.message).toContain('edited after');
        const ready = failed.status?.conditions?.find(
          one => one.type === 'Ready',
        );
        expect(ready?.reason).toBe('TemplateChanged');
        expect(await run.stepRan('synthesis')).toBe(false);
      } finally {
        shell(argo.start!);
        await templates.clear();
      }
    },
    LONG,
  );
});
