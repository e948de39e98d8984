import { describe, expect, it } from '@jest/globals';
import { BASELINE } from '../../test/builders/completed-run';
import { TEMPLATE, TEMPLATE_META } from '../../test/builders/template';
import {
  aTimedOutRun,
  MONDAY,
  MONDAYS_EVIDENCE,
  TEMPLATE_OF_BEFORE,
} from '../../test/builders/timed-out-run';
import {
  aWorkload,
  iso,
  type WorkloadBuilder,
} from '../../test/builders/workload';
import type { Denial } from '@agentworkloads/api';
import { openAgain, whyNotByTemplate, whyTooOld } from './evidence-from';

const ASKED = aWorkload().withSpec({ evidenceFrom: MONDAY }).build();
const judge = (run: WorkloadBuilder, asked = ASKED, from = MONDAY) =>
  openAgain(asked, from, { kind: 'present', value: run.build() }, []);

const gateOf = (run: WorkloadBuilder) => {
  const { gate } = run.build().status ?? {};
  if (!gate) throw new Error('it has a gate');
  return gate;
};

describe('a run whose gate ran out of time', () => {
  it('is opened again with its pages, and with when they were seen', () => {
    expect(judge(aTimedOutRun())).toMatchObject({
      kind: 'fit',
      record: { evidenceFrom: MONDAYS_EVIDENCE },
    });
  });

  it('tells how strict its gate was, and nothing else of it', () => {
    const run = aTimedOutRun();
    const strict = { fourEyes: true, approvals: 3, groups: ['legal'] };
    run.withStatus({ gate: { ...gateOf(run), mode: 'human', ...strict } });
    const again = judge(run);
    expect(again?.kind === 'fit' && again.gate).toEqual({
      mode: 'human',
      ...strict,
    });
  });

  it('is so too where its work took the time that people had', () => {
    const run = aTimedOutRun();
    run.withStatus({ gate: { ...gateOf(run), via: 'deadline' } });
    expect(judge(run)).toMatchObject({ kind: 'fit' });
  });

  it('is compared with what it was compared with, not with what was completed since', () => {
    expect(
      judge(aTimedOutRun().withStatus({ baseline: BASELINE })),
    ).toMatchObject({
      kind: 'fit',
      record: { evidenceFrom: MONDAYS_EVIDENCE, baseline: BASELINE },
    });
    const unfitBaseline = { name: 'tpyo', unfit: 'None such.' };
    expect(judge(aTimedOutRun().withStatus({ unfitBaseline }))).toMatchObject({
      kind: 'fit',
      record: { evidenceFrom: MONDAYS_EVIDENCE, unfitBaseline },
    });
  });

  it('that was opened again itself says who saw the pages, and when', () => {
    const before = {
      ...MONDAYS_EVIDENCE,
      seenIn: 'sunday',
      seenInWorkflow: 'uid-of-sunday',
      seenAt: iso(-99999),
    };
    const again = judge(aTimedOutRun().withStatus({ evidenceFrom: before }));
    expect(again).toMatchObject({
      record: {
        evidenceFrom: {
          name: 'monday',
          seenIn: 'sunday',
          seenInWorkflow: 'uid-of-sunday',
          seenAt: iso(-99999),
        },
      },
    });
  });
});

describe('a run that can not be opened again says why, and what to do', () => {
  const ended = (status: Parameters<WorkloadBuilder['withStatus']>[0]) =>
    aTimedOutRun().withStatus(status);
  const withGate = (gate: object) => {
    const run = aTimedOutRun();
    return run.withStatus({ gate: { ...gateOf(run), ...gate } });
  };
  it.each<[string, WorkloadBuilder]>([
    [
      'is Completed, its report is there. Ask for a new run',
      ended({ phase: 'Completed' }),
    ],
    [
      'was denied by carol; nobody is asked a second time',
      withGate({ decidedBy: 'carol', via: 'person' }).withStatus({
        phase: 'Denied',
      }),
    ],
    [
      'ended as Cancelled, and only a run whose gate',
      ended({ phase: 'Cancelled' }),
    ],
    ['ended as Failed, and only a run whose gate', ended({ phase: 'Failed' })],
    ['has not ended. Decide at its gate', ended({ phase: 'AwaitingApproval' })],
    ['has not ended. Decide at its gate', ended({ phase: undefined })],
    [
      'was approved by carol, and its report took too long',
      withGate({ decision: 'approve', decidedBy: 'carol', via: 'person' }),
    ],
    ['ended before its gate was open', withGate({ evidence: undefined })],
    ['ended before its gate was open', withGate({ via: undefined })],
    [
      'is being deleted',
      aTimedOutRun().withMetadata({ deletionTimestamp: iso(-1) }),
    ],
    [
      'is not the run that was meant: its Workflow is other',
      ended({
        argoWorkflow: {
          name: 'monday-1',
          namespace: 'agentworkloads',
          uid: 'other',
        },
      }),
    ],
    ['its Workflow is not made yet', ended({ argoWorkflow: undefined })],
    [
      'was about other pages. Give spec.targetUrls',
      aTimedOutRun().withSpec({ targetUrls: ['https://other.example/'] }),
    ],
    [
      'was asked for with follow pricing. Set spec.follow',
      aTimedOutRun().withSpec({ follow: 'pricing' }),
    ],
    ['has not the hash of everything', withGate({ evidence: 'f'.repeat(64) })],
    ['has not the hash of everything', ended({ workflowArtifacts: {} })],
  ])('%s', (why, run) => {
    const again = judge(run);
    expect(again?.kind === 'unfit' && again.why).toContain(
      'spec.evidenceFrom names monday, which ',
    );
    expect(again?.kind === 'unfit' && again.why).toContain(why);
  });

  it('where it is not there, can not be read, or is the run that asks', () => {
    const why = (
      asked: typeof ASKED,
      from: typeof MONDAY,
      found: Parameters<typeof openAgain>[2],
    ) => {
      const again = openAgain(asked, from, found, []);
      return again?.kind === 'unfit' ? again.why : again;
    };
    expect(why(ASKED, MONDAY, { kind: 'absent' })).toContain('is not there');
    expect(
      why(ASKED, MONDAY, { kind: 'present', value: { spec: 1 } }),
    ).toContain("can't be read");
    const itself = { ...MONDAY, name: ASKED.metadata.name };
    expect(why(ASKED, itself, { kind: 'absent' })).toContain(
      'is this run itself',
    );
  });

  it('or nothing yet, while it can not be asked for', () => {
    expect(
      openAgain(ASKED, MONDAY, { kind: 'unreadable', cause: '503' }, []),
    ).toBeUndefined();
  });
});

describe('a run that somebody denied in time, and nobody judged before it was over', () => {
  const run = aTimedOutRun();
  const gate = gateOf(run);
  const deadline = Date.parse(gate.deadline ?? '');
  const said = (parts: Partial<Denial> = {}): Denial => ({
    username: 'alice',
    workloadUid: 'uid-of-monday',
    workflowUid: MONDAY.workflowUid,
    nodeId: gate.nodeId ?? '',
    at: new Date(deadline - 1_000).toISOString(),
    ...parts,
  });
  const after = (denial: Denial) =>
    openAgain(ASKED, MONDAY, { kind: 'present', value: run.build() }, [denial]);

  it('is not opened again', () => {
    expect(after(said())).toEqual({
      kind: 'unfit',
      why: expect.stringContaining(
        'alice denied in time, though that could not be judged',
      ),
    });
  });

  it.each<[string, Partial<Denial>]>([
    ['late', { at: new Date(deadline + 1_000).toISOString() }],
    ['of another run of that name', { workloadUid: 'older' }],
    ['of another gate', { nodeId: 'other' }],
    ['of another Workflow', { workflowUid: 'other' }],
  ])('is where the denial is %s', (_what, parts) => {
    expect(after(said(parts))).toMatchObject({ kind: 'fit' });
  });
});

describe('pages', () => {
  const seen = Date.parse(MONDAYS_EVIDENCE.seenAt);
  const after = (seconds: number) =>
    whyTooOld(MONDAYS_EVIDENCE, 3600, new Date(seen + seconds * 1000));

  it('are used for as long as policy lets results be kept, through however many runs', () => {
    expect(after(3600)).toBeUndefined();
    expect(after(3601)).toContain('longer ago than policy lets');
    expect(whyTooOld(MONDAYS_EVIDENCE, undefined, new Date())).toBeUndefined();
  });
});

describe('a template', () => {
  it('must know the parameter, or its run would visit the pages', () => {
    const of = (spec: Record<string, unknown>) =>
      whyNotByTemplate({ ...TEMPLATE_META, spec });
    expect(of(TEMPLATE)).toBeUndefined();
    for (const spec of [
      TEMPLATE_OF_BEFORE,
      {},
      { arguments: { parameters: [null] } },
    ])
      expect(of(spec)).toContain(
        'WorkflowTemplate competitor-scrape has no parameter evidence_from',
      );
  });

  it('must hand it on to a step', () => {
    const listed = {
      arguments: { parameters: [{ name: 'evidence_from', value: '' }] },
      templates: [{ name: 'scrape', container: { args: ['scrape'] } }],
    };
    expect(whyNotByTemplate({ ...TEMPLATE_META, spec: listed })).toContain(
      'hands its parameter evidence_from to no step, so its run would visit',
    );
  });
});
