import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AgentWorkload } from '@agentworkloads/api';
import { Cluster, SERVICES, triesOf, WORKLOADS } from '../../harness/cluster';
import { eventually, Run } from '../../harness/runs';
import { OwnTemplates } from '../../harness/templates';

const PRICING = 'http://tidepool.localhost:4180/pricing';
const BROWSER = `ws://browserless.${SERVICES}.svc:3000/chromium`;
const LONG = 360_000;
const WRONG_TOKEN = 'not-the-token-at-all';

/** Each run is told of its own what the services are; the others go on beside it. */
describe('a run whose services fail it', () => {
  const cluster = new Cluster();
  const { kube } = cluster;
  const templates = new OwnTemplates(kube);
  const runs = {} as Record<
    | 'storage'
    | 'checkpoints'
    | 'browser'
    | 'token'
    | 'flaky'
    | 'short'
    | 'secret',
    Run
  >;

  async function start(
    template: string,
    settings: Parameters<OwnTemplates['make']>[1],
    { targetUrls = [PRICING], timeouts = {} } = {},
  ): Promise<Run> {
    const own = await templates.make(template, settings);
    return Run.start(kube, 'policy-gate', {
      spec: { ...own, targetUrls, timeouts, gate: { mode: 'human' } },
    });
  }

  beforeAll(async () => {
    const secret = await cluster.secret('agents-secrets', WORKLOADS);
    const database = new URL(secret.CHECKPOINT_DATABASE_URL);
    database.hostname = await templates.nobodyAt('flaky-checkpoints', 5432);
    runs.flaky = await start('flaky-checkpoints', {
      CHECKPOINT_DATABASE_URL: database.href,
    });
    runs.token = await start('wrong-token', { BROWSER_TOKEN: WRONG_TOKEN });
    runs.secret = await start(
      'no-secret',
      {
        BROWSER_TOKEN: {
          secretKeyRef: { name: 'forgotten-secret', key: 'BROWSER_TOKEN' },
        },
      },
      { timeouts: { noProgress: '90s' } },
    );
    // Less than the pages take together, more than each of them does, on a machine that is three times busier as well.
    runs.short = await start(
      'short-sessions',
      { BROWSER_WS_ENDPOINT: `${BROWSER}?timeout=45000` },
      {
        targetUrls: [
          'http://tidepool.localhost:4180/slow?seconds=15&n=1',
          'http://tidepool.localhost:4180/slow?seconds=15&n=2',
          'http://tidepool.localhost:4180/slow?seconds=15&n=3',
          'http://tidepool.localhost:4180/slow?seconds=15&n=4',
          PRICING,
        ],
      },
    );
    const gone = (name: string, port: number) =>
      templates.nobodyAt(`no-${name}`, port);
    runs.storage = await start('no-storage', {
      S3_ENDPOINT: `http://${await gone('storage', 9000)}:9000`,
    });
    database.hostname = await gone('checkpoints', 5432);
    runs.checkpoints = await start('no-checkpoints', {
      CHECKPOINT_DATABASE_URL: database.href,
    });
    runs.browser = await start('no-browser', {
      BROWSER_WS_ENDPOINT: `ws://${await gone('browser', 3000)}:3000/chromium`,
    });
  });
  afterAll(async () => {
    await templates.clear();
    cluster.close();
  });

  const tries = async (run: Run) => triesOf(await run.workflow(), 'scrape');

  it('goes on after a step that failed twice', async () => {
    await eventually(
      'the second try to fail',
      async () => (await tries(runs.flaky)).join() === 'Failed,Failed',
      LONG,
    );
    await templates.putBehind('flaky-checkpoints', 'postgres');
    await runs.flaky.until('AwaitingApproval', LONG);
    expect(await tries(runs.flaky)).toEqual(['Failed', 'Failed', 'Succeeded']);
    await runs.flaky.decide('approve');
    const done = await runs.flaky.until('Completed', LONG);
    expect(done.status?.workflowArtifacts?.['report-json']).toBeDefined();
  });

  it('is Failed with the name of the Secret that its step waits for', async () => {
    const { status } = await runs.secret.until('Failed', LONG);
    expect(status?.message).toMatch(
      /step scrape waits: CreateContainerConfigError: secret "forgotten-secret" not found/,
    );
  });

  it('goes on with a new session when the browser service ends one', async () => {
    const gate = await runs.short.until('AwaitingApproval', LONG);
    // A machine that is too busy to give another session in time costs a try, and no page.
    expect((await tries(runs.short)).at(-1)).toBe('Succeeded');
    expect(gate.status?.summary).toMatchObject({ pages: 5, notObserved: 0 });
    const workflow = (await runs.short.workflow())!;
    const [pod] = await cluster.podsOf(workflow, 'scrape');
    expect(await cluster.logOf(pod!, 'main')).toContain('the browser was lost');
    await runs.short.cancel();
  });

  it('is Failed at once when the browser service refuses its token, which is not shown', async () => {
    const { status } = await runs.token.until('Failed', LONG);
    expect(status?.message).toMatch(/BROWSER_TOKEN/);
    expect(await tries(runs.token)).toEqual(['Failed']);
    const workflow = (await runs.token.workflow())!;
    const [pod] = await cluster.podsOf(workflow, 'scrape');
    const shown = [
      JSON.stringify(status),
      JSON.stringify(workflow.status?.nodes),
      await cluster.logOf(pod!, 'main'),
    ].join('\n');
    expect(shown).not.toContain(WRONG_TOKEN);
  });

  describe('is Failed after three tries, with the reason, when for good there is no', () => {
    const failed = async (run: Run): Promise<AgentWorkload> => {
      const ended = await run.until('Failed', LONG);
      expect(await tries(run)).toEqual(['Failed', 'Failed', 'Failed']);
      expect(ended.status?.workflowArtifacts?.['report-json']).toBeUndefined();
      return ended;
    };

    it('object storage', async () => {
      const { status } = await failed(runs.storage);
      expect(status?.message).toMatch(/Object storage is away/);
    });

    it('checkpoint database', async () => {
      const { status } = await failed(runs.checkpoints);
      expect(status?.message).toMatch(/checkpoint database can't be used/);
    });

    it('browser', async () => {
      const { status } = await failed(runs.browser);
      expect(status?.message).toMatch(/browser can't be reached/i);
    });
  });
});
