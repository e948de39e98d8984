import { describe, expect, it } from '@jest/globals';
import { condition, settled } from '../../../test/builders/decisions';
import { observed } from '../../../test/builders/state';
import { at, aWorkload, iso } from '../../../test/builders/workload';
import { aWorkflow } from '../../../test/builders/workflow';
import { ArgoActivity } from '../../workflow/argo-activity';
import type { WorkflowFacts } from '../../workflow/facts';
import { decide } from '../decide';
import type { ObservedState } from '../observed';

const NO_PROGRESS_S = 45;

interface Run {
  name: string;
  madeAt: number;
  /** Seconds from the start at which Argo comes to it; Infinity for never. */
  takenAt: number;
}

interface Outcome {
  /** Name and second of each run that was ended, in order. */
  failed: [string, number][];
  /** What was said of a run last. */
  reasons: Map<string, string | undefined>;
}

const untouched = (run: Run) =>
  aWorkflow()
    .withMetadata({ creationTimestamp: iso(run.madeAt) })
    .facts();
const taken = (run: Run) =>
  aWorkflow()
    .withMetadata({ creationTimestamp: iso(run.madeAt) })
    .atGate()
    .phase('Running', { startedAt: iso(run.takenAt) })
    .facts();

function begun(run: Run): ObservedState {
  const workload = aWorkload()
    .withSpec({ timeouts: { noProgress: `${NO_PROGRESS_S}s` } })
    .started(-run.madeAt)
    .withStatus({
      progressHash: untouched(run).progressHash,
      lastProgressTime: iso(run.madeAt),
    })
    .build();
  const workflow = untouched(run);
  return settled(observed(workload, { workflow }), at(run.madeAt));
}

/** Every run is looked at once a second, and Argo comes to each at its time. */
function play(runs: Run[], seconds: number): Outcome {
  const argo = new ArgoActivity();
  const outcome: Outcome = { failed: [], reasons: new Map() };
  const waiting = new Map<Run, ObservedState>();
  const touch = (run: Run, before: WorkflowFacts) =>
    argo.saw(before, taken(run), at(run.takenAt).getTime());
  for (let second = 0; second <= seconds; second += 1) {
    for (const run of runs) {
      if (run.madeAt === second) waiting.set(run, begun(run));
      if (run.takenAt > second || !waiting.delete(run)) continue;
      touch(run, untouched(run));
    }
    for (const [run, state] of waiting) {
      const decision = decide(
        { ...state, argo: argo.of('agentworkloads') },
        at(second),
      );
      if (decision.type !== 'record') continue;
      const { status } = decision;
      outcome.reasons.set(run.name, condition(status, 'Reconciling'));
      if (status.phase === 'Failed') {
        outcome.failed.push([run.name, second]);
        waiting.delete(run);
      } else {
        waiting.set(run, {
          ...state,
          workload: { ...state.workload, status },
        });
      }
    }
  }
  return outcome;
}

const burst = (count: number, perSecond: number): Run[] =>
  Array.from({ length: count }, (_, index) => ({
    name: `run-${index}`,
    madeAt: 0,
    takenAt: Math.floor(index / perSecond),
  }));

describe('a queue of Argo is no absence', () => {
  it('300 at once, six taken a second, all longer than the limit: none is failed', () => {
    const { failed, reasons } = play(burst(300, 6), 60);
    expect(failed).toEqual([]);
    // Those that waited longer than the limit say why.
    expect(reasons.get('run-299')).toBe('True ArgoQueued');
  });

  it('a controller that is dead takes nothing: all are failed at the limit', () => {
    const dead = burst(3, 6).map(run => ({ ...run, takenAt: Infinity }));
    expect(play(dead, 100).failed).toEqual([
      ['run-0', NO_PROGRESS_S],
      ['run-1', NO_PROGRESS_S],
      ['run-2', NO_PROGRESS_S],
    ]);
  });

  it('a controller that dies among them: the rest is failed once it was silent for the limit', () => {
    const runs = burst(300, 6).map(run =>
      run.takenAt > 30 ? { ...run, takenAt: Infinity } : run,
    );
    const { failed } = play(runs, 100);
    expect(failed).toHaveLength(300 - 31 * 6);
    expect(new Set(failed.map(([, second]) => second))).toEqual(
      new Set([30 + NO_PROGRESS_S]),
    );
  });

  it('a controller that comes back within the limit: none is failed', () => {
    const runs = burst(300, 6).map(run =>
      run.takenAt > 10 ? { ...run, takenAt: run.takenAt + 40 } : run,
    );
    expect(play(runs, 120).failed).toEqual([]);
  });

  it('one that its controller passes by, for its instanceID: failed once it was overtaken', () => {
    const others = Array.from({ length: 100 }, (_, index) => ({
      name: `other-${index}`,
      madeAt: index,
      takenAt: index + 1,
    }));
    const passedBy = { name: 'passed-by', madeAt: 0, takenAt: Infinity };
    const { failed } = play([passedBy, ...others], 100);
    // The first that was made more than the limit later was made at 46 and taken at 47.
    expect(failed).toEqual([['passed-by', NO_PROGRESS_S + 2]]);
  });

  it('Argo in another namespace is no sign of life in this one', () => {
    const argo = new ArgoActivity();
    const elsewhere = { ...aWorkflow().atGate().facts(), namespace: 'other' };
    argo.saw(undefined, elsewhere, at(0).getTime());
    expect(argo.of('agentworkloads')).toBeUndefined();
  });
});

describe('what counts as a touch of Argo', () => {
  const gate = () => aWorkflow().atGate();
  const touchedAt = (
    before: WorkflowFacts | undefined,
    after: WorkflowFacts,
  ) => {
    const argo = new ArgoActivity();
    argo.saw(before, after, at(0).getTime());
    return argo.of('agentworkloads')?.touchedAt;
  };

  it('is what it changes, when we see it', () => {
    const later = gate().step('synthesis', 'Running', { startedAt: iso(-1) });
    expect(touchedAt(gate().facts(), later.facts())).toBe(at(0).getTime());
  });

  it('is its own time, for what was there when we came', () => {
    const old = aWorkflow()
      .phase('Running', { startedAt: iso(-3600) })
      .withMetadata({ creationTimestamp: iso(-3600) });
    expect(touchedAt(undefined, old.facts())).toBe(at(-3600).getTime());
  });

  it('is not that we decide a gate, or that nothing changes', () => {
    const decided = aWorkflow().passedGate().facts();
    expect(touchedAt(gate().facts(), decided)).toBe(0);
    expect(touchedAt(gate().facts(), gate().facts())).toBe(0);
  });
});
