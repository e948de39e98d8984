import { describe, expect, it } from '@jest/globals';
import type { AgentWorkload } from '@agentworkloads/api';
import {
  aCompletedRun,
  BASELINE,
  PROVEN,
} from '../../test/builders/completed-run';
import { MONDAYS_EVIDENCE } from '../../test/builders/timed-out-run';
import { aWorkload, iso } from '../../test/builders/workload';
import { comparableOf, CompletedRuns } from './baseline';
import { toCachedWorkload } from './cached';

const SERIES = 'agentworkloads.io/series';
const PAGES = ['https://acme.example/pricing', 'https://acme.example/plans'];

type Builder = ReturnType<typeof aWorkload>;

/** What the run that is asked for is compared with, where those others are known. */
function chosen(
  others: readonly (Builder | AgentWorkload)[],
  asked: Builder = aWorkload().withSpec({ targetUrls: PAGES }),
): string | undefined {
  const runs = new CompletedRuns();
  for (const other of others) {
    const workload = 'build' in other ? other.build() : other;
    runs.saw(undefined, toCachedWorkload(workload));
  }
  return runs.baselineFor(asked.build())?.name;
}

const inSeries = (run: Builder, value: string, rest: object = {}) =>
  run.withMetadata({ labels: { [SERIES]: value }, ...rest });
const before = (name = 'before', secondsAgo = 3600) =>
  aCompletedRun(name, secondsAgo).withSpec({ targetUrls: PAGES });

describe('what a run is compared with', () => {
  it('is the completed run of the same pages, with all that leads to what it saved', () => {
    const runs = new CompletedRuns();
    runs.saw(undefined, toCachedWorkload(before().build()));
    const asked = aWorkload().withSpec({ targetUrls: PAGES }).build();
    expect(runs.baselineFor(asked)).toEqual(BASELINE);
  });

  it('is nothing where there is no other run', () => {
    expect(chosen([])).toBeUndefined();
  });

  it('is the last that was completed, and of two at once the last by name', () => {
    const runs = [before('b', 60), before('z', 7200), before('a', 3600)];
    expect(chosen(runs)).toBe('b');
    expect(chosen(runs.reverse())).toBe('b');
    expect(chosen([before('run-2'), before('run-1')])).toBe('run-2');
    expect(chosen([before('run-1'), before('run-2')])).toBe('run-2');
  });

  it('may have been made later, where it was completed before this one visits anything', () => {
    const later = before('later', 1).withMetadata({
      name: 'later',
      creationTimestamp: iso(-5),
    });
    const asked = aWorkload()
      .withSpec({ targetUrls: PAGES })
      .withMetadata({ creationTimestamp: iso(-500) });
    expect(chosen([before('earlier', 400), later], asked)).toBe('later');
  });

  it('is not one that was opened again where another has seen the pages since', () => {
    const again = before('again', 10).withStatus({
      evidenceFrom: { ...MONDAYS_EVIDENCE, seenAt: iso(-900) },
    });
    expect(chosen([again, before('since', 300)])).toBe('since');
    expect(chosen([again, before('earlier', 2000)])).toBe('again');
  });

  it('is the one that saw the pages last, however long others waited at their gate', () => {
    const scrape = { name: 'scrape', phase: 'Succeeded', retries: 0 } as const;
    const visited = (name: string, secondsAgo: number, completed: number) =>
      before(name, completed).withStatus({
        steps: [{ ...scrape, startedAt: iso(-secondsAgo) }],
      });
    const monday = visited('monday', 4000, 100);
    const tuesday = visited('tuesday', 3000, 2000);
    const again = before('again', 10).withStatus({
      evidenceFrom: { ...MONDAYS_EVIDENCE, seenAt: iso(-3500) },
    });
    expect(chosen([monday, tuesday])).toBe('tuesday');
    expect(comparableOf(tuesday.build())?.baseline.seenAt).toBe(iso(-3000));
    expect(comparableOf(again.build())?.baseline.seenAt).toBe(iso(-3500));
    expect(chosen([monday, again])).toBe('again');
  });

  it('is one of the same template, also where both are of the cluster', () => {
    const of = (run: Builder, name: string) =>
      run.withSpec({ workflowTemplateRef: { name, clusterScope: true } });
    const asked = () => of(aWorkload().withSpec({ targetUrls: PAGES }), 'mine');
    expect(chosen([of(before(), 'mine')], asked())).toBe('before');
    expect(chosen([of(before(), 'theirs')], asked())).toBeUndefined();
  });

  it.each<[string, (run: Builder) => Builder]>([
    [
      'of another namespace',
      run => run.withMetadata({ namespace: 'strangers' }),
    ],
    [
      'of another namespace in the same series',
      run => inSeries(run, 'weekly', { namespace: 'strangers' }),
    ],
    [
      'of another template',
      run => run.withSpec({ workflowTemplateRef: { name: 'mine' } }),
    ],
    [
      'of a template of the cluster that has the same name',
      run =>
        run.withSpec({
          workflowTemplateRef: {
            name: 'competitor-scrape',
            clusterScope: true,
          },
        }),
    ],
    ['that goes on', run => run.withStatus({ phase: 'Running' })],
    ['that waits', run => run.withStatus({ phase: 'AwaitingApproval' })],
    ['that was denied', run => run.withStatus({ phase: 'Denied' })],
    ['that failed', run => run.withStatus({ phase: 'Failed' })],
    ['that timed out', run => run.withStatus({ phase: 'TimedOut' })],
    ['that was cancelled', run => run.withStatus({ phase: 'Cancelled' })],
    [
      'that is being deleted',
      run => run.withMetadata({ deletionTimestamp: iso(-1) }),
    ],
    ['of other pages', run => run.withSpec({ targetUrls: [PAGES[0]!] })],
    [
      'of these pages and one more',
      run => run.withSpec({ targetUrls: [...PAGES, 'https://b.example/'] }),
    ],
    [
      'that saved no facts',
      run =>
        run.withStatus({ workflowArtifacts: { manifest: PROVEN.manifest } }),
    ],
    [
      'whose manifest has no hash',
      run => {
        const { bucket, key } = PROVEN.manifest;
        return run.withStatus({
          workflowArtifacts: { ...PROVEN, manifest: { bucket, key } },
        });
      },
    ],
    [
      'whose hash is none',
      run =>
        run.withStatus({
          workflowArtifacts: {
            ...PROVEN,
            facts: { ...PROVEN.facts, sha256: 'abc' },
          },
        }),
    ],
    [
      'of which no Workflow is on record',
      run => run.withStatus({ argoWorkflow: undefined }),
    ],
    [
      'of which nobody knows when it ended',
      run => run.withStatus({ finishedAt: undefined }),
    ],
    [
      'that named one it could not be compared with',
      run =>
        run.withStatus({
          unfitBaseline: { name: 'tpyo', unfit: 'There is no such run.' },
        }),
    ],
    ['that is this one', run => run.withMetadata({ name: 'weekly' })],
  ])('is never a run %s', (_what, change) => {
    const asked = inSeries(
      aWorkload().withSpec({ targetUrls: PAGES }),
      'weekly',
    );
    expect(chosen([before()], asked)).toBe('before');
    expect(chosen([change(before())], asked)).toBeUndefined();
    // Nor does it hide one that may be.
    expect(chosen([change(before('no', 60)), before('b', 7200)], asked)).toBe(
      'b',
    );
  });

  it.each([
    ['in another order', [...PAGES].reverse()],
    ['named twice', [...PAGES, PAGES[0]!]],
    [
      'written otherwise',
      [
        'https://ACME.example/pricing/?utm_source=mail#top',
        'https://acme.example:443/plans/',
      ],
    ],
  ])('has the same pages, be they %s', (_what, targetUrls) => {
    expect(chosen([before().withSpec({ targetUrls })])).toBe('before');
  });

  it('is the last of its series, whatever pages and whoever has the same ones', () => {
    const asked = inSeries(
      aWorkload().withSpec({ targetUrls: PAGES }),
      'weekly',
    );
    const ofSeries = inSeries(
      before('of-series', 7200).withSpec({
        targetUrls: ['https://acme.example/old'],
      }),
      'weekly',
    );
    const other = inSeries(before('of-another', 60), 'monthly');
    expect(chosen([ofSeries, other, before('alone', 90)], asked)).toBe(
      'of-series',
    );
  });

  it('is, of the first run of a series, one of the same pages all the same', () => {
    const asked = inSeries(
      aWorkload().withSpec({ targetUrls: PAGES }),
      'weekly',
    );
    expect(chosen([inSeries(before(), 'monthly')], asked)).toBe('before');
  });

  it('is of the same pages where it has no series, or an empty one', () => {
    const runs = [
      inSeries(before('weekly-1', 60), 'weekly'),
      inSeries(before('other', 30), '').withSpec({
        targetUrls: ['https://b.example/'],
      }),
    ];
    expect(chosen(runs)).toBe('weekly-1');
    const empty = inSeries(aWorkload().withSpec({ targetUrls: PAGES }), '');
    expect(chosen(runs, empty)).toBe('weekly-1');
  });
});

describe('what a run of a schedule is compared with', () => {
  const ownedBy = (uid: string, more: object = {}) => ({
    ownerReferences: [
      {
        apiVersion: 'agentworkloads.io/v1alpha1',
        kind: 'AgentWorkloadSchedule',
        name: 'weekly',
        uid,
        controller: true,
        ...more,
      },
    ],
  });
  const name = (given: string) => ({ name: given });
  const asked = () => aWorkload().withMetadata(ownedBy('ours'));
  const owned = (run: string, secondsAgo: number, owner = ownedBy('ours')) =>
    aCompletedRun(run, secondsAgo).withMetadata({ ...name(run), ...owner });

  it('is the last that its schedule made, whatever pages that had', () => {
    const runs = [owned('older', 900), owned('last', 600)];
    const changed = runs.map(run => run.withSpec({ targetUrls: PAGES }));
    expect(chosen([...changed, aCompletedRun('strange', 60)], asked())).toBe(
      'last',
    );
  });

  it.each<[string, Builder]>([
    ['made by hand, of the same pages', aCompletedRun('other')],
    [
      'of a schedule of that name that is gone',
      owned('other', 60, ownedBy('gone')),
    ],
    [
      'that has the label of the schedule',
      aCompletedRun('other').withMetadata({
        labels: { 'agentworkloads.io/schedule': 'weekly' },
      }),
    ],
    [
      'that names the schedule, which does not control it',
      owned('other', 60, ownedBy('ours', { controller: false })),
    ],
  ])('is never one %s', (_what, other) => {
    expect(chosen([other], asked())).toBeUndefined();
  });
});

describe('the runs that may be compared with', () => {
  const asked = aWorkload().withSpec({ targetUrls: PAGES }).build();
  const cached = (run: Builder) => toCachedWorkload(run.build());

  it('are known from when they are completed to when they are deleted', () => {
    const runs = new CompletedRuns();
    const name = () => runs.baselineFor(asked)?.name;
    const going = cached(before().withStatus({ phase: 'Running' }));
    const completed = cached(before());
    runs.saw(undefined, going);
    expect(name()).toBeUndefined();
    runs.saw(going, completed);
    expect(name()).toBe('before');
    runs.saw(undefined, cached(before('earlier', 7200)));
    expect(name()).toBe('before');
    runs.saw(
      completed,
      cached(before().withMetadata({ deletionTimestamp: iso(0) })),
    );
    expect(name()).toBe('earlier');
    runs.saw(cached(before('earlier', 7200)), undefined);
    expect(name()).toBeUndefined();
  });

  it('are no more where another run has taken the name', () => {
    const runs = new CompletedRuns();
    runs.saw(undefined, cached(before()));
    const anew = aWorkload().withMetadata({ name: 'before', uid: 'another' });
    runs.saw(cached(before()), cached(anew));
    expect(runs.baselineFor(asked)).toBeUndefined();
  });

  it('take little room, whatever the size of their specs', () => {
    const targetUrls = Array.from(
      { length: 500 },
      (_, page) => `https://acme.example/${'x'.repeat(100)}/${page}`,
    );
    const held = cached(before().withSpec({ targetUrls }));
    expect(JSON.stringify(held).length).toBeLessThan(1_000);
    expect(held.raw).toBeUndefined();
  });
});
