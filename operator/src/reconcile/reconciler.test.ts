import { describe, expect, it } from '@jest/globals';
import { FakeClock } from '../../test/fake-clock';
import { FakePolicy } from '../../test/fake-policy';
import { silentLogger } from '../../test/silent-logger';
import { aWorkload, NOW, WORKFLOW_NAME } from '../../test/builders/workload';
import { aWorkflow } from '../../test/builders/workflow';
import { ApiError, type KubeClient } from '../ports';
import { toCachedWorkload } from './cached';
import { createReconciler } from './reconciler';

const KEY = 'agentworkloads/weekly';

function reconcilerWith(
  inCache: ReturnType<typeof aWorkload> | undefined,
  onServer: Record<string, unknown>,
) {
  const writes: string[] = [];
  const client: KubeClient = {
    async get(kind, _namespace, name) {
      const found = onServer[`${kind.plural}/${name}`];
      if (!found) throw new ApiError('not found', 404, 'NotFound');
      return found;
    },
    async create(kind, _namespace, body) {
      writes.push(`create ${kind.plural}`);
      return body;
    },
    async patch(kind, _namespace, _name, { body }) {
      writes.push(`patch ${kind.plural}`);
      return body;
    },
  };
  const cached = inCache && toCachedWorkload(inCache.build());
  const reconcile = createReconciler(
    {
      workloads: { get: () => cached },
      workflows: { get: () => undefined },
      approvals: { byIndex: () => [] },
      client,
      policy: new FakePolicy(),
      refusals: new Map(),
      bucket: 'bucket',
    },
    {
      client,
      events: { record: async () => undefined },
      bucket: 'bucket',
      seenWorkload: () => undefined,
      seenWorkflow: () => undefined,
      refused: () => undefined,
      logger: silentLogger(),
    },
    new FakeClock(NOW.getTime()),
  );
  return { reconcile, writes };
}

const template = { 'workflowtemplates/competitor-scrape': {} };

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
