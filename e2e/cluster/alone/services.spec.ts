import {
  afterAll,
  afterEach,
  beforeAll,
  describe,
  expect,
  it,
} from '@jest/globals';
import { BrowserService } from '../../harness/browserless';
import {
  Cluster,
  nodesOf,
  type Scaled,
  SERVICES,
  triesOf,
} from '../../harness/cluster';
import { ModelProvider } from '../../harness/model';
import { eventually, Run, sleep } from '../../harness/runs';
import { OwnTemplates } from '../../harness/templates';

const AWAY_MS = 60_000;
/** Into the minute, so that the last of the three tries comes after it: Argo waits 30 s and then 60 s. */
const BEGIN_MS = 20_000;
const PRICING = 'http://tidepool.localhost:4180/pricing';
const LONG = 360_000;

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
    const scale = (replicas: number) =>
      Promise.all(
        names.map(name => cluster.scale(plural, name, SERVICES, replicas)),
      );
    restore = async () => {
      restore = undefined;
      await scale(1);
    };
    await scale(0);
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

  it('a browser service that is full is asked again later', async () => {
    await browserless.fill();
    const run = await start();
    const refused = await eventually(
      'a try to be refused',
      async () =>
        nodesOf(await run.workflow()).find(
          ({ displayName, phase }) =>
            displayName === 'scrape(0)' && phase === 'Failed',
        ),
      LONG,
    );
    expect(refused.message).toMatch(/browser can't be reached.*429/);
    browserless.leave();
    await run.until('AwaitingApproval', LONG);
    expect(await tries(run, 'scrape')).toEqual(['Failed', 'Succeeded']);
    await run.cancel();
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
