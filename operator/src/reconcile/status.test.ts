import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { applyMergePatch } from '@agentworkloads/kube/testing';
import { aWorkload, at, iso, NOW } from '../../test/builders/workload';
import type { Phase } from '@agentworkloads/api';
import { mergeDiff, nextStatus, sameJson } from './status';

const json = fc.object({
  maxDepth: 3,
  values: [fc.string(), fc.integer(), fc.boolean()],
});

/** Merge patch can't set null, so neither can a status. */
function clean(value: object): Record<string, unknown> {
  return JSON.parse(JSON.stringify(value)) as Record<string, unknown>;
}

describe('the patch from one status to the next', () => {
  it('gives the next when applied to the one, whatever they are', () => {
    fc.assert(
      fc.property(json, json, (a, b) => {
        const [before, after] = [clean(a), clean(b)];
        const patch = mergeDiff(before, after) ?? {};
        return sameJson(applyMergePatch(before, patch), after);
      }),
    );
  });

  it('takes a name that objects have by nature like any other', () => {
    const odd = JSON.parse('{"a":{"__proto__":"x"}}');
    expect(mergeDiff({}, odd)).toEqual(odd);
    expect(sameJson(applyMergePatch({}, mergeDiff({}, odd)), odd)).toBe(true);
  });

  it('is nothing when nothing changed, whatever the order of keys', () => {
    expect(
      mergeDiff({ a: 1, b: [{ c: 2, d: 3 }] }, { b: [{ d: 3, c: 2 }], a: 1 }),
    ).toBe(undefined);
  });

  it('takes out what is gone', () => {
    expect(mergeDiff({ a: 1, b: 2 }, { b: 2 })).toEqual({ a: null });
  });

  it('holds only what changed', () => {
    expect(
      mergeDiff({ a: { x: 1, y: 2 }, b: 3 }, { a: { x: 1, y: 4 }, b: 3 }),
    ).toEqual({ a: { y: 4 } });
  });
});

describe('the next status', () => {
  const change = {
    phase: 'Running',
    reason: 'WorkflowRunning',
    message: 'It runs.',
  } as const;

  it('is the same again when nothing new is said', () => {
    const first = nextStatus(aWorkload().build(), change, NOW);
    const again = nextStatus(
      aWorkload().withStatus(first).build(),
      change,
      at(60),
    );
    expect(again).toEqual(first);
  });

  it('moves the transition time when the status of a condition changes', () => {
    const first = nextStatus(aWorkload().build(), change, NOW);
    const done = nextStatus(
      aWorkload().withStatus(first).build(),
      { phase: 'Completed', reason: 'Completed', message: 'Done.' },
      at(60),
    );
    expect(done.conditions?.map(item => item.lastTransitionTime)).toEqual([
      iso(60),
      iso(60),
    ]);
  });

  it('carries the generation that was seen', () => {
    const workload = aWorkload().withMetadata({ generation: 3 }).build();
    expect(nextStatus(workload, change, NOW)).toMatchObject({
      observedGeneration: 3,
      conditions: [{ observedGeneration: 3 }, { observedGeneration: 3 }],
    });
  });
});

describe('steps of a run that is over', () => {
  const steps = [
    { name: 'scrape', nodeId: 'a', phase: 'Succeeded' as const, retries: 0 },
    { name: 'dom', nodeId: 'b', phase: 'Running' as const, retries: 0 },
    { name: 'gate', nodeId: 'c', phase: 'Pending' as const, retries: 0 },
  ];
  const phases = (phase: Phase, fields: object) => {
    const workload = aWorkload().started().withStatus({ steps }).build();
    const change = { phase, reason: 'Completed', message: '', fields } as const;
    return nextStatus(workload, change, NOW).steps?.map(step => step.phase);
  };

  it.each(['Completed', 'Failed', 'TimedOut', 'Denied', 'Cancelled'] as const)(
    'do not run on in a status that is %s, whoever stopped them',
    phase => {
      const expected = ['Succeeded', 'Failed', 'Omitted'];
      expect(phases(phase, {})).toEqual(expected);
      expect(phases(phase, { steps })).toEqual(expected);
    },
  );

  it("run on while it isn't", () => {
    expect(phases('Running', {})).toEqual(['Succeeded', 'Running', 'Pending']);
  });
});
