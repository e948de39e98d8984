import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type {
  ArtifactRef,
  Change,
  ChangesFile,
  FactsFile,
} from '@agentworkloads/api';
import { Ground } from '../harness/ground';
import { ALICE, eventually, Run } from '../harness/runs';

const PAGES = ['tidepool', 'cloudharbor', 'metricly'].map(
  company => `http://${company}.localhost:4180/pricing`,
);

const told = ({ kind, factKind, subject, before, after }: Change) =>
  `${kind} ${factKind} ${subject}: ${before ?? ''} -> ${after ?? ''}`;

/** Runs of the same pages, one after the other; the companies change their pages by themselves after the second. */
describe('a run that is asked for again', () => {
  let ground: Ground;
  const runs: Run[] = [];

  const start = async (mode: 'human' | 'policy', targetUrls = PAGES) => {
    const run = await Run.start(ground.kube, 'competitor-scrape', {
      spec: { targetUrls, gate: { mode } },
    });
    runs.push(run);
    return run;
  };
  const changesOf = async (run: Run) => {
    const { status } = await run.workload();
    return ground.json<ChangesFile>(
      status?.workflowArtifacts?.changes as ArtifactRef,
    );
  };

  beforeAll(async () => {
    ground = await Ground.start('changes');
  }, 240_000);
  afterAll(async () => {
    await ground?.stop();
  }, 60_000);

  it('says the first time that there is nothing to compare with', async () => {
    const run = await start('human');
    const waiting = await run.until('AwaitingApproval');
    expect(waiting.status).not.toHaveProperty('baseline');
    expect(waiting.status?.summary).toMatchObject({
      notComparedReason: 'FIRST_RUN',
    });
    expect(waiting.status?.summary).not.toHaveProperty('changes');
    await run.decide('approve', ALICE, 'first');
    await run.until('Completed');
    const report = await run.report(ground);
    expect(report.comparedWith).toEqual({ reason: 'FIRST_RUN' });
  });

  it('passes its gate alone where everything was compared and nothing changed', async () => {
    await ground.letDemoMove();
    const run = await start('policy', [...PAGES].reverse());
    const done = await run.until('Completed');
    const before = await runs[0].workload();
    expect(done.status?.baseline).toMatchObject({
      name: runs[0].name,
      workflowUid: before.status?.argoWorkflow?.uid,
      artifacts: {
        manifest: { sha256: before.status?.workflowArtifacts?.manifest.sha256 },
      },
    });
    expect(done.status?.gate).toMatchObject({ via: 'policy' });
    expect(done.status?.summary?.compared).toEqual({
      price: 0,
      plan: 0,
      terms: 0,
      other: 0,
      notCompared: 0,
      unstable: 0,
    });
    const report = await run.report(ground);
    expect(report.changes).toEqual([]);
    expect(report.notCompared).toEqual([]);
  });

  it('waits for a person with the changes that the pages have, and no other', async () => {
    await eventually('the companies to change their pages', async () =>
      Object.values(await ground.demoVersions()).every(each => each === 2),
    );
    await ground.pinDemo(2);
    const run = await start('policy');
    const waiting = await run.until('AwaitingApproval');
    expect(waiting.status?.baseline?.name).toBe(runs[1].name);
    expect(waiting.status?.policy?.gate?.decision).toBe('hold');
    expect(waiting.status?.policy?.gate?.reasons?.join(' ')).toContain(
      'plans came, went or have a new name',
    );
    const { changes, notCompared } = await changesOf(run);
    expect(notCompared).toEqual([]);
    expect(
      changes
        .filter(({ factKind }) => ['plan', 'price'].includes(factKind))
        .map(told)
        .sort(),
    ).toEqual([
      'added plan Galleon:  -> Galleon',
      'added plan Scale:  -> Scale',
      'added plan Solo:  -> Solo',
      'changed plan Business: Team -> Business',
      'changed plan Pro: Scale -> Pro',
      'changed plan Skiff: Dinghy -> Skiff',
      // With “Annual” chosen, then as the page is loaded.
      'changed price Business: 20 -> 24',
      'changed price Business: 24 -> 29',
      'changed price Growth: 49 -> 59',
      'changed price Sloop: 12.5 -> 13.9',
    ]);
    await run.decide('approve', ALICE, 'they did it');
    await run.until('Completed');
    const report = await run.report(ground);
    expect(report.changes).toEqual(changes);
    expect(report.changes.every(({ is, was }) => is ?? was)).toBe(true);
  });

  it('may see other prices and be denied, time out, or stay open', async () => {
    await ground.pinDemo(3);
    const denied = await start('human');
    const open = await start('human');
    const late = await Run.start(ground.kube, 'competitor-scrape', {
      spec: {
        targetUrls: PAGES,
        gate: { mode: 'human' },
        timeouts: { suspendGate: '10s' },
      },
    });
    await denied.until('AwaitingApproval');
    await denied.decide('deny', ALICE, 'not this one');
    await denied.until('Denied');
    await late.until('TimedOut');
    // They saw other prices than the last completed run.
    const waiting = await open.until('AwaitingApproval');
    expect(waiting.status?.summary?.compared?.price).toBeGreaterThan(0);
  }, 240_000);

  it('knows no value of a run that was denied, timed out or is still open', async () => {
    const completed = runs.slice(0, 3);
    await ground.pinDemo(2);
    const run = await start('policy');
    const done = await run.until('Completed');
    expect(done.status?.baseline?.name).toBe(completed[2].name);
    expect(done.status?.summary).toMatchObject({ changes: 0 });

    const { history = [] } = await ground.json<FactsFile>(
      done.status?.workflowArtifacts?.facts as ArtifactRef,
    );
    const known = await Promise.all(
      [...completed, run].map(async one => {
        const { status } = await one.workload();
        return status?.argoWorkflow?.uid;
      }),
    );
    const readings = history.flatMap(page => [
      ...page.readings,
      ...(page.lastObserved ? [page.lastObserved] : []),
    ]);
    expect(readings.length).toBeGreaterThanOrEqual(2 * PAGES.length);
    expect(known).toEqual(
      expect.arrayContaining(readings.map(({ workflowUid }) => workflowUid)),
    );
    const valuesOf = (plan: string) =>
      history
        .flatMap(page => page.prices)
        .filter(({ subject, unit }) => subject === plan && unit?.period)
        .flatMap(({ values }) => values.map(({ value }) => value));
    expect(valuesOf('Sloop')).toEqual([13.9]);
    // The companies ask 15 and 12 in what was denied, timed out and is open.
    expect(valuesOf('Starter').length).toBeGreaterThan(0);
    expect(valuesOf('Starter')).not.toContain(15);
  });

  it('is compared with the run that it names, not with the last one', async () => {
    const [first] = runs;
    const run = await Run.start(ground.kube, 'competitor-scrape', {
      spec: {
        targetUrls: PAGES,
        gate: { mode: 'policy' },
        baselineRef: { name: first.name },
      },
    });
    const { status } = await run.until('AwaitingApproval');
    expect(status?.baseline?.name).toBe(first.name);
    expect(status?.summary?.compared?.price).toBe(4);
  });
});
