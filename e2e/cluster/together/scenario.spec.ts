import { afterAll, describe, expect, it } from '@jest/globals';
import type { AgentWorkload, Report } from '@agentworkloads/api';
import { Cluster, nodeOf } from '../../harness/cluster';
import { ALICE, eventually, Run } from '../../harness/runs';

const PRICING = 'http://tidepool.localhost:4180/pricing';

/** The lines of the scenario, in their order; each goes on from where the one before has ended. */
describe('a competitor scrape on a cluster', () => {
  const cluster = new Cluster();
  const { kube } = cluster;
  const log: string[] = [];
  let began = 0;
  let run: Run;
  let done: AgentWorkload;

  const note = (text: string) => {
    const seconds = ((Date.now() - began) / 1000).toFixed(1).padStart(6);
    log.push(`${seconds} s  ${text}`);
  };
  const stepDone = (step: string) =>
    eventually(
      `${step} to complete`,
      async () => {
        const { status } = await run.workload();
        if (status?.phase === 'Failed') throw new Error(status.message);
        const row = status?.steps?.find(one => one.name === step);
        return row?.phase === 'Succeeded' && row;
      },
      300_000,
    );

  afterAll(() => {
    process.stderr.write(`\nThe scenario, line by line:\n${log.join('\n')}\n`);
    cluster.close();
  });

  it('is applied as an AgentWorkload with target URLs', async () => {
    began = Date.now();
    run = await Run.start(kube, 'competitor-scrape');
    note(`AgentWorkload ${run.name} applied`);
    expect((await run.workload()).spec.targetUrls.length).toBeGreaterThan(1);
  });

  it('gets a Workflow that it owns', async () => {
    const workflow = await eventually('the Workflow', () => run.workflow());
    const { metadata } = await run.workload();
    expect(workflow.metadata.ownerReferences).toEqual([
      expect.objectContaining({
        kind: 'AgentWorkload',
        name: run.name,
        uid: metadata.uid,
        controller: true,
      }),
    ]);
    note(`Workflow ${workflow.metadata.name} with ownerReference`);
  });

  it('completes scrape', async () => {
    const row = await stepDone('scrape');
    note(`scrape: ${row.startedAt} – ${row.finishedAt}`);
  });

  it('has screenshot and dom overlap in time', async () => {
    await stepDone('screenshot');
    await stepDone('dom');
    const workflow = await run.workflow();
    const span = (step: string) => {
      const node = nodeOf(workflow, step);
      note(`${step}: ${node?.startedAt} – ${node?.finishedAt}`);
      return {
        from: Date.parse(node?.startedAt ?? ''),
        to: Date.parse(node?.finishedAt ?? ''),
      };
    };
    const [screenshot, dom] = [span('screenshot'), span('dom')];
    expect(screenshot.from).toBeLessThan(dom.to);
    expect(dom.from).toBeLessThan(screenshot.to);
  });

  it('suspends at the gate', async () => {
    const waiting = await run.until('AwaitingApproval', 300_000);
    const workflow = await run.workflow();
    const gate = nodeOf(workflow, 'gate');
    expect(gate).toMatchObject({ type: 'Suspend', phase: 'Running' });
    // A retryStrategy that reached the gate would make it the child of a Retry node.
    const parents = Object.values(workflow?.status?.nodes ?? {}).filter(
      ({ children }) => children?.includes(gate?.id ?? ''),
    );
    expect(parents).not.toEqual([]);
    expect(parents.map(({ type }) => type)).not.toContain('Retry');
    expect(waiting.status?.gate?.nodeId).toBe(gate?.id);
    expect(await run.stepRan('synthesis')).toBe(false);
    note(`suspended at the gate, node ${gate?.id}`);
  });

  it('resumes once somebody with the right approves', async () => {
    const approval = await run.decide('approve', ALICE, 'prices match');
    note(`AgentApproval ${approval.metadata.name} by ${ALICE.user}`);
    await eventually('the gate to be passed', async () => {
      const gate = nodeOf(await run.workflow(), 'gate');
      return gate?.phase === 'Succeeded';
    });
    note('resumed');
  });

  it('completes synthesis', async () => {
    const row = await stepDone('synthesis');
    note(`synthesis: ${row.startedAt} – ${row.finishedAt}`);
  });

  it('is Completed, by the decision of that person', async () => {
    done = await run.until('Completed', 300_000);
    expect(done.status?.gate).toMatchObject({
      decision: 'approve',
      decidedBy: 'alice',
      comment: 'prices match',
      via: 'person',
    });
    note('phase Completed');
  });

  it('has a report in MinIO whose every fact is proven', async () => {
    const objects = await cluster.objects();
    const report = await objects.json<Report>(
      done.status!.workflowArtifacts!['report-json'],
    );
    expect(report.pages).toHaveLength(done.spec.targetUrls.length);
    expect(report.notObserved).toEqual([]);
    expect(
      report.facts.filter(fact => fact.kind === 'price').length,
    ).toBeGreaterThan(5);
    expect(await objects.unproven(report)).toEqual([]);
    note(
      `report: ${report.pages.length} pages, ${report.facts.length} facts, all proven`,
    );
  });

  it('saw the pages as a desktop shows them, with the plans side by side', async () => {
    const objects = await cluster.objects();
    const { facts } = await objects.json<Report>(
      done.status!.workflowArtifacts!['report-json'],
    );
    const lefts = facts
      .filter(({ kind, url }) => kind === 'price' && url === PRICING)
      .map(({ box }) => box?.x ?? 0);
    expect(Math.max(...lefts) - Math.min(...lefts)).toBeGreaterThan(400);
  });

  it('loses its Workflow when it is deleted, and keeps its report', async () => {
    await kube.remove('agentworkloads', run.name);
    await eventually('the Workflow to go', async () => {
      const left = await kube.list(
        'workflows',
        `agentworkloads.io/workload-uid=${done.metadata.uid}`,
      );
      return left.length === 0;
    });
    note('AgentWorkload deleted, Workflow gone');
    const objects = await cluster.objects();
    for (const name of ['report-json', 'report-md', 'report-html'] as const)
      expect(
        (await objects.object(done.status!.workflowArtifacts![name].key))
          .length,
      ).toBeGreaterThan(100);
    note('the report is still there');
  });
});
