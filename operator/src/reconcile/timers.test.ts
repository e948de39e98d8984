import { describe, expect, it } from '@jest/globals';
import {
  LONGEST_BACKOFF_MS,
  type AgentWorkloadStatus,
} from '@agentworkloads/api';
import { at, aWorkload, iso } from '../../test/builders/workload';
import { aWorkflow } from '../../test/builders/workflow';
import type { WorkflowFacts } from '../workflow/facts';
import {
  endsDue,
  executionEnd,
  expiryOf,
  gateEnd,
  isClockRunning,
  isExecutionOver,
  lastProgress,
  noProgressEnd,
  settleEnd,
  silenceEnd,
  untilNextLook,
} from './timers';

const ms = (seconds: number) => at(seconds).getTime();
/** A Workflow that does nothing, and may be waited for: made and last changed at NOW. */
const idle = (facts: Partial<WorkflowFacts> = {}): WorkflowFacts => ({
  ...aWorkflow().facts(),
  createdAt: iso(0),
  lastChangeAt: iso(0),
  progressHash: 'now',
  busy: false,
  gates: [],
  ...facts,
});
const gate = (phase: string) => ({ phase } as WorkflowFacts['gates'][number]);

describe('the last progress of a Workflow that no controller has touched', () => {
  const workload = aWorkload().started(0).build();
  const untouched = (createdAt: string) =>
    idle({ createdAt, lastChangeAt: '' });

  it('is its creation, so that Argo has the whole limit', () => {
    expect(lastProgress(workload, untouched(iso(0)), at(1))).toBe(ms(0));
  });

  it('leaves half of the limit to one that was made while the operator was away', () => {
    expect(lastProgress(workload, untouched(iso(-3600)), at(0))).toBe(ms(-150));
  });
});

describe('the last progress of one that Argo works on', () => {
  const known = (seconds: number) =>
    aWorkload()
      .started()
      .withStatus({ progressHash: 'now', lastProgressTime: iso(seconds) })
      .build();

  it('is the recorded one while nothing has changed, however long ago', () => {
    expect(lastProgress(known(-3600), idle(), at(0))).toBe(ms(-3600));
  });

  it('is the newest time that anybody wrote, once something has', () => {
    const facts = idle({ progressHash: 'later', lastChangeAt: iso(-20) });
    expect(
      lastProgress(known(-100), { ...facts, createdAt: iso(-60) }, at(0)),
    ).toBe(ms(-20));
    expect(
      lastProgress(known(-10), { ...facts, createdAt: iso(-60) }, at(0)),
    ).toBe(ms(-10));
  });

  it('is never later than now, whatever another clock says', () => {
    expect(lastProgress(known(0), idle({ progressHash: 'x' }), at(-30))).toBe(
      ms(-30),
    );
  });
});

describe('the end of execution', () => {
  it('is two hours after the Workflow was made, to the second', () => {
    const workload = aWorkload().started(60).build();
    expect(executionEnd(workload)).toBe(ms(7200 - 60));
    expect(isExecutionOver(workload, at(7139))).toBe(false);
    expect(isExecutionOver(workload, at(7140))).toBe(true);
  });

  it('comes later by the time that people had the gate', () => {
    const decided = {
      decision: 'approve' as const,
      openedAt: iso(-600),
      decidedAt: iso(3000),
    };
    const workload = aWorkload().waiting(decided).build();
    const started = Date.parse(workload.status!.argoWorkflow!.startedAt!);
    expect(executionEnd(workload)).toBe(started + 7_200_000 + 3_600_000);
  });

  it('comes, of a gate that waits, after all that it may take', () => {
    const workload = aWorkload().waiting().build();
    const { openedAt, deadline } = workload.status!.gate!;
    const started = Date.parse(workload.status!.argoWorkflow!.startedAt!);
    const open = Date.parse(deadline!) - Date.parse(openedAt!);
    expect(open).toBeGreaterThan(0);
    expect(executionEnd(workload)).toBe(started + 7_200_000 + open);
  });

  it('is not moved by a gate without times', () => {
    const workload = aWorkload().waiting({ openedAt: undefined }).build();
    const started = Date.parse(workload.status!.argoWorkflow!.startedAt!);
    expect(executionEnd(workload)).toBe(started + 7_200_000);
  });

  it('does not come where nothing was made', () => {
    for (const workload of [
      aWorkload().build(),
      aWorkload().allowed().build(),
    ]) {
      expect(executionEnd(workload)).toBeUndefined();
      expect(isExecutionOver(workload, at(1e6))).toBe(false);
    }
  });
});

describe('the end of the gate', () => {
  it('is its deadline and two seconds, for an approval may be on its way', () => {
    expect(gateEnd(aWorkload().waiting().build())).toBe(ms(1202));
  });

  it.each([
    ['no status', aWorkload().build()],
    ['no open gate', aWorkload().started().build()],
    ['no deadline', aWorkload().waiting({ deadline: undefined }).build()],
    ['no node', aWorkload().waiting({ nodeId: undefined }).build()],
    ['a decision', aWorkload().waiting({ decision: 'approve' }).build()],
  ])('does not come with %s', (_what, workload) => {
    expect(gateEnd(workload)).toBeUndefined();
  });
});

describe('when a run may be deleted', () => {
  const DAY = 24 * 3600;
  const policy = {
    start: { decision: 'allow', reasons: [], revision: 'r1' },
  } as AgentWorkloadStatus['policy'];
  const turned = (type: string, seconds: number) => ({
    type,
    status: 'False' as const,
    lastTransitionTime: iso(seconds),
    reason: 'R',
    message: '',
  });

  it('is counted from its end', () => {
    expect(
      expiryOf({ phase: 'Completed', finishedAt: iso(10), policy }, '1d'),
    ).toBe(ms(DAY + 10));
  });

  it('is counted from the moment Ready turned, where no end was recorded', () => {
    const conditions = [turned('Accepted', 5), turned('Ready', 20)];
    expect(expiryOf({ phase: 'Failed', conditions, policy }, '1d')).toBe(
      ms(DAY + 20),
    );
  });

  it.each([
    ['there is no status', undefined],
    ['it goes on', { phase: 'Running', finishedAt: iso(0), policy }],
    ['nothing says when it ended', { phase: 'Failed', policy }],
    [
      'only another condition has a time',
      { phase: 'Failed', conditions: [turned('Accepted', 5)], policy },
    ],
  ] as [string, Parameters<typeof expiryOf>[0]][])(
    'is not known while %s',
    (_what, status) => {
      expect(expiryOf(status, '1d')).toBeUndefined();
    },
  );

  it('is looked at again then, or in six hours', () => {
    expect(untilNextLook(ms(60), at(0))).toBe(60_000);
    expect(untilNextLook(ms(7 * DAY), at(0))).toBe(6 * 3_600_000);
  });
});

describe('the clock of silence', () => {
  it.each([
    ['nothing happens', {}, true],
    ['a gate has ended', { gates: [gate('Succeeded')] }, true],
    ['a gate waits', { gates: [gate('Succeeded'), gate('Running')] }, false],
    ['something works', { busy: true }, false],
    ['it is over', { finished: true }, false],
    ['nobody can read it', { unreadable: 'compressed' }, false],
  ] as [string, Partial<WorkflowFacts>, boolean][])(
    'while %s: runs %j %s',
    (_what, facts, runs) => {
      const workload = aWorkload().started().build();
      expect(isClockRunning(idle(facts))).toBe(runs);
      expect(silenceEnd(workload, idle(facts), at(0))).toBe(
        runs ? ms(300) : undefined,
      );
    },
  );

  it('leaves the template’s longest wait to a step that backs off', () => {
    const workload = aWorkload().started().build();
    const end = (facts: Partial<WorkflowFacts>) =>
      silenceEnd(workload, idle(facts), at(0));
    expect(end({ backingOff: true, longestBackoffMs: 7_000 })).toBe(ms(307));
    expect(end({ backingOff: false, longestBackoffMs: 7_000 })).toBe(ms(300));
    expect(end({ backingOff: true, longestBackoffMs: undefined })).toBe(
      ms(300) + 2 * LONGEST_BACKOFF_MS,
    );
  });
});

describe('absence', () => {
  const workload = aWorkload().started().build();
  const end = (touchedAt: number, youngest: number) =>
    noProgressEnd(
      workload,
      idle(),
      { touchedAt: ms(touchedAt), youngest: ms(youngest) },
      at(0),
    );

  it('is silence where nothing else is known of Argo', () => {
    expect(noProgressEnd(workload, idle(), undefined, at(0))).toBe(ms(300));
  });

  it('waits while Argo works on others, the limit after it last did', () => {
    expect(end(100, 0)).toBe(ms(400));
    expect(end(-100, 0)).toBe(ms(300));
  });

  it('is silence again once Argo came to one that was made the limit later', () => {
    expect(end(100, 300)).toBe(ms(400));
    expect(end(100, 301)).toBe(ms(300));
  });

  it('does not come while the clock stands still', () => {
    expect(
      noProgressEnd(workload, idle({ busy: true }), undefined, at(0)),
    ).toBeUndefined();
  });
});

describe('what has to be written', () => {
  const unwritten = aWorkload().started().build();

  it('is a silent change, after a minute or a third of a shorter limit', () => {
    expect(settleEnd(unwritten, idle(), at(0))).toBe(ms(60));
    const hasty = aWorkload()
      .withSpec({
        timeouts: { execution: '2h', suspendGate: '30m', noProgress: '90s' },
      })
      .started()
      .build();
    expect(settleEnd(hasty, idle(), at(0))).toBe(ms(30));
  });

  it('is no change that is known, nor one while something works', () => {
    const known = aWorkload()
      .started()
      .withStatus({ progressHash: 'now' })
      .build();
    expect(settleEnd(known, idle(), at(0))).toBeUndefined();
    expect(settleEnd(unwritten, idle({ busy: true }), at(0))).toBeUndefined();
  });

  const ended = (name: string, finishedAt?: string) =>
    ({
      name,
      phase: 'Succeeded',
      finishedAt,
      nodeId: name,
    } as WorkflowFacts['steps'][number]);

  it('is the end of a step, with ten seconds for company before the gate', () => {
    const steps = [ended('dom', iso(-3)), ended('scrape', iso(-5))];
    expect(endsDue(unwritten, idle({ steps }), at(0))).toBe(ms(5));
    expect(endsDue(aWorkload().waiting().build(), idle({ steps }), at(0))).toBe(
      ms(0),
    );
  });

  it('is at once what ended by a clock that is ahead', () => {
    const steps = [ended('scrape', iso(5))];
    expect(endsDue(unwritten, idle({ steps }), at(0))).toBe(ms(0));
  });

  it.each([
    ['no step', []],
    ['one that still runs', [{ ...ended('scrape'), phase: 'Running' }]],
    ['one that is known', [ended('known', iso(0))]],
    ['the gate', [ended('gate', iso(0))]],
  ] as [string, WorkflowFacts['steps']][])(
    'is nothing of %s',
    (_what, steps) => {
      const workload = aWorkload()
        .started()
        .withStatus({ steps: [ended('known')] })
        .build();
      const gates = [{ ...gate('Succeeded'), nodeId: 'gate' }];
      expect(endsDue(workload, idle({ steps, gates }), at(0))).toBeUndefined();
    },
  );
});
