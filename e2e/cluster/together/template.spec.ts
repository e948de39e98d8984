import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Cluster } from '../../harness/cluster';
import { Run } from '../../harness/runs';
import { OwnTemplates } from '../../harness/templates';

const URLS = ['http://tidepool.localhost:4180/pricing'];
const LONG = 400_000;

describe('a template that is upgraded while its run waits at the gate', () => {
  const cluster = new Cluster();
  const { kube } = cluster;
  const templates = new OwnTemplates(kube);
  let run: Run;
  let name: string;

  beforeAll(async () => {
    const spec = await templates.make('upgraded', { LOG_LEVEL: 'info' });
    name = spec.workflowTemplateRef.name;
    run = await Run.start(kube, 'competitor-scrape', {
      spec: { targetUrls: URLS, ...spec },
    });
    await run.until('AwaitingApproval', LONG);
  }, LONG);
  afterAll(async () => {
    await templates.clear();
    cluster.close();
  });

  it('is pinned as it was, in the form that Argo stored it', async () => {
    const { template } = (await run.workload()).status!;
    const now = await kube.get('workflowtemplates', name);
    expect(template).toEqual({
      name,
      uid: now.metadata.uid,
      generation: 1,
      form: expect.any(Number),
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      expectedSha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      storedSha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });

  it(
    'changes nothing of the run',
    async () => {
      const before = (await run.workload()).status?.template;
      await kube.mergePatch('workflowtemplates', name, {
        spec: { entrypoint: 'other', serviceAccountName: 'default' },
      });
      await run.decide('approve');
      const { status } = await run.until('Completed', LONG);
      expect(status?.template).toEqual(before);
    },
    LONG,
  );
});
