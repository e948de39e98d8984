import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AgentWorkload } from '@agentworkloads/api';
import { Ground } from '../harness/ground';
import { root } from '../harness/root';
import { ALICE, eventually, Run } from '../harness/runs';

const PRICING = 'http://tidepool.localhost:4180/pricing';

describe('processes that are killed', () => {
  let ground: Ground;

  beforeAll(async () => {
    ground = await Ground.start('processes-killed');
  }, 180_000);
  afterAll(async () => {
    await ground?.stop();
  }, 60_000);

  const start = (targetUrls = [PRICING]) =>
    Run.start(ground.kube, 'competitor-scrape', { spec: { targetUrls } });

  const holds = (workload: AgentWorkload, type: string) =>
    workload.status?.conditions?.some(
      one => one.type === type && one.status === 'True',
    ) ?? false;
  const stepOf = (workload: AgentWorkload, name: string) =>
    workload.status?.steps?.find(step => step.name === name)?.phase;

  /** Moments at which the operator is killed; each is seen in the API first. */
  const MOMENTS: [
    string,
    (workload: AgentWorkload, run: Run) => Promise<boolean> | boolean,
  ][] = [
    ['allow was recorded', workload => holds(workload, 'PolicyAllowed')],
    [
      'the Workflow was created',
      async (_, run) => (await run.workflow()) !== undefined,
    ],
    [
      'the gate opened',
      workload => workload.status?.phase === 'AwaitingApproval',
    ],
    [
      'the approval was recorded',
      workload => workload.status?.gate?.decision === 'approve',
    ],
    [
      'the gate was patched',
      async (_, run) => {
        const nodes = ((await run.workflow())?.status?.nodes ?? {}) as Record<
          string,
          { displayName: string; phase: string }
        >;
        return Object.values(nodes).some(
          node => node.displayName === 'gate' && node.phase === 'Succeeded',
        );
      },
    ],
    [
      'synthesis started',
      workload =>
        ['Running', 'Succeeded'].includes(stepOf(workload, 'synthesis') ?? ''),
    ],
  ];

  it.each(MOMENTS)(
    'ends the same with one Workflow when the operator is killed after %s',
    async (_, moment) => {
      const run = await start();
      let approved = false;
      let killed = false;
      const done = await eventually(
        'the end of the run',
        async () => {
          const workload = await run.workload();
          if (!killed && (await moment(workload, run))) {
            ground.signal('operator', 'SIGKILL');
            killed = true;
          }
          if (!approved && workload.status?.phase === 'AwaitingApproval') {
            await run.decide('approve');
            approved = true;
          }
          return workload.status?.phase === 'Completed' && workload;
        },
        180_000,
      );
      expect(killed).toBe(true);
      expect(done.status?.gate).toMatchObject({
        decision: 'approve',
        decidedBy: 'alice',
      });
      expect(
        (
          await ground.kube.list(
            'workflows',
            `agentworkloads.io/workload-uid=${done.metadata.uid}`,
          )
        ).length,
      ).toBe(1);
    },
  );

  it('goes on where it was after everything was killed and started again', async () => {
    const waiting = await start();
    await waiting.until('AwaitingApproval');
    const scraping = await start([
      PRICING,
      'http://metricly.localhost:4180/pricing',
    ]);
    await scraping.until('Running');
    await ground.killHard();
    await eventually(
      'the parts to end with their supervisor',
      async () => ground.survivors().length === 0,
      20_000,
    );
    await ground.up();
    const uid = (await Run.existing(ground.kube, waiting.name).workload())
      .status?.argoWorkflow?.uid;
    const approve = async (name: string) => {
      const run = Run.existing(ground.kube, name);
      await run.until('AwaitingApproval', 240_000);
      await run.decide('approve', ALICE);
      return run.until('Completed', 180_000);
    };
    expect((await approve(waiting.name)).status?.argoWorkflow?.uid).toBe(uid);
    await approve(scraping.name);
  }, 300_000);

  it('refuses a second start in the same folder and leaves the first alone', async () => {
    const second = spawnSync(
      process.execPath,
      [
        path.join(root, 'standalone/dist/main.mjs'),
        '--no-portal',
        '--data-dir',
        ground.dataDir,
      ],
      { cwd: root, encoding: 'utf8', timeout: 30_000 },
    );
    expect(second.status).toBe(1);
    expect(second.stderr).toMatch(/runs already in this folder/);
    expect((await ground.kube.list('agentworkloads')).length).toBeGreaterThan(
      0,
    );
  });
});
