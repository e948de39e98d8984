import { afterAll, afterEach, describe, expect, it } from '@jest/globals';
import type { Report } from '@agentic/api';
import { Cluster, type Scaled, SERVICES } from '../../harness/cluster';
import { Run, sleep } from '../../harness/runs';

const AWAY_MS = 60_000;
const KINDS: [name: string, plural: Scaled][] = [
  ['postgres', 'statefulsets'],
  ['minio', 'statefulsets'],
  ['browserless', 'deployments'],
];

/** Argo tries a step again after 30 s and once more after another minute. */
describe('a run completes though for a minute there is no', () => {
  const cluster = new Cluster();
  let restore: (() => Promise<void>) | undefined;

  afterEach(async () => {
    await restore?.();
    restore = undefined;
  });
  afterAll(() => cluster.close());

  it.each(KINDS)('%s', async (name, plural) => {
    restore = () => cluster.scale(plural, name, SERVICES, 1);
    await cluster.scale(plural, name, SERVICES, 0);
    const run = await Run.start(cluster.kube, 'policy-gate', {
      spec: {
        targetUrls: ['http://tidepool.localhost:4180/pricing'],
        gate: { mode: 'human' },
      },
    });
    await sleep(AWAY_MS);
    const { status } = await run.workload();
    expect(status?.steps?.find(one => one.name === 'scrape')?.phase).not.toBe(
      'Succeeded',
    );
    await restore();

    await run.until('AwaitingApproval', 360_000);
    await run.decide('approve');
    const done = await run.until('Completed', 300_000);
    const objects = await cluster.objects();
    const report = await objects.json<Report>(
      done.status!.workflowArtifacts!['report-json'],
    );
    expect(report.notObserved).toEqual([]);
    expect(report.facts.length).toBeGreaterThan(0);
  });
});
