import {
  afterAll,
  afterEach,
  beforeAll,
  describe,
  expect,
  it,
} from '@jest/globals';
import { BrowserService } from '../../harness/browserless';
import { Cluster, type Scaled, SERVICES, triesOf } from '../../harness/cluster';
import { ModelProvider } from '../../harness/model';
import { eventually, Run, sleep } from '../../harness/runs';
import { Site } from '../../harness/site';
import { OwnTemplates } from '../../harness/templates';

const AWAY_MS = 60_000;
/** Into the minute, so that the last of the three tries comes after it: Argo waits 30 s and then 60 s. */
const BEGIN_MS = 20_000;
const PRICING = 'http://tidepool.localhost:4180/pricing';
const LONG = 360_000;
const HUNGRY =
  '<title>Hungry</title><script>const a = []; setInterval(() => a.push(new Uint8Array(64 << 20).fill(1)), 0)</script>';

describe('services that fail under a run', () => {
  const cluster = new Cluster();
  const { kube } = cluster;
  const templates = new OwnTemplates(kube);
  const browserless = new BrowserService(cluster);
  let provider: ModelProvider;
  let restore: (() => Promise<void>) | undefined;
  /** At their gates before anything is taken away. */
  const waiting = {} as Record<'minio' | 'postgres' | 'litellm', Run>;

  const start = (spec: object = {}) =>
    Run.start(kube, 'policy-gate', {
      spec: { targetUrls: [PRICING], gate: { mode: 'human' }, ...spec },
    });

  beforeAll(async () => {
    provider = await ModelProvider.start();
    waiting.minio = await start();
    waiting.postgres = await start();
    waiting.litellm = await start(
      await templates.make('with-model', {
        LLM_BASE_URL: `http://litellm.${SERVICES}.svc:4000/v1`,
        LLM_MODEL: 'default',
      }),
    );
    for (const run of Object.values(waiting))
      await run.until('AwaitingApproval', LONG);
  }, LONG);
  afterEach(async () => {
    await restore?.();
    restore = undefined;
    browserless.leave();
  });
  afterAll(async () => {
    await templates.clear();
    await provider.stop();
    cluster.close();
  });

  /** Takes services away; `restore` brings them back, at the latest after the test. */
  async function takeAway(plural: Scaled, ...names: string[]): Promise<void> {
    const scale = (...replicas: number[]) =>
      Promise.all(
        names.map((name, index) =>
          cluster.scale(plural, name, SERVICES, replicas[index]),
        ),
      );
    const before = await Promise.all(
      names.map(name => cluster.replicas(plural, name, SERVICES)),
    );
    restore = async () => {
      restore = undefined;
      await scale(...before);
    };
    await scale(...names.map(() => 0));
  }

  /** Without MinIO it is Argo itself that can't fetch what the step needs: an Error. */
  async function hasOnlyFailed(run: Run, step: string): Promise<void> {
    const ended = new Set(await tries(run, step));
    expect(ended.has('Failed') || ended.has('Error')).toBe(true);
    expect(ended.has('Succeeded')).toBe(false);
  }

  const tries = async (run: Run, step: string) =>
    triesOf(await run.workflow(), step);

  describe('a run completes though for a minute there is no', () => {
    it.each(['minio', 'postgres'] as const)('%s', async name => {
      const run = waiting[name];
      await takeAway('statefulsets', name);
      await sleep(BEGIN_MS);
      await run.decide('approve');
      await sleep(AWAY_MS - BEGIN_MS);
      await hasOnlyFailed(run, 'synthesis');
      await restore!();
      await run.until('Completed', LONG);
      const report = await run.report(await cluster.objects());
      expect(report.notObserved).toEqual([]);
      expect(report.facts.length).toBeGreaterThan(0);
      expect((await tries(run, 'synthesis')).at(-1)).toBe('Succeeded');
    });

    // At once, because no run needs both: one is before its pages, the other behind them.
    it('browserless, and for a run at its end no litellm', async () => {
      const end = waiting.litellm;
      await takeAway('deployments', 'browserless', 'litellm');
      await end.decide('approve');
      await sleep(BEGIN_MS);
      const begin = await start();
      await sleep(AWAY_MS - BEGIN_MS);
      await hasOnlyFailed(begin, 'scrape');
      await restore!();

      await end.until('Completed', LONG);
      const report = await end.report(await cluster.objects());
      expect(report.facts.length).toBeGreaterThan(0);
      // Whether the model was still asked after the minute is left to chance.
      const missed = report.degraded.some(line => /model/.test(line));
      expect(report.prose.source).toBe(missed ? 'facts' : 'llm');

      const { status } = await begin.until('AwaitingApproval', LONG);
      expect(status?.summary).toMatchObject({ pages: 1, notObserved: 0 });
      await begin.cancel();
    });
  });

  it('a browser service that is full is waited for, without a failed try', async () => {
    await browserless.fill();
    const run = await start();
    await eventually(
      'the step to wait for a place',
      async () => {
        const workflow = await run.workflow();
        const [pod] = workflow ? await cluster.podsOf(workflow, 'scrape') : [];
        return (
          pod?.status?.phase === 'Running' &&
          (await cluster.logOf(pod, 'main')).includes('waiting for one')
        );
      },
      LONG,
    );
    browserless.leave();
    await run.until('AwaitingApproval', LONG);
    expect(await tries(run, 'scrape')).toEqual(['Succeeded']);
    await run.cancel();
  });

  // It takes memory until its pod is ended, each of the times that it is visited.
  it('a page that eats the memory of its browser ends no session of another run', async () => {
    const site = await Site.start(
      { '/hungry': HUNGRY, '/good': '<title>Good</title><h1>Good</h1>' },
      { host: '10.245.0.1', port: 4191 },
    );
    try {
      const calm = await start({
        targetUrls: [1, 2, 3].map(
          page => `http://tidepool.localhost:4180/slow?seconds=20&page=${page}`,
        ),
      });
      await eventually(
        'a session to be open',
        async () => (await browserless.running()) > 0,
        LONG,
      );
      const hostile = await start({
        targetUrls: ['hungry', 'good'].map(
          page => `http://hostile.localhost:4191/${page}`,
        ),
      });
      const ended = await calm.until('AwaitingApproval', LONG);
      expect(ended.status?.summary).toMatchObject({ pages: 3, notObserved: 0 });
      const [pod] = await cluster.podsOf((await calm.workflow())!, 'scrape');
      expect(await cluster.logOf(pod, 'main')).not.toContain('was lost');

      const { status } = await hostile.until('AwaitingApproval', LONG);
      expect(site.visits.get('/hungry')).not.toBeUndefined();
      expect(status?.summary).toMatchObject({ pages: 2, notObserved: 1 });
      await Promise.all([calm.cancel(), hostile.cancel()]);
    } finally {
      await site.stop();
    }
  });

  it('a browser service that crashes in the middle of a page costs no page', async () => {
    const run = await start({
      targetUrls: ['http://tidepool.localhost:4180/slow?seconds=8', PRICING],
    });
    await eventually(
      'a session to be open',
      async () => (await browserless.running()) > 0,
      LONG,
    );
    await sleep(2000);
    await browserless.crash();
    const { status } = await run.until('AwaitingApproval', LONG);
    expect(status?.summary).toMatchObject({ pages: 2, notObserved: 0 });
    await run.cancel();
  });
});
