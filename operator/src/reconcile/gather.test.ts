import { describe, expect, it } from '@jest/globals';
import type { Phase } from '@agentworkloads/api';
import { FakePolicy } from '../../test/fake-policy';
import { aCompletedRun } from '../../test/builders/completed-run';
import { anApproval } from '../../test/builders/approval';
import {
  aWorkload,
  iso,
  NOW,
  WORKFLOW_NAME,
  type WorkloadBuilder,
} from '../../test/builders/workload';
import { aTemplate, storedSpec, TEMPLATE } from '../../test/builders/template';
import { aWorkflow, type WorkflowBuilder } from '../../test/builders/workflow';
import { ApiError, type KubeClient } from '../ports';
import {
  toCachedApproval,
  toCachedWorkflow,
  toCachedWorkload,
  type CachedApproval,
  type CachedWorkload,
} from './cached';
import { gather } from './gather';
import { ALL_LIVE } from './needs';
import type { Sources } from './sources';
import {
  aTimedOutRun,
  MONDAY,
  MONDAYS_EVIDENCE,
} from '../../test/builders/timed-out-run';
import { CompletedRuns } from './baseline';
import { OpenedAgain } from './opened-again';
import { RunningRuns } from './running-runs';

const KEY = 'agentworkloads/weekly';

/** Answers by `plural/name`; what isn't there is 404, an Error is thrown. */
function clientWith(objects: Record<string, unknown>, asked: string[] = []) {
  const client: Pick<KubeClient, 'get'> = {
    async get(kind, _namespace, name) {
      const path = `${kind.plural}/${name}`;
      asked.push(path);
      const found = objects[path];
      if (found instanceof Error) throw found;
      if (!found) {
        throw new ApiError('not found', 404, 'NotFound', undefined, {
          objectName: name,
        });
      }
      return found;
    },
  };
  return client as KubeClient;
}

function sources(
  workload: CachedWorkload | undefined,
  parts: Partial<Sources> = {},
): Sources & { policy: FakePolicy } {
  return {
    workloads: { get: () => workload },
    workflows: { get: () => undefined },
    approvals: { byIndex: () => [] },
    argo: { of: () => undefined },
    client: clientWith({}),
    admission: { factsFor: async () => ({ kind: 'present', since: '' }) },
    refusals: new Map(),
    running: new RunningRuns(() => undefined),
    completed: new CompletedRuns(),
    opened: new OpenedAgain(),
    random: () => '0123456789abcdef',
    bucket: 'bucket',
    workflowDefaults: {},
    ...parts,
    policy: (parts.policy as FakePolicy | undefined) ?? new FakePolicy(),
  };
}

function cached(builder: WorkloadBuilder): CachedWorkload {
  return toCachedWorkload(builder.build());
}

async function stateOf(from: Sources, live = false) {
  const gathered = await gather(from, KEY, NOW, live ? ALL_LIVE : undefined);
  if (gathered.kind !== 'seen') throw new Error(JSON.stringify(gathered));
  return gathered.state;
}

const cachedFrom = (workflow: ReturnType<typeof aWorkflow>) => ({
  get: () => toCachedWorkflow(workflow.raw(), 'bucket'),
});

describe('gathering', () => {
  it('knows a workload that is gone', async () => {
    expect(await gather(sources(undefined), KEY, NOW)).toEqual({
      kind: 'gone',
      orphans: [],
    });
  });

  it('keeps "not there" and "could not be read" apart when it reads live', async () => {
    const client = clientWith({
      'agentworkloads/weekly': new ApiError('HTTP 500', 500, ''),
    });
    expect(
      await gather(sources(undefined, { client }), KEY, NOW, ALL_LIVE),
    ).toEqual({ kind: 'unreadable', cause: 'HTTP 500' });
    expect(await gather(sources(undefined), KEY, NOW, ALL_LIVE)).toEqual({
      kind: 'gone',
      orphans: [],
    });
  });

  it.each([
    ['of the kind', undefined],
    ['of something else', 'agentworkloads.agentworkloads.io'],
  ])('takes a 404 %s for no answer', async (_what, objectName) => {
    const gone = new ApiError('404 page not found', 404, '', undefined, {
      objectName,
    });
    const client = clientWith({
      'agentworkloads/weekly': aWorkload().started().build(),
      [`workflows/${WORKFLOW_NAME}`]: gone,
    });
    const state = await stateOf(sources(undefined, { client }), true);
    expect(state.workflow.kind).toBe('unreadable');
  });

  it('names what is wrong with a spec', async () => {
    const raw = { ...aWorkload().build(), spec: { targetUrls: [] } };
    const gathered = await gather(sources(toCachedWorkload(raw)), KEY, NOW);
    expect(gathered).toMatchObject({
      kind: 'invalid',
      problems: expect.arrayContaining([
        expect.stringContaining('objective'),
        expect.stringContaining('targetUrls'),
      ]),
    });
  });

  it('does not overwrite a status that it cannot read', async () => {
    const raw = { ...aWorkload().build(), status: { phase: 'Dreaming' } };
    expect(
      await gather(sources(toCachedWorkload(raw)), KEY, NOW),
    ).toMatchObject({ kind: 'unreadable' });
  });

  it('asks policy start once, before anything else, and no one else', async () => {
    const asked: string[] = [];
    const from = sources(cached(aWorkload()), {
      client: clientWith({}, asked),
    });
    const state = await stateOf(from);
    expect(state.startPolicy).toMatchObject({
      kind: 'answered',
      revision: 'rev-1',
    });
    expect(from.policy.asked).toHaveLength(1);
    expect(from.policy.asked[0]?.input).toMatchObject({
      workload: { hosts: ['acme.example'], requestedBy: 'bob' },
    });
    // To record what the Workflow will be held to.
    expect(asked).toEqual(['workflowtemplates/competitor-scrape']);
  });

  it.each([
    ['lets it wait', FakePolicy.startAnswer({ wait: ['one goes on'] })],
    ['denies it', FakePolicy.startAnswer({ allow: false, reasons: ['no'] })],
    ['is not there', { kind: 'unavailable', cause: 'away' } as const],
  ])('reads nothing while policy start %s', async (_what, answer) => {
    const asked: string[] = [];
    const policy = new FakePolicy();
    policy.start = answer;
    const client = clientWith({}, asked);
    const state = await stateOf(
      sources(cached(aWorkload()), { client, policy }),
    );
    expect(state.template).toBeUndefined();
    expect(asked).toEqual([]);
  });

  it.each([
    ['lets it wait', FakePolicy.startAnswer({ wait: ['one goes on'] })],
    ['denies it', FakePolicy.startAnswer({ allow: false, reasons: ['no'] })],
    ['is not there', { kind: 'unavailable', cause: 'away' } as const],
  ])('gives its place back when policy %s later', async (_what, answer) => {
    const running = new RunningRuns(() => undefined);
    const policy = new FakePolicy();
    const from = sources(cached(aWorkload()), { policy, running });
    const others = () =>
      running.beside('another', {
        namespace: 'agentworkloads',
        requester: 'bob',
      });
    await stateOf(from);
    expect(others()).toEqual({ requester: 1, namespace: 1 });
    // Its start could not be written, and now the policy says something else.
    policy.start = answer;
    await stateOf(from);
    expect(others()).toEqual({ requester: 0, namespace: 0 });
    policy.start = FakePolicy.startAnswer({});
    await stateOf(from);
    expect(others()).toEqual({ requester: 1, namespace: 1 });
  });

  const ALLOWED_BEFORE = aWorkload()
    .allowed()
    .withStatus({ workflowNames: undefined });
  it.each([
    ['is to start', aWorkload(), 'before'],
    ['was allowed and has no name yet', ALLOWED_BEFORE, 'before'],
    ['has the name of a Workflow', aWorkload().allowed(), undefined],
    ['goes on', aWorkload().started(), undefined],
    ['is over', aWorkload().withStatus({ phase: 'Failed' }), undefined],
  ])(
    'looks for what to compare with while that is not settled: a run that %s',
    async (_what, builder, name) => {
      const completed = new CompletedRuns();
      completed.saw(undefined, cached(aCompletedRun('before')));
      const client = clientWith({ 'agentworkloads/weekly': builder.build() });
      const from = sources(undefined, { client, completed });
      const state = await stateOf(from, true);
      expect(state.earlierRuns?.baseline?.name).toBe(name);
    },
  );

  it('reads the run whose pages are to be used again, and compares with what that was compared with', async () => {
    const completed = new CompletedRuns();
    completed.saw(undefined, cached(aCompletedRun('later', 1)));
    const asked = aWorkload().withSpec({ evidenceFrom: MONDAY });
    const stateWith = (objects: Record<string, unknown>) =>
      stateOf(
        sources(undefined, {
          client: clientWith({
            'agentworkloads/weekly': asked.build(),
            ...objects,
          }),
          completed,
        }),
        true,
      );
    const found = await stateWith({
      'agentworkloads/monday': aTimedOutRun().build(),
    });
    expect(found.earlierRuns).toEqual({ evidenceFrom: MONDAYS_EVIDENCE });
    expect(found.refusedEvidence).toBeUndefined();
    expect(found.gateBefore).toMatchObject({ mode: 'human' });
    const without = await stateWith({});
    expect(without.earlierRuns).toBeUndefined();
    expect(without.refusedEvidence).toContain('monday, which is not there');
  });

  it('refuses pages that another run has at its gate', async () => {
    const opened = new OpenedAgain();
    opened.saw(
      undefined,
      cached(
        aWorkload().withMetadata({ name: 'b', uid: 'uid-of-b' }).withStatus({
          phase: 'AwaitingApproval',
          evidenceFrom: MONDAYS_EVIDENCE,
        }),
      ),
    );
    const client = clientWith({
      'agentworkloads/weekly': aWorkload()
        .withSpec({ evidenceFrom: MONDAY })
        .build(),
      'agentworkloads/monday': aTimedOutRun().build(),
    });
    const found = await stateOf(sources(undefined, { client, opened }), true);
    expect(found.earlierRuns).toBeUndefined();
    expect(found.refusedEvidence).toContain(
      'spec.evidenceFrom names monday, which was opened again as b already',
    );
  });

  it.each<Phase>(['TimedOut', 'Cancelled'])(
    'refuses pages that somebody denied in a run that was opened between, which ended as %s',
    async phase => {
      const opened = new OpenedAgain();
      opened.saw(
        undefined,
        cached(
          aWorkload()
            .withMetadata({ name: 'b', uid: 'uid-of-b' })
            .withStatus({ phase, evidenceFrom: MONDAYS_EVIDENCE }),
        ),
      );
      const denial = toCachedApproval(
        anApproval({
          workloadRef: { name: 'b', uid: 'uid-of-b' },
          decision: 'deny',
        }),
      );
      const client = clientWith({
        'agentworkloads/weekly': aWorkload()
          .withSpec({ evidenceFrom: MONDAY })
          .build(),
        'agentworkloads/monday': aTimedOutRun().build(),
      });
      const askedWith = async (denials: CachedApproval[]) => {
        const approvals = {
          byIndex: (key: string) => (key === 'agentworkloads/b' ? denials : []),
        };
        const from = sources(undefined, { client, opened, approvals });
        return (await stateOf(from, true)).refusedEvidence;
      };
      expect(await askedWith([denial])).toContain(
        'monday, which was opened again as b, and alice denied there',
      );
      expect(await askedWith([])).toBeUndefined();
    },
  );

  const NAMING = (name: string) =>
    aWorkload().withSpec({ baselineRef: { name } });
  const choiceOf = async (named: string, objects: Record<string, unknown>) => {
    const completed = new CompletedRuns();
    completed.saw(undefined, cached(aCompletedRun('later', 1)));
    const asked = NAMING(named);
    const client = clientWith({
      'agentworkloads/weekly': asked.build(),
      ...objects,
    });
    return (await stateOf(sources(undefined, { client, completed }), true))
      .earlierRuns;
  };

  it('takes the run that is named, whichever ended later', async () => {
    const run = aCompletedRun('earlier', 9000).build();
    const chosen = await choiceOf('earlier', { 'agentworkloads/earlier': run });
    expect(chosen?.baseline?.name).toBe('earlier');
    expect(chosen?.unfitBaseline).toBeUndefined();
  });

  it('takes the run that is named, also where that one was compared with none', async () => {
    const run = aCompletedRun('earlier', 9000)
      .withStatus({ unfitBaseline: { name: 'tpyo', unfit: 'None such.' } })
      .build();
    const chosen = await choiceOf('earlier', { 'agentworkloads/earlier': run });
    expect(chosen?.baseline?.name).toBe('earlier');
  });

  it.each<[string, string, object | undefined]>([
    ['earlier, and there is no such run here', 'earlier', undefined],
    ['weekly, which is this run itself', 'weekly', undefined],
    [
      'earlier, which is not Completed',
      'earlier',
      aWorkload().withMetadata({ name: 'earlier' }).started().build(),
    ],
    [
      'earlier, which is not Completed, is being deleted',
      'earlier',
      aCompletedRun('earlier')
        .withMetadata({ deletionTimestamp: iso(0) })
        .build(),
    ],
    [
      'earlier, which is not Completed',
      'earlier',
      aCompletedRun('earlier').withStatus({ phase: 'Denied' }).build(),
    ],
  ])(
    'says why the run that is named can not be compared with: it names %s',
    async (why, named, run) => {
      const chosen = await choiceOf(
        named,
        run ? { [`agentworkloads/${named}`]: run } : {},
      );
      expect(chosen?.baseline).toBeUndefined();
      expect(chosen?.unfitBaseline?.name).toBe(named);
      expect(chosen?.unfitBaseline?.unfit).toContain(
        `spec.baselineRef names ${why}`,
      );
    },
  );

  it('settles nothing while the run that is named can not be read', async () => {
    const away = new ApiError('away', 503, 'ServiceUnavailable');
    expect(
      await choiceOf('earlier', { 'agentworkloads/earlier': away }),
    ).toBeUndefined();
  });

  it.each([
    ['that was allowed', aWorkload().allowed()],
    ['that is cancelled', aWorkload().cancelled()],
    [
      'with a spec that cannot run',
      aWorkload().withSpec({ timeouts: { suspendGate: '1s' } }),
    ],
    ['that is over', aWorkload().withStatus({ phase: 'Failed' })],
    [
      'that is being deleted',
      aWorkload().withMetadata({ deletionTimestamp: '2026-03-02T10:00:00Z' }),
    ],
  ])('asks no policy about a workload %s', async (_what, builder) => {
    const from = sources(cached(builder));
    await gather(from, KEY, NOW);
    expect(from.policy.asked).toEqual([]);
  });

  it.each([
    [
      'the wrong shape',
      { kind: 'answered', revision: 'r', result: { allow: 1 } },
    ],
    ['nothing', { kind: 'answered', revision: 'r', result: null }],
    ['no answer', { kind: 'unavailable', cause: 'away' }],
  ] as const)('takes %s for "unavailable"', async (_what, answer) => {
    const policy = new FakePolicy();
    policy.start = answer;
    const state = await stateOf(sources(cached(aWorkload()), { policy }));
    expect(state.startPolicy?.kind).toBe('unavailable');
  });

  it('confirms by a live read what the cache does not have', async () => {
    const asked: string[] = [];
    const client = clientWith(
      {
        [`workflows/${WORKFLOW_NAME}`]: aWorkflow().raw(),
        'workflowtemplates/competitor-scrape': {},
      },
      asked,
    );
    const state = await stateOf(
      sources(cached(aWorkload().allowed()), { client }),
    );
    expect(state.workflow.kind).toBe('present');
    expect(asked).toEqual([`workflows/${WORKFLOW_NAME}`]);
  });

  it('takes the cache for what it has', async () => {
    const asked: string[] = [];
    const state = await stateOf(
      sources(cached(aWorkload().started()), {
        client: clientWith({}, asked),
        workflows: cachedFrom(aWorkflow()),
      }),
    );
    expect(state.workflow.kind).toBe('present');
    expect(asked).toEqual([]);
  });

  it('passes by the caches when it is to read live', async () => {
    const asked: string[] = [];
    const client = clientWith(
      {
        'agentworkloads/weekly': aWorkload().started().build(),
        [`workflows/${WORKFLOW_NAME}`]: aWorkflow().raw(),
      },
      asked,
    );
    const state = await stateOf(sources(cached(aWorkload()), { client }), true);
    expect(state.workload.status?.phase).toBe('Running');
    expect(asked).toEqual([
      'agentworkloads/weekly',
      `workflows/${WORKFLOW_NAME}`,
    ]);
  });

  it('digests no Workflow twice that is as the cache has it, and reads any other anew', async () => {
    const atGate = aWorkflow().atGate().withMetadata({ resourceVersion: '9' });
    const later = aWorkflow().atGate().withMetadata({ resourceVersion: '10' });
    const namesake = aWorkflow()
      .atGate()
      .withMetadata({ resourceVersion: '9', uid: 'another' });
    const workload = aWorkload().started();
    const held = toCachedWorkflow(atGate.raw(), 'bucket');
    const look = async (there: WorkflowBuilder) => {
      const client = clientWith({
        'agentworkloads/weekly': workload.build(),
        [`workflows/${WORKFLOW_NAME}`]: there.raw(),
      });
      const from = sources(cached(workload), {
        client,
        workflows: { get: () => held },
      });
      const { workflow } = await stateOf(from, true);
      return workflow.kind === 'present' ? workflow.value : undefined;
    };
    expect(await look(atGate)).toBe(held.facts);
    expect(await look(later)).toEqual(held.facts);
    expect(await look(later)).not.toBe(held.facts);
    expect(await look(namesake)).toMatchObject({ uid: 'another' });
  });

  it('says unreadable for a Workflow of no known shape', async () => {
    const state = await stateOf(
      sources(cached(aWorkload().started()), {
        workflows: {
          get: () =>
            toCachedWorkflow(
              { metadata: { name: WORKFLOW_NAME }, status: 'gone' },
              'b',
            ),
        },
      }),
    );
    expect(state.workflow.kind).toBe('unreadable');
  });

  it.each([
    [false, 'workflowtemplates/mine'],
    [true, 'clusterworkflowtemplates/mine'],
  ])(
    'looks for the template (cluster scope %s) before a Workflow is made',
    async (clusterScope, path) => {
      const builder = aWorkload()
        .withSpec({ workflowTemplateRef: { name: 'mine', clusterScope } })
        .allowed();
      const workload = { 'agentworkloads/weekly': builder.build() };
      const look = async (objects: Record<string, unknown>) =>
        stateOf(
          sources(cached(builder), {
            client: clientWith({ ...workload, ...objects }),
          }),
          true,
        );
      const there = await look({ [path]: aTemplate() });
      expect(there.template?.kind).toBe('present');
      expect((await look({})).template?.kind).toBe('absent');
      expect((await look({ [path]: { kind: 'Odd' } })).template?.kind).toBe(
        'unreadable',
      );
      const broken = await look({ [path]: new ApiError('HTTP 500', 500, '') });
      expect(broken.template?.kind).toBe('unreadable');
    },
  );

  it('reads the template no second time before the create is confirmed', async () => {
    const asked: string[] = [];
    const builder = aWorkload().allowed();
    const from = sources(cached(builder), { client: clientWith({}, asked) });
    expect((await stateOf(from)).template).toBeUndefined();
    expect(asked).not.toContain('workflowtemplates/competitor-scrape');
  });

  it('reads the template again only to say what Argo made else of it', async () => {
    const asked: string[] = [];
    const client = clientWith(
      { 'workflowtemplates/competitor-scrape': aTemplate() },
      asked,
    );
    const builder = aWorkload().started();
    const look = (workflow: WorkflowBuilder) =>
      stateOf(
        sources(cached(builder), { client, workflows: cachedFrom(workflow) }),
      );
    expect((await look(aWorkflow().atGate())).template).toBeUndefined();
    const edited = storedSpec({}, { ...TEMPLATE, onExit: 'send' });
    const other = aWorkflow()
      .atGate()
      .withStatus({ storedWorkflowTemplateSpec: edited });
    expect((await look(other)).template?.kind).toBe('present');
  });

  it('asks policy gate with what the run found, and never its text', async () => {
    const from = sources(cached(aWorkload().started()), {
      workflows: cachedFrom(aWorkflow().atGate()),
    });
    const state = await stateOf(from);
    expect(state.gatePolicy?.kind).toBe('answered');
    expect(from.policy.asked[0]?.input).toMatchObject({
      gate: { mode: 'human', fourEyes: false },
      summary: { pages: 3, facts: 12 },
      elapsedSeconds: 60,
      artifacts: [
        { name: 'manifest', size: null },
        { name: 'shots', size: null },
        { name: 'facts', size: null },
      ],
    });
  });

  it.each([
    ['before the gate waits', aWorkload().started(), aWorkflow().evidence()],
    ['once it has answered', aWorkload().waiting(), aWorkflow().atGate()],
    [
      'once the gate is decided',
      aWorkload().waiting({ decision: 'approve' }).withStatus({ policy: {} }),
      aWorkflow().atGate(),
    ],
  ])('asks policy gate nothing %s', async (_what, builder, workflow) => {
    const from = sources(cached(builder), { workflows: cachedFrom(workflow) });
    await stateOf(from);
    expect(from.policy.asked).toEqual([]);
  });

  it('looks at admission only when there is an approval to judge', async () => {
    const asked: string[] = [];
    const parts = {
      client: clientWith({}, asked),
      workflows: cachedFrom(aWorkflow().atGate()),
    };
    const none = await stateOf(sources(cached(aWorkload().waiting()), parts));
    expect(none.admission).toEqual({ kind: 'unasked' });
    expect(asked).toEqual([]);
    const made = [iso(0), iso(5), iso(-5)].map((creationTimestamp, index) =>
      toCachedApproval(anApproval({}, { creationTimestamp, uid: `a${index}` })),
    );
    const proven: unknown[] = [];
    const some = await stateOf(
      sources(cached(aWorkload().waiting()), {
        ...parts,
        approvals: { byIndex: () => made },
        admission: {
          factsFor: async (namespace, madeAt) => {
            proven.push(namespace, iso((madeAt - NOW.getTime()) / 1000));
            return { kind: 'missing', problems: ['x'] };
          },
        },
      }),
    );
    expect(some.admission.kind).toBe('missing');
    expect(proven).toEqual(['agentworkloads', iso(5)]);
    expect(some.approvals).toHaveLength(3);
  });

  it('passes over approvals that are none', async () => {
    const state = await stateOf(
      sources(cached(aWorkload().waiting()), {
        workflows: cachedFrom(aWorkflow().atGate()),
        approvals: {
          byIndex: () => [toCachedApproval({ metadata: { name: 'x' } })],
        },
      }),
    );
    expect(state.approvals).toEqual([]);
  });
});

describe('the approval that decided', () => {
  const PATH = 'agentapprovals/alice-says';
  const decided = aWorkload().waiting({
    decision: 'approve',
    via: 'person',
    decidedBy: 'alice',
    approvalName: 'alice-says',
    approvalUid: 'a1',
  });
  const seen = toCachedApproval(anApproval());

  async function decidedBy(
    answer: unknown,
    parts: {
      inCache?: boolean;
      live?: boolean;
      workflow?: ReturnType<typeof aWorkflow>;
    } = {},
  ) {
    const { inCache = false, live = false } = parts;
    const workflow = parts.workflow ?? aWorkflow().atGate();
    const asked: string[] = [];
    const objects = {
      'agentworkloads/weekly': decided.build(),
      [`workflows/${WORKFLOW_NAME}`]: workflow.raw(),
      ...(answer === undefined ? {} : { [PATH]: answer }),
    };
    const from = sources(cached(decided), {
      client: clientWith(objects, asked),
      approvals: { byIndex: () => (inCache ? [seen] : []) },
      workflows: cachedFrom(workflow),
    });
    const { decidedBy: found } = await stateOf(from, live);
    return {
      found: found[0] ?? { kind: 'unasked' as const },
      isAsked: asked.includes(PATH),
    };
  }

  it('is taken from the cache, and read live before it is used', async () => {
    const cachedOne = await decidedBy(anApproval(), { inCache: true });
    expect(cachedOne.isAsked).toBe(false);
    expect(cachedOne.found.kind).toBe('present');
    const live = await decidedBy(anApproval({ comment: 'live' }), {
      inCache: true,
      live: true,
    });
    expect(live.isAsked).toBe(true);
    expect(live.found).toMatchObject({ value: { spec: { comment: 'live' } } });
  });

  it.each([
    ['was deleted', undefined, 'absent'],
    ['no longer reads as one', { metadata: { name: 'x' } }, 'absent'],
    ['can not be read', new ApiError('HTTP 500', 500, ''), 'unreadable'],
  ])('that %s is not the one in the cache', async (_what, answer, kind) => {
    const { found } = await decidedBy(answer, { inCache: true, live: true });
    expect(found.kind).toBe(kind);
  });

  it('that the cache lacks is looked for', async () => {
    expect((await decidedBy(anApproval())).found.kind).toBe('present');
    expect((await decidedBy(undefined)).found.kind).toBe('absent');
  });

  it('is not asked for once the gate has passed', async () => {
    const workflow = aWorkflow().passedGate();
    expect((await decidedBy(undefined, { workflow })).isAsked).toBe(false);
  });
});

describe('a run that is over', () => {
  const over = () => aWorkload().started().withStatus({ phase: 'Cancelled' });
  const restOf = async (parts: Partial<Sources>) => {
    const asked: string[] = [];
    const client = clientWith(
      {
        'agentworkloads/weekly': over().build(),
        [`workflows/${WORKFLOW_NAME}`]: aWorkflow().atGate().raw(),
      },
      asked,
    );
    const gathered = await gather(
      sources(cached(over()), { client, ...parts }),
      KEY,
      NOW,
    );
    return { kind: gathered.kind, asked };
  };
  const approvals = (...from: Parameters<typeof anApproval>) => ({
    byIndex: () => [toCachedApproval(anApproval(...from))],
  });

  it('is left in peace, without a request', async () => {
    expect(await restOf({})).toEqual({ kind: 'resting', asked: [] });
    expect(
      await restOf({ workflows: cachedFrom(aWorkflow().completed()) }),
    ).toEqual({ kind: 'resting', asked: [] });
  });

  it.each<[string, Partial<Sources>]>([
    ['its Workflow runs on', { workflows: cachedFrom(aWorkflow().atGate()) }],
    ['an approval has no answer', { approvals: approvals() }],
    ['an approval is not tied to it', { approvals: approvals({}, {}, 'True') }],
  ])('is read live while %s', async (_what, parts) => {
    expect(await restOf(parts)).toEqual({
      kind: 'seen',
      asked: ['agentworkloads/weekly', `workflows/${WORKFLOW_NAME}`],
    });
  });
});

describe('what the cache holds without its bulk', () => {
  it('is read live: a workload there was no room for', async () => {
    const whole = aWorkload().waiting().build();
    const { metadata } = toCachedWorkload(whole);
    const client = clientWith({ 'agentworkloads/weekly': whole });
    const state = await stateOf(
      sources(
        { metadata },
        { client, workflows: cachedFrom(aWorkflow().atGate()) },
      ),
    );
    expect(state.workload.spec).toEqual(whole.spec);
  });

  it('is read live: a Workflow whose end is to be recorded', async () => {
    const client = clientWith({
      [`workflows/${WORKFLOW_NAME}`]: aWorkflow().completed().raw(),
    });
    const state = await stateOf(
      sources(cached(aWorkload().waiting()), {
        client,
        workflows: cachedFrom(aWorkflow().completed()),
      }),
    );
    expect(state.workflow).toMatchObject({
      kind: 'present',
      value: { phase: 'Succeeded' },
    });
  });
});
