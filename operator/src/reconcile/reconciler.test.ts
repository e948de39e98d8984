import { describe, expect, it } from '@jest/globals';
import { FakeClock } from '@agentworkloads/kube/testing';
import { FakePolicy } from '../../test/fake-policy';
import { silentLogger } from '@agentworkloads/kube/testing';
import {
  aWorkload,
  iso,
  NOW,
  WORKFLOW_NAME,
} from '../../test/builders/workload';
import { aTemplate } from '../../test/builders/template';
import { aWorkflow } from '../../test/builders/workflow';
import { ApiError, type KubeClient } from '../ports';
import { toCachedWorkflow, toCachedWorkload } from './cached';
import { createReconciler } from './reconciler';
import { CompletedRuns } from './baseline';
import { OpenedAgain } from './opened-again';
import { RunningRuns } from './running-runs';

const KEY = 'agentworkloads/weekly';

type Body = { status?: { phase?: string; gate?: { via?: string } } };

interface Parts {
  /** In the cache. */
  inWorkflows?: ReturnType<typeof aWorkflow>;
  /** Answers to the first patches. */
  refusals?: ApiError[];
}

function reconcilerWith(
  inCache: ReturnType<typeof aWorkload> | undefined,
  onServer: Record<string, unknown>,
  { inWorkflows, refusals = [] }: Parts = {},
) {
  const writes: string[] = [];
  const bodies: Body[] = [];
  const client: KubeClient = {
    async delete(kind) {
      writes.push(`delete ${kind.plural}`);
      return {};
    },
    async wouldCreate() {
      return {};
    },
    async get(kind, _namespace, name) {
      const found = onServer[`${kind.plural}/${name}`];
      if (!found) {
        throw new ApiError('not found', 404, 'NotFound', undefined, {
          objectName: name,
        });
      }
      return found;
    },
    async create(kind, _namespace, body) {
      writes.push(`create ${kind.plural}`);
      return body;
    },
    async patch(kind, _namespace, _name, { body }) {
      const refusal = refusals.shift();
      if (refusal) throw refusal;
      writes.push(`patch ${kind.plural}`);
      bodies.push(body as Body);
      return body;
    },
  };
  const cached = inCache && toCachedWorkload(inCache.build());
  const reconcile = createReconciler(
    {
      workloads: { get: () => cached },
      workflows: {
        get: () => inWorkflows && toCachedWorkflow(inWorkflows.raw(), 'bucket'),
      },
      approvals: { byIndex: () => [] },
      argo: { of: () => undefined },
      client,
      admission: { factsFor: async () => ({ kind: 'unasked' }) },
      policy: new FakePolicy(),
      refusals: new Map(),
      running: new RunningRuns(() => undefined),
      completed: new CompletedRuns(),
      opened: new OpenedAgain(),
      random: () => '0123456789abcdef',
      bucket: 'bucket',
      workflowDefaults: {},
    },
    {
      client,
      events: { record: () => undefined },
      bucket: 'bucket',
      instanceId: 'team-a',
      seenWorkload: () => undefined,
      seenWorkflow: () => undefined,
      seenApproval: () => undefined,
      refused: () => undefined,
      logger: silentLogger(),
    },
    new FakeClock(NOW.getTime()),
  );
  const signal = new AbortController().signal;
  return {
    reconcile: (key: string) => reconcile(key, signal),
    writes,
    bodies,
  };
}

const template = { 'workflowtemplates/competitor-scrape': aTemplate() };

describe('a pass', () => {
  it('over nothing does nothing', async () => {
    const { reconcile, writes } = reconcilerWith(undefined, {});
    expect(await reconcile(KEY)).toEqual({ requeueAfterMs: undefined });
    expect(writes).toEqual([]);
  });

  it('records and makes nothing', async () => {
    const { reconcile, writes } = reconcilerWith(aWorkload(), template);
    await reconcile(KEY);
    expect(writes).toEqual(['patch agentworkloads']);
  });

  it('carries out and records nothing', async () => {
    const { reconcile, writes } = reconcilerWith(aWorkload().allowed(), {
      ...template,
      'agentworkloads/weekly': aWorkload().allowed().build(),
    });
    await reconcile(KEY);
    expect(writes).toEqual(['create workflows']);
  });

  it('with a cache that is behind does not act on it', async () => {
    const { reconcile, writes } = reconcilerWith(aWorkload().allowed(), {
      ...template,
      'agentworkloads/weekly': aWorkload()
        .allowed()
        .withStatus({ phase: 'Cancelled' })
        .build(),
    });
    await reconcile(KEY);
    expect(writes).toEqual([]);
  });

  it('ends nothing for good on a cache that is behind', async () => {
    const untouched = aWorkflow().withMetadata({
      creationTimestamp: iso(-3600),
    });
    const started = aWorkload()
      .started(3600)
      .withStatus({
        progressHash: untouched.facts().progressHash,
        lastProgressTime: iso(-3600),
      });
    const server = { 'agentworkloads/weekly': started.build() };
    const path = `workflows/${WORKFLOW_NAME}`;
    const end = async (live: ReturnType<typeof aWorkflow>) => {
      const { reconcile, writes, bodies } = reconcilerWith(
        started,
        { ...server, [path]: live.raw() },
        { inWorkflows: untouched },
      );
      await reconcile(KEY);
      return { writes, phase: bodies[0]?.status?.phase };
    };
    expect((await end(untouched)).phase).toBe('Failed');
    const newer = aWorkflow()
      .atGate()
      .withMetadata({ resourceVersion: '1234' });
    expect((await end(newer)).phase).toBe('AwaitingApproval');
  });

  it('decides no gate on a cache that is behind', async () => {
    const waiting = aWorkload().waiting({ deadline: iso(-60) });
    const decide = async (live: ReturnType<typeof aWorkload>) => {
      const { reconcile, bodies } = reconcilerWith(
        waiting,
        {
          'agentworkloads/weekly': live.build(),
          [`workflows/${WORKFLOW_NAME}`]: aWorkflow().atGate().raw(),
        },
        { inWorkflows: aWorkflow().atGate() },
      );
      await reconcile(KEY);
      return bodies[0]?.status?.gate?.via;
    };
    expect(await decide(waiting)).toBe('timeout');
    const cancelled = aWorkload()
      .waiting({ deadline: iso(-60) })
      .cancelled();
    expect(await decide(cancelled)).toBe('cancel');
  });

  it.each([
    [409, 'Conflict'],
    [404, 'NotFound'],
  ])('reads live after a %i, for the watch may be late', async (code, why) => {
    const { reconcile, writes } = reconcilerWith(
      aWorkload(),
      { ...template, 'agentworkloads/weekly': aWorkload().allowed().build() },
      { refusals: [new ApiError('no', code, why)] },
    );
    await expect(reconcile(KEY)).rejects.toThrow('no');
    await reconcile(KEY);
    expect(writes).toEqual(['create workflows']);
    // Once; then the cache is believed again.
    await reconcile(KEY);
    expect(writes.at(-1)).toBe('patch agentworkloads');
  });

  it('finds the Workflow that an earlier pass made, and records it', async () => {
    const { reconcile, writes } = reconcilerWith(aWorkload().allowed(), {
      [`workflows/${WORKFLOW_NAME}`]: aWorkflow().raw(),
    });
    await reconcile(KEY);
    expect(writes).toEqual(['patch agentworkloads']);
  });

  it('over a workload that was deleted meanwhile does nothing', async () => {
    const { reconcile, writes } = reconcilerWith(
      aWorkload().allowed(),
      template,
    );
    await reconcile(KEY);
    expect(writes).toEqual([]);
  });

  it('over a status that cannot be read waits', async () => {
    const odd = aWorkload().allowed();
    const { reconcile } = reconcilerWith(odd, {
      ...template,
      'agentworkloads/weekly': {
        ...odd.build(),
        status: { phase: 'Dreaming' },
      },
    });
    expect(await reconcile(KEY)).toEqual({ requeueAfterMs: 30_000 });
  });
});
