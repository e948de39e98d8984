import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Cluster, SERVICES, WORKLOADS } from '../../harness/cluster';
import { DESCRIPTION, ModelProvider, UNPROVEN } from '../../harness/model';
import { Run } from '../../harness/runs';
import { OwnTemplates } from '../../harness/templates';

const ONE_PAGE = {
  targetUrls: ['http://tidepool.localhost:4180/pricing'],
  gate: { mode: 'human' },
};
const LONG = 360_000;
const RETRY_AFTER_SECONDS = 6;

/** LiteLLM as deploy/shared-services has it, before a provider that answers on this machine. */
describe('a model behind LiteLLM', () => {
  const cluster = new Cluster();
  const { kube } = cluster;
  const templates = new OwnTemplates(kube);
  let provider: ModelProvider;
  let withModel: Run;
  let without: Run;

  beforeAll(async () => {
    provider = await ModelProvider.start();
    const model = { LLM_MODEL: 'default', LLM_VISION_MODEL: 'default' };
    withModel = await Run.start(kube, 'policy-gate', {
      spec: {
        ...ONE_PAGE,
        ...(await templates.make('with-model', {
          ...model,
          LLM_BASE_URL: `http://litellm.${SERVICES}.svc:4000/v1`,
        })),
      },
    });
    const gone = await templates.nobodyAt('no-model', 4000);
    without = await Run.start(kube, 'policy-gate', {
      spec: {
        ...ONE_PAGE,
        ...(await templates.make('no-model', {
          ...model,
          LLM_BASE_URL: `http://${gone}:4000/v1`,
        })),
      },
    });
  });
  afterAll(async () => {
    await templates.clear();
    await provider.stop();
    cluster.close();
  });

  it('says without a key that it is ready', async () => {
    const address = `http://${await cluster.ipOf('litellm')}:4000`;
    const answer = await fetch(`${address}/health/readiness`);
    expect(await answer.json()).toMatchObject({ status: 'healthy' });
  });

  it('describes the pictures of a page', async () => {
    await withModel.until('AwaitingApproval', LONG);
    const gate = await withModel.workload();
    const objects = await cluster.objects();
    const shots = await objects.json<{ pages: { description?: string }[] }>(
      gate.status!.workflowArtifacts!.shots,
    );
    expect(shots.pages.map(page => page.description)).toEqual([DESCRIPTION]);
    expect(provider.calls.map(({ kind }) => kind)).toContain('vision');
  });

  it('waits as long as its provider asks, then writes only what facts bear', async () => {
    provider.refuseOnce(RETRY_AFTER_SECONDS);
    await withModel.decide('approve');
    await withModel.until('Completed', LONG);
    const report = await withModel.report(await cluster.objects());
    expect(report.prose).toEqual({
      source: 'chosen',
      model: 'gpt-4o-mini',
      removedSentences: 1,
    });
    expect(
      report.summary.filter(({ chosenBy }) => chosenBy === 'model'),
    ).toEqual([
      expect.objectContaining({
        text: expect.stringMatching(/^Tidepool: .+\.$/),
      }),
    ]);
    expect(JSON.stringify(report)).not.toContain(UNPROVEN);
    expect(report.degraded).toEqual([]);

    const [refused, answered, ...more] = provider.calls.filter(
      ({ kind }) => kind === 'chat',
    );
    expect([refused!.status, answered!.status]).toEqual([429, 200]);
    expect(answered!.at - refused!.at).toBeGreaterThanOrEqual(
      RETRY_AFTER_SECONDS * 1000,
    );
    expect(more).toEqual([]);
  });

  it('has its keys in no log and in no object', async () => {
    const keys = await cluster.secret('litellm-keys');
    expect(provider.calls[0]!.key).toBe(`Bearer ${keys.LITELLM_PROVIDER_KEY}`);

    const workflow = (await withModel.workflow())!;
    const seen = [JSON.stringify(workflow)];
    const gateway = await kube.list(
      'pods',
      'app.kubernetes.io/name=litellm',
      SERVICES,
    );
    for (const pod of gateway) seen.push(await cluster.logOf(pod, 'litellm'));
    for (const pod of await kube.list(
      'pods',
      `workflows.argoproj.io/workflow=${workflow.metadata.name}`,
      WORKLOADS,
    ))
      seen.push(await cluster.logOf(pod, 'main'));
    expect(seen.join('\n')).toContain('model answered');
    for (const key of Object.values(keys))
      expect(seen.join('\n')).not.toContain(key);
  });

  it('is missing for good: the report is written from facts alone and says so', async () => {
    await without.until('AwaitingApproval', LONG);
    await without.decide('approve');
    await without.until('Completed', LONG);
    const report = await without.report(await cluster.objects());
    expect(report.prose.source).toBe('facts');
    expect(report.degraded.join('\n')).toMatch(
      /model service can't be reached/,
    );
    expect(report.facts.length).toBeGreaterThan(0);
  });
});
