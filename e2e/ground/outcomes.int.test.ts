import type { Manifest } from '@agentworkloads/api';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Ground } from '../harness/ground';
import { KubeError } from '../harness/kube';
import { ALICE, BOB, eventually, example, Run } from '../harness/runs';

/** One ground for all: the runs go on side by side. */
describe('the outcomes of a run on one machine', () => {
  let ground: Ground;

  beforeAll(async () => {
    ground = await Ground.start('outcomes');
  }, 120_000);
  afterAll(async () => {
    await ground?.stop();
  }, 60_000);

  const start = (file: string, options?: Parameters<typeof Run.start>[2]) =>
    Run.start(ground.kube, file, options);
  const refusal = (attempt: Promise<unknown>) =>
    attempt.then(
      () => ({ code: 201, message: 'accepted' }),
      (error: KubeError) => ({ code: error.code, message: error.message }),
    );

  it('completes once a person approves, with a report whose every fact is proven', async () => {
    const run = await start('competitor-scrape');
    const waiting = await run.until('AwaitingApproval');
    expect(waiting.status?.gate).toMatchObject({
      mode: 'human',
      nodeId: expect.any(String),
    });
    expect(await run.stepRan('synthesis')).toBe(false);

    await run.decide('approve', ALICE, 'prices match');
    const done = await run.until('Completed');
    expect(done.status?.gate).toMatchObject({
      decision: 'approve',
      decidedBy: 'alice',
      comment: 'prices match',
      via: 'person',
    });
    expect(Object.keys(done.status?.workflowArtifacts ?? {}).sort()).toEqual(
      [
        'changes',
        'facts',
        'manifest',
        'prices-csv',
        'report-html',
        'report-json',
        'report-md',
        'shots',
      ].sort(),
    );

    const report = await run.report(ground);
    expect(report.pages).toHaveLength(6);
    expect(report.notObserved).toEqual([]);
    expect(await ground.unproven(report)).toEqual([]);
    expect(
      report.facts.filter(fact => fact.kind === 'price').length,
    ).toBeGreaterThan(5);

    const workflow = await run.workflow();
    expect(workflow?.metadata.ownerReferences).toEqual([
      expect.objectContaining({
        kind: 'AgentWorkload',
        uid: done.metadata.uid,
        controller: true,
      }),
    ]);
  });

  it('is Denied by a person with a comment, and the report is never written', async () => {
    const run = await start('deny-at-gate');
    await run.until('AwaitingApproval');
    const silent = await refusal(run.decide('deny', ALICE, ' '));
    expect(silent).toMatchObject({
      code: 422,
      message: expect.stringContaining('say why'),
    });

    await run.decide('deny', ALICE, 'not this week');
    const ended = await run.until('Denied');
    expect(ended.status?.gate).toMatchObject({
      decision: 'deny',
      decidedBy: 'alice',
      comment: 'not this week',
    });
    expect(await run.stepRan('synthesis')).toBe(false);
    expect(ended.status?.workflowArtifacts?.['report-json']).toBeUndefined();
  });

  it('is TimedOut when nobody decides in time, and opened again on what it saw', async () => {
    const run = await start('gate-timeout', {
      spec: { timeouts: { suspendGate: '10s' } },
    });
    await run.until('AwaitingApproval');
    const ended = await run.until('TimedOut');
    expect(ended.status?.gate).toMatchObject({
      decision: 'deny',
      via: 'timeout',
    });
    expect(await run.stepRan('synthesis')).toBe(false);
    const late = await run.decide('approve', ALICE, 'too late');
    await eventually('the late approval to be refused', async () => {
      const approval = await ground.kube.get(
        'agentapprovals',
        late.metadata.name,
      );
      const conditions = (approval.status?.conditions ?? []) as {
        type: string;
        status: string;
      }[];
      return conditions.some(
        one => one.type === 'Accepted' && one.status === 'False',
      );
    });
    expect((await run.workload()).status?.phase).toBe('TimedOut');

    // Opened again: nothing is visited, people are asked anew, and the report says when the pages were seen.
    const seen = {
      name: run.name,
      workflowUid: ended.status?.argoWorkflow?.uid,
    };
    const again = await start('gate-timeout', {
      spec: { evidenceFrom: seen, timeouts: { suspendGate: '10m' } },
    });
    const waiting = await again.until('AwaitingApproval');
    expect(waiting.status?.evidenceFrom).toMatchObject({
      ...seen,
      seenIn: run.name,
      seenAt: ended.status?.steps?.find(({ name }) => name === 'scrape')
        ?.startedAt,
    });
    expect(waiting.status?.gate?.evidence).not.toBe(
      ended.status?.gate?.evidence,
    );
    expect(waiting.status?.policy?.gate?.reasons).toContainEqual(
      expect.stringContaining(
        `for run ${run.name}, whose gate ran out of time`,
      ),
    );
    await again.decide('approve', ALICE, 'still so');
    await again.until('Completed');
    const report = await again.report(ground);
    expect(report.reused).toEqual({
      run: run.name,
      seenAt: waiting.status?.evidenceFrom?.seenAt,
    });
    expect(await ground.unproven(report)).toEqual([]);
    const visited = await ground.json<Manifest>(
      ended.status!.workflowArtifacts!.manifest!,
    );
    expect(report.pages.map(({ fetchedAt }) => fetchedAt)).toEqual(
      visited.pages.map(({ fetchedAt }) => fetchedAt),
    );
    const twice = await start('gate-timeout', {
      spec: { evidenceFrom: { ...seen, name: again.name } },
    });
    expect((await twice.until('Failed')).status?.message).toContain(
      `spec.evidenceFrom names ${again.name}, which is not the run that was meant`,
    );
  }, 120_000);

  it('waits longer where a person leaves more time, but no longer than policy lets it', async () => {
    const run = await start('gate-timeout', {
      spec: { timeouts: { suspendGate: '15s' } },
    });
    const { gate } = (await run.until('AwaitingApproval')).status!;
    const end = Date.parse(gate!.deadline!);
    const after = (ms: number) =>
      new Date(end + ms).toISOString().replace(/\.\d+Z$/, 'Z');
    const never = await run.extend(after(15 * 86_400_000));
    await run.extend(after(3_600_000));
    await eventually('the time of before to be over', async () =>
      Promise.resolve(Date.now() > end + 4_000),
    );
    const waits = await run.workload();
    expect(waits.status).toMatchObject({
      phase: 'AwaitingApproval',
      gate: {
        deadline: after(3_600_000),
        extensions: [{ by: 'alice', until: after(3_600_000) }],
      },
    });
    const { status } = await ground.kube.get(
      'agentapprovals',
      never.metadata.name,
    );
    expect(JSON.stringify(status)).toContain('ExtensionRefused');
    await run.decide('approve');
    await run.until('Completed');
  });

  it('is TimedOut when it works longer than it may', async () => {
    const run = await start('execution-timeout');
    await run.until('TimedOut');
    expect(await run.stepRan('synthesis')).toBe(false);
  });

  it('is Cancelled at the gate, and cancel cannot be taken back', async () => {
    const run = await start('cancel');
    await run.until('AwaitingApproval');
    await ground.kube.mergePatch('agentworkloads', run.name, {
      spec: { cancel: true },
    });
    await run.until('Cancelled');
    expect(await run.stepRan('synthesis')).toBe(false);
    const back = await refusal(
      ground.kube.mergePatch('agentworkloads', run.name, {
        spec: { cancel: false },
      }),
    );
    expect(back).toMatchObject({
      code: 422,
      message: expect.stringContaining("can't be taken back"),
    });
  });

  it('is Cancelled while it scrapes', async () => {
    const run = await start('cancel');
    await run.until('Running');
    await ground.kube.mergePatch('agentworkloads', run.name, {
      spec: { cancel: true },
    });
    const ended = await run.until('Cancelled');
    expect(
      ended.status?.steps?.find(step => step.name === 'synthesis')?.phase ??
        'Omitted',
    ).not.toBe('Succeeded');
  });

  it.each(['denied-host', 'denied-template'])(
    'is PolicyDenied before a Workflow exists: %s',
    async file => {
      const run = await start(file);
      const ended = await run.until('PolicyDenied');
      expect(ended.status?.policy?.start?.reasons.join(' ')).not.toBe('');
      expect(await run.workflow()).toBeUndefined();
    },
  );

  it('has a report that says why when no page can be observed', async () => {
    const run = await start('all-pages-failing');
    await run.until('AwaitingApproval');
    await run.decide('approve');
    await run.until('Completed');
    const report = await run.report(ground);
    expect(report.facts).toEqual([]);
    expect(report.notObserved.map(({ reason }) => reason)).toEqual([
      'HTTP_ERROR',
      'HTTP_ERROR',
    ]);
  });

  it.each([
    [
      'a page that is not there',
      'some-pages-failing',
      'http://tidepool.localhost:4180/not-there',
      'HTTP_ERROR',
    ],
    [
      'a private address, which is never visited',
      'private-address',
      'http://10.0.0.1/',
      'EGRESS_BLOCKED',
    ],
  ])(
    'completes and says what was not observed: %s',
    async (_, file, url, reason) => {
      const run = await start(file);
      await run.until('AwaitingApproval');
      await run.decide('approve');
      await run.until('Completed');
      const report = await run.report(ground);
      expect(report.notObserved).toEqual([
        expect.objectContaining({ url, reason }),
      ]);
    },
  );

  it('passes a clean run without a person in mode policy', async () => {
    const run = await start('policy-gate');
    const done = await run.until('Completed');
    expect(done.status?.gate).toMatchObject({
      decision: 'approve',
      via: 'policy',
    });
    expect(done.status?.policy?.gate).toMatchObject({ decision: 'allow' });
  });

  it('gives the approval of the requester no effect under four eyes, and that of another person its effect', async () => {
    const both = { user: 'bob', groups: [...BOB.groups!, ...ALICE.groups!] };
    const run = await start('four-eyes', { as: BOB });
    await run.until('AwaitingApproval');
    const own = await run.decide('approve', both, 'mine');
    await eventually('the refusal of the own approval', async () => {
      const approval = await ground.kube.get(
        'agentapprovals',
        own.metadata.name,
      );
      const conditions = (approval.status?.conditions ?? []) as {
        type: string;
        status: string;
        reason: string;
      }[];
      return conditions.find(
        one =>
          one.type === 'Accepted' &&
          one.status === 'False' &&
          one.reason === 'ApproverIsRequester',
      );
    });
    expect((await run.workload()).status?.phase).toBe('AwaitingApproval');
    expect(await run.eventReasons()).toContain('ApproverIsRequester');
    await run.decide('approve');
    const done = await run.until('Completed');
    expect(done.status?.gate?.decidedBy).toBe('alice');
  });

  it('takes exactly one of two decisions made at once', async () => {
    const run = await start('competitor-scrape', {
      spec: { targetUrls: ['http://tidepool.localhost:4180/pricing'] },
    });
    await run.until('AwaitingApproval');
    await Promise.all([
      run.decide('approve', ALICE, 'yes'),
      run.decide('deny', { ...ALICE, user: 'carol' }, 'no'),
    ]);
    const ended = await eventually('an end', async () => {
      const workload = await run.workload();
      return (
        ['Completed', 'Denied'].includes(workload.status?.phase ?? '') &&
        workload
      );
    });
    const { decision, decidedBy } = ended.status!.gate!;
    expect([ended.status!.phase, decision, decidedBy]).toEqual(
      decision === 'approve'
        ? ['Completed', 'approve', 'alice']
        : ['Denied', 'deny', 'carol'],
    );
  });

  it('gives an approval for another run no effect', async () => {
    const run = await start('competitor-scrape', {
      spec: { targetUrls: ['http://tidepool.localhost:4180/pricing'] },
    });
    await run.until('AwaitingApproval');
    const approval = (await run.approval('approve', ALICE, 'old')) as {
      spec: { gate: object };
    };
    approval.spec.gate = {
      ...approval.spec.gate,
      workflowUid: '00000000-0000-0000-0000-000000000000',
    };
    const made = await ground.kube.create('agentapprovals', approval, ALICE);
    await eventually('its refusal', async () => {
      const { status } = await ground.kube.get(
        'agentapprovals',
        made.metadata.name,
      );
      return ((status?.conditions ?? []) as { reason: string }[]).some(
        one => one.reason === 'ApprovalOfOtherGate',
      );
    });
    expect((await run.workload()).status?.phase).toBe('AwaitingApproval');
    await ground.kube.mergePatch('agentworkloads', run.name, {
      spec: { cancel: true },
    });
    await run.until('Cancelled');
  });

  it('deletes the Workflow with the workload and keeps the objects', async () => {
    const run = await start('policy-gate');
    const done = await run.until('Completed');
    await ground.kube.remove('agentworkloads', run.name);
    await eventually('the Workflow to go', async () => {
      const left = await ground.kube.list(
        'workflows',
        `agentworkloads.io/workload-uid=${done.metadata.uid}`,
      );
      return left.length === 0;
    });
    expect(
      await ground.json(done.status!.workflowArtifacts!['report-json']),
    ).toMatchObject({ schemaVersion: 1 });
  });

  describe('what the API server refuses', () => {
    const workload = (spec: object) => {
      const object = example(
        'competitor-scrape',
        `bad-${Math.random().toString(36).slice(2, 10)}`,
      );
      return { ...object, spec: { ...object.spec, ...spec } };
    };
    it.each([
      ['no URL', { targetUrls: [] }, 'targetUrls'],
      [
        '501 URLs',
        {
          targetUrls: Array.from(
            { length: 501 },
            (_, i) => `https://a.example/${i}`,
          ),
        },
        'targetUrls',
      ],
      [
        'a URL that is not http',
        { targetUrls: ['ftp://a.example/'] },
        'targetUrls',
      ],
      [
        'a URL with credentials',
        { targetUrls: ['https://me:secret@a.example/'] },
        'targetUrls',
      ],
      [
        'URLs of more than 64 KiB',
        {
          targetUrls: Array.from(
            { length: 40 },
            (_, i) => `https://a.example/${i}${'x'.repeat(1990)}`,
          ),
        },
        '65536',
      ],
      [
        'four eyes without a requester',
        { gate: { fourEyes: true } },
        'requestedBy',
      ],
      [
        'a gate of less than 10 s',
        { timeouts: { suspendGate: '9s' } },
        'at least 10s',
      ],
      [
        'a parameter that the operator sets',
        { parameters: { job_id: 'x' } },
        'job_id',
      ],
    ])('%s', async (_, spec, words) => {
      const answer = await refusal(
        ground.kube.create('agentworkloads', workload(spec)),
      );
      expect(answer).toMatchObject({
        code: 422,
        message: expect.stringContaining(words),
      });
    });

    it('a change of the spec', async () => {
      const made = await ground.kube.create(
        'agentworkloads',
        workload({ cancel: true }),
      );
      const answer = await refusal(
        ground.kube.mergePatch('agentworkloads', made.metadata.name, {
          spec: { objective: 'other' },
        }),
      );
      expect(answer).toMatchObject({
        code: 422,
        message: expect.stringContaining("can't change"),
      });
    });

    it('a run in the name of somebody else, while the own name is taken', async () => {
      const forged = await refusal(
        ground.kube.create(
          'agentworkloads',
          workload({ requestedBy: { username: 'alice' } }),
          BOB,
        ),
      );
      expect(forged.code).toBeGreaterThanOrEqual(403);
      const own = await refusal(
        ground.kube.create(
          'agentworkloads',
          workload({ requestedBy: { username: 'bob' } }),
          BOB,
          '?dryRun=All',
        ),
      );
      expect(own.code).toBe(201);
    });

    it("an approval by a stranger, and one in another's name", async () => {
      const run = await start('competitor-scrape', {
        spec: { targetUrls: ['http://tidepool.localhost:4180/pricing'] },
      });
      await run.until('AwaitingApproval');
      const approval = await run.approval('approve', ALICE, 'seen');
      expect(
        (
          await refusal(
            ground.kube.create('agentapprovals', approval, { user: 'alice' }),
          )
        ).code,
      ).toBe(403);
      const forged = await refusal(
        ground.kube.create('agentapprovals', approval, {
          ...ALICE,
          user: 'mallory',
        }),
      );
      expect([403, 422]).toContain(forged.code);
      expect((await run.workload()).status?.phase).toBe('AwaitingApproval');
      await ground.kube.mergePatch('agentworkloads', run.name, {
        spec: { cancel: true },
      });
    });
  });
});
