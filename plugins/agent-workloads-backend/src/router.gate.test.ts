import { mockCredentials } from '@backstage/backend-test-utils';
import { gateDecidePermission } from '@agentworkloads/backstage-plugin-agent-workloads-common';
import type { KubernetesObject } from '@agentworkloads/kube';
import { eventually } from './__testUtils__/eventually';
import {
  ALLOW,
  DENY,
  startPortal,
  type Portal,
} from './__testUtils__/startPortal';
import {
  NAMESPACE,
  EVIDENCE,
  NODE_ID,
  waiting,
  WORKFLOW_UID,
  workload,
} from './__testUtils__/workloads';
import {
  agentWorkloadsConditions,
  createAgentWorkloadsConditionalDecision,
} from './permissions';

const RUN = '/runs/local/agentworkloads/tidepool-1';
const DECIDE = `${RUN}/gate/decision`;

function decision(fields: Record<string, unknown> = {}) {
  return {
    workloadUid: 'uid-of-tidepool-1',
    workflowUid: WORKFLOW_UID,
    nodeId: NODE_ID,
    decision: 'approve',
    comment: 'Looks right',
    evidence: EVIDENCE,
    ...fields,
  };
}

describe('deciding a gate', () => {
  let portal: Portal;

  beforeEach(async () => {
    portal = await startPortal({
      prepare(api) {
        api.put('agentworkloads', waiting());
        api.put(
          'agentworkloads',
          waiting('by-alice', { requestedBy: 'alice', fourEyes: true }),
        );
        api.put(
          'agentworkloads',
          workload('running', { status: { phase: 'Running' } }),
        );
      },
    });
  });

  afterEach(() => portal.stop());

  const approvals = () => portal.api.list('agentapprovals');

  it('is recorded as the person, with their groups of the list and no others', async () => {
    const { status, body } = await portal.post('alice', DECIDE, decision());
    expect(status).toBe(201);
    const [approval] = approvals();
    expect(body.approval).toEqual({
      name: approval.metadata.name,
      uid: approval.metadata.uid,
    });
    expect(approval).toMatchObject({
      kind: 'AgentApproval',
      metadata: { namespace: NAMESPACE },
      spec: {
        workloadRef: { name: 'tidepool-1', uid: 'uid-of-tidepool-1' },
        gate: { workflowUid: WORKFLOW_UID, nodeId: NODE_ID },
        decision: 'approve',
        comment: 'Looks right',
        evidence: EVIDENCE,
        approver: { username: 'alice' },
      },
    });
    const write = portal.api.requests.find(one => one.method === 'POST')!;
    expect(write.headers['impersonate-user']).toBe('alice');
    expect(write.groups).toEqual(['agentworkloads:approvers']);
    expect(write.headers.authorization).toBe('Bearer portal-token');
    expect(portal.audits).toEqual([
      expect.objectContaining({
        eventId: 'agent-workloads-gate-decide',
        outcome: 'success',
        meta: expect.objectContaining({ actionType: 'approve', as: 'alice' }),
      }),
    ]);
  });

  describe('and leaving more time', () => {
    const EXTEND = `${RUN}/gate/extension`;
    const until = (extendTo: string, fields = {}) => ({
      workloadUid: 'uid-of-tidepool-1',
      workflowUid: WORKFLOW_UID,
      nodeId: NODE_ID,
      extendTo,
      comment: 'legal is on leave',
      ...fields,
    });
    /** Opened a minute ago, with an hour to decide; policy lets it wait a day. */
    const opened = Date.now() - 60_000;
    const after = (minutes: number) =>
      new Date(opened + minutes * 60_000).toISOString();
    beforeEach(async () => {
      const raw = waiting();
      const status = raw.status as Record<string, object>;
      portal.api.put('agentworkloads', {
        ...raw,
        status: {
          ...status,
          gate: { ...status.gate, openedAt: after(0), deadline: after(60) },
          policy: {
            start: {
              decision: 'allow',
              reasons: [],
              longestGateSeconds: 86400,
            },
          },
        },
      });
    });

    it('is asked for as the person, once however often it is sent', async () => {
      const extendTo = after(600);
      for (const _time of [1, 2]) {
        const { status } = await portal.post('alice', EXTEND, until(extendTo));
        expect(status).toBe(204);
      }
      expect(approvals().map(({ spec }) => spec)).toEqual([
        {
          workloadRef: { name: 'tidepool-1', uid: 'uid-of-tidepool-1' },
          gate: { workflowUid: WORKFLOW_UID, nodeId: NODE_ID },
          decision: 'extend',
          extendTo,
          comment: 'legal is on leave',
          approver: { username: 'alice' },
        },
      ]);
    });

    it('is audited with the approval that asks for it', async () => {
      await portal.post('alice', EXTEND, until(after(600)));
      const [{ metadata }] = approvals();
      expect(portal.audits).toEqual([
        expect.objectContaining({
          eventId: 'agent-workloads-gate-extend',
          meta: expect.objectContaining({ approval: metadata.name }),
          outcome: 'success',
        }),
      ]);
    });

    it('is asked for anew where it was refused, or somebody has taken its name', async () => {
      const extendTo = after(600);
      await portal.post('alice', EXTEND, until(extendTo));
      const [first] = approvals();
      const condition = {
        type: 'Accepted',
        status: 'False',
        reason: 'AdmissionPoliciesMissing',
      };
      portal.api.put('agentapprovals', {
        ...first,
        status: {
          conditions: [
            {
              ...condition,
              message: 'decide again',
              lastTransitionTime: after(0),
            },
          ],
        },
      });
      const again = await portal.post('alice', EXTEND, until(extendTo));
      expect(again.status).toBe(204);
      expect(approvals().map(({ spec }) => spec?.decision)).toEqual([
        'extend',
        'extend',
      ]);
    });

    it('leaves the person free to decide', async () => {
      await portal.post('alice', EXTEND, until(after(600)));
      expect((await portal.post('alice', DECIDE, decision())).status).toBe(201);
    });

    it.each([
      [
        'a minute more than policy leaves',
        after(1441),
        400,
        /until .* at the latest/,
      ],
      ['no more than there is', after(30), 400, /waits until .* already/],
      ['no time at all', 'tomorrow', 400, /extendTo/],
    ])('is refused for %s', async (_what, extendTo, code, why) => {
      const answer = await portal.post('alice', EXTEND, until(extendTo));
      expect(answer.status).toBe(code);
      expect(answer.body.error.message).toMatch(why);
      expect(approvals()).toEqual([]);
    });

    it('is refused for another gate than the one that waits', async () => {
      const other = until(after(600), { nodeId: 'another' });
      expect((await portal.post('alice', EXTEND, other)).status).toBe(409);
    });
  });

  describe('that several people have to approve', () => {
    const GROUP = 'agentworkloads:approvers';
    const vote = (username: string, approvalUid: string) => ({
      username,
      decidedAt: '2026-01-01T00:02:00Z',
      approvalName: `${username}-says`,
      approvalUid,
    });
    const asks = (fields: object) => {
      const raw = waiting();
      const status = raw.status as Record<string, object>;
      const gate = { ...status.gate, approvals: 2, ...fields };
      portal.api.put('agentworkloads', { ...raw, status: { ...status, gate } });
    };
    const mayDecideOf = async (user: string) =>
      (await portal.get(user, RUN)).body.gateDetail.mayDecide;

    it('names those of the caller’s groups that the gate asks for', async () => {
      asks({ groups: ['legal', GROUP] });
      await portal.post('alice', DECIDE, decision());
      await portal.post('bob', DECIDE, decision());
      expect(approvals().map(({ spec }) => spec?.approver)).toEqual([
        { username: 'alice', groups: [GROUP] },
        { username: 'bob' },
      ]);
    });

    it('tells who approved that others are missing, and lets them deny', async () => {
      await portal.post('alice', DECIDE, decision());
      const { uid = '' } = approvals()[0].metadata;
      asks({ votes: [vote('alice', uid)] });
      const reason = 'You approved this gate already. 1 of 2 people have.';
      await eventually(async () =>
        expect(await mayDecideOf('alice')).toEqual({
          allowed: false,
          reason,
          mayDeny: true,
          said: {
            code: 'gateYouApprovedOf',
            values: { number: 1, needed: 2 },
          },
        }),
      );
      const again = await portal.post('alice', DECIDE, decision());
      expect(again.status).toBe(409);
      expect(again.body.error.message).toBe(reason);
      const no = decision({ decision: 'deny', comment: 'I was wrong' });
      expect((await portal.post('alice', DECIDE, no)).status).toBe(201);
      expect(approvals()).toHaveLength(2);
    });

    it('refuses an approval that brings nobody who is missing', async () => {
      asks({ groups: [GROUP], votes: [vote('carol', 'c'), vote('dave', 'd')] });
      const refused = await portal.post('bob', DECIDE, decision());
      expect(refused.status).toBe(409);
      expect(refused.body.error.message).toMatch(
        `you are in none of them: ${GROUP}.`,
      );
      expect((await portal.post('alice', DECIDE, decision())).status).toBe(201);
    });

    it('asks nobody to approve once an approval that counted is gone, and lets them deny', async () => {
      const raw = waiting();
      const status = raw.status as Record<string, object>;
      const gate = {
        ...status.gate,
        approvals: 2,
        votes: [vote('carol', 'c')],
      };
      const gone = {
        type: 'Approved',
        status: 'Unknown',
        reason: 'ApprovalGone',
        message: 'The approval carol-says of carol is not there.',
        lastTransitionTime: '2026-01-01T00:03:00Z',
      };
      portal.api.put('agentworkloads', {
        ...raw,
        status: { ...status, gate, conditions: [gone] },
      });
      await eventually(async () =>
        expect(await mayDecideOf('alice')).toMatchObject({
          allowed: false,
          mayDeny: true,
          said: { code: 'gateApprovalGone' },
        }),
      );
      const refused = await portal.post('alice', DECIDE, decision());
      expect(refused.status).toBe(409);
      expect(refused.body.error.message).toMatch('no other can open this gate');
      const no = decision({ decision: 'deny', comment: 'it is spoilt' });
      expect((await portal.post('alice', DECIDE, no)).status).toBe(201);
    });

    it('shows what is asked for and who approved with the gate', async () => {
      const votes = [vote('carol', 'c')];
      asks({ groups: ['legal'], votes });
      await eventually(async () => {
        const { body } = await portal.get('alice', '/gates');
        expect(
          body.items.find(
            ({ name }: { name: string }) => name === 'tidepool-1',
          ),
        ).toMatchObject({ approvals: 2, groups: ['legal'], votes });
      });
    });
  });

  it('takes nobody else from the body, a header or the query', async () => {
    const { status } = await portal
      .post('bob', `${DECIDE}?user=alice`, {
        ...decision(),
        approver: { username: 'alice' },
        as: 'alice',
        spec: { approver: { username: 'alice' } },
      })
      .set('Impersonate-User', 'alice')
      .set('x-demo-user', 'alice');
    expect(status).toBe(201);
    expect(approvals()[0].spec).toMatchObject({
      approver: { username: 'bob' },
    });
    const write = portal.api.requests.find(one => one.method === 'POST')!;
    expect(write.headers['impersonate-user']).toBe('bob');
  });

  it('makes one decision of a double click', async () => {
    const answers = await Promise.all([
      portal.post('alice', DECIDE, decision()),
      portal.post('alice', DECIDE, decision()),
    ]);
    expect(answers.map(one => one.status).sort()).toEqual([201, 409]);
    const refused = answers.find(one => one.status === 409)!;
    expect(refused.body.error.message).toMatch(
      /already; the operator is carrying it out/,
    );
    expect(approvals()).toHaveLength(1);
  });

  it('counts as decided for the person before the operator has seen it', async () => {
    await portal.post('alice', DECIDE, decision());
    await eventually(async () => {
      const { body } = await portal.get('alice', RUN);
      expect(body.gateDetail.mayDecide).toEqual({
        allowed: false,
        reason:
          'You approved this gate already; the operator is carrying it out.',
        said: { code: 'gateYouApproved', values: {} },
      });
      expect(body.approvals).toEqual([
        expect.objectContaining({ approver: 'alice', decision: 'approve' }),
      ]);
    });
    const bob = await portal.get('bob', RUN);
    expect(bob.body.gateDetail.mayDecide.allowed).toBe(true);
  });

  describe('after the operator refused a decision', () => {
    const status = {
      conditions: [
        {
          type: 'Accepted',
          status: 'False',
          reason: 'AdmissionMissing',
          message: 'the admission policies were missing; decide again',
          lastTransitionTime: '2026-01-01T00:02:00Z',
        },
      ],
    };
    const refuse = (approval: KubernetesObject) =>
      portal.api.put('agentapprovals', { ...approval, status });
    const seenRefused = (times = 1) =>
      eventually(async () => {
        const { body } = await portal.get('alice', RUN);
        const accepted = body.approvals.map(
          (one: { accepted?: { status: string } }) => one.accepted?.status,
        );
        if (
          accepted.filter((one: string) => one === 'False').length !== times
        ) {
          throw new Error('not seen yet');
        }
        return body.gateDetail.mayDecide;
      });

    it('lets the person decide again, and says what became of the last one', async () => {
      await portal.post('alice', DECIDE, decision());
      refuse(approvals()[0]);
      expect(await seenRefused()).toEqual({
        allowed: true,
        refused:
          'You approved this gate, but the operator could not use it: the admission policies were missing; decide again',
        said: {
          code: 'gateApprovalNotUsed',
          values: { why: 'the admission policies were missing; decide again' },
        },
      });
      const again = await portal.post(
        'alice',
        DECIDE,
        decision({ decision: 'deny', comment: 'On second thoughts, no' }),
      );
      expect(again.status).toBe(201);
      expect(approvals().map(one => one.spec)).toEqual([
        expect.objectContaining({ decision: 'approve' }),
        expect.objectContaining({ decision: 'deny' }),
      ]);
      await eventually(async () => {
        const { body } = await portal.get('alice', RUN);
        expect(body.gateDetail.mayDecide).toEqual({
          allowed: false,
          reason:
            'You denied this gate already; the operator is carrying it out.',
          said: { code: 'gateYouDenied', values: {} },
        });
      });
    });

    it('still makes one decision of a double click', async () => {
      await portal.post('alice', DECIDE, decision());
      refuse(approvals()[0]);
      await seenRefused();
      const answers = await Promise.all([
        portal.post('alice', DECIDE, decision()),
        portal.post('alice', DECIDE, decision()),
        portal.post('alice', DECIDE, decision()),
      ]);
      expect(answers.map(one => one.status).sort()).toEqual([201, 409, 409]);
      expect(approvals()).toHaveLength(2);
    });

    it('knows of the refusal before its own watch does', async () => {
      await portal.post('alice', DECIDE, decision());
      // Stored, but no watch tells of it.
      portal.api.mutedKinds.add('agentapprovals');
      portal.api.put('agentapprovals', { ...approvals()[0], status });
      const again = await portal.post('alice', DECIDE, decision());
      expect(again.status).toBe(201);
      expect(approvals()).toHaveLength(2);
    });

    it('can be done more than once', async () => {
      for (const times of [1, 2, 3]) {
        const answer = await portal.post('alice', DECIDE, decision());
        expect(answer.status).toBe(201);
        refuse(approvals().at(-1)!);
        await seenRefused(times);
      }
      expect(new Set(approvals().map(one => one.metadata.name)).size).toBe(3);
    });
  });

  it('is not kept from deciding by a stranger who took the name', async () => {
    await portal.post('alice', DECIDE, decision());
    const [made] = approvals();
    portal.api.put('agentapprovals', {
      ...made,
      spec: { ...(made.spec as object), approver: { username: 'mallory' } },
    });
    const { status } = await portal.post('alice', DECIDE, decision());
    expect(status).toBe(201);
    expect(
      approvals().map(
        one => (one.spec as { approver: { username: string } }).approver,
      ),
    ).toEqual([{ username: 'mallory' }, { username: 'alice' }]);
  });

  it('says when nobody can decide: four eyes, and nobody knows who asked', async () => {
    const nobody = waiting('tidepool-1', { fourEyes: true });
    delete (nobody.spec as { requestedBy?: object }).requestedBy;
    portal.api.put('agentworkloads', nobody);
    const { status, body } = await portal.post('alice', DECIDE, decision());
    expect(status).toBe(403);
    expect(body.error.message).toMatch(
      /four eyes, but nobody knows who asked.*Cancel it and run it again/,
    );
    expect(approvals()).toHaveLength(0);
  });

  it('refuses what acts for a person: only somebody at the keyboard decides', async () => {
    const { status, body } = await portal.agent
      .post(`/api/agent-workloads${DECIDE}`)
      .set(
        'Authorization',
        `Bearer ${mockCredentials.user.token('user:default/alice', {
          actor: { subject: 'plugin:mcp-actions' },
        })}`,
      )
      .send(decision());
    expect(status).toBe(403);
    expect(body.error.message).toMatch(/Only a person decides a gate/);
    expect(approvals()).toHaveLength(0);
  });

  it.each([
    ['a service', () => mockCredentials.service.header(), 403],
    ['nobody', () => mockCredentials.none.header(), 401],
    ['a bad token', () => mockCredentials.user.invalidHeader(), 401],
  ])('refuses %s', async (_who, header, expected) => {
    const { status } = await portal.agent
      .post(`/api/agent-workloads${DECIDE}`)
      .set('Authorization', header())
      .send(decision());
    expect(status).toBe(expected);
    expect(approvals()).toHaveLength(0);
  });

  it('refuses without the permission, before it looks at the request', async () => {
    portal.setPolicy(permission =>
      permission.name === gateDecidePermission.name ? DENY : ALLOW,
    );
    const { status, body } = await portal.post('bob', DECIDE, {
      nonsense: true,
    });
    expect(status).toBe(403);
    expect(body.error.message).toContain('agent-workloads.gate.decide');
    expect(body.error.said).toEqual({
      code: 'permissionMissing',
      values: { permission: 'agent-workloads.gate.decide' },
    });
    const { body: detail } = await portal.get('bob', RUN);
    expect(detail.gateDetail.mayDecide).toEqual({
      allowed: false,
      reason:
        'The policy of this portal does not let you decide gates: ask its administrator for the permission agent-workloads.gate.decide.',
      said: { code: 'gateNotPermitted', values: {} },
    });
  });

  it('refuses the requester under four eyes, by the policy condition and without it', async () => {
    const path = '/runs/local/agentworkloads/by-alice/gate/decision';
    const body = decision({ workloadUid: 'uid-of-by-alice' });
    const sentence = /You asked for this run, and it needs four eyes/;
    const plain = await portal.post('alice', path, body);
    expect(plain.status).toBe(403);
    expect(plain.body.error.message).toMatch(sentence);
    portal.setPolicy((permission, credentials) =>
      permission.name === gateDecidePermission.name
        ? createAgentWorkloadsConditionalDecision(
            gateDecidePermission,
            agentWorkloadsConditions.isNotRequester({
              userRef: (credentials.principal as { userEntityRef: string })
                .userEntityRef,
            }),
          )
        : ALLOW,
    );
    const conditional = await portal.post('alice', path, body);
    expect(conditional.status).toBe(403);
    expect(conditional.body.error.message).toMatch(sentence);
    // Without four eyes the same condition lets the same person pass.
    expect((await portal.post('alice', DECIDE, decision())).status).toBe(201);
    expect((await portal.post('bob', path, body)).status).toBe(201);
  });

  it.each([
    [
      'deny without a comment',
      { decision: 'deny', comment: '  ' },
      /comment: write why you deny/,
    ],
    ['an unknown decision', { decision: 'maybe' }, /decision/],
    ['a comment of 2001 characters', { comment: 'x'.repeat(2001) }, /comment/],
    ['no uid', { workloadUid: undefined }, /workloadUid/],
  ])('refuses %s', async (_what, fields, message) => {
    const { status, body } = await portal.post(
      'alice',
      DECIDE,
      decision(fields),
    );
    expect(status).toBe(400);
    expect(body.error.message).toMatch(message);
    expect(approvals()).toHaveLength(0);
  });

  it.each([
    ['another workload of that name', { workloadUid: 'uid-of-an-older-one' }],
    ['another workflow', { workflowUid: 'other' }],
    ['another gate', { nodeId: 'other' }],
  ])('refuses a decision that was meant for %s', async (_what, fields) => {
    const { status, body } = await portal.post(
      'alice',
      DECIDE,
      decision(fields),
    );
    expect(status).toBe(409);
    expect(body.error.message).toMatch(/Another gate waits now/);
  });

  it('refuses an approval of other evidence than what waits', async () => {
    const { status, body } = await portal.post(
      'alice',
      DECIDE,
      decision({ evidence: 'f'.repeat(64) }),
    );
    expect(status).toBe(409);
    expect(body.error.message).toMatch(/other evidence/);
    expect(approvals()).toHaveLength(0);
  });

  it('refuses an approval that names no evidence, and takes such a denial', async () => {
    const none = decision({ evidence: undefined });
    const approved = await portal.post('alice', DECIDE, none);
    expect(approved.status).toBe(400);
    expect(approved.body.error.message).toMatch(/evidence/);
    const denied = { ...none, decision: 'deny' };
    expect((await portal.post('alice', DECIDE, denied)).status).toBe(201);
  });

  it('refuses when the gate is not open, or somebody was first', async () => {
    const closed = await portal.post(
      'alice',
      '/runs/local/agentworkloads/running/gate/decision',
      decision({ workloadUid: 'uid-of-running' }),
    );
    expect(closed.status).toBe(409);
    expect(closed.body.error.message).toMatch(/not open any more/);
    const decided = waiting();
    const gate = (decided.status as { gate: Record<string, unknown> }).gate;
    Object.assign(gate, { decision: 'deny', decidedBy: 'carol' });
    portal.api.put('agentworkloads', decided);
    const late = await portal.post('alice', DECIDE, decision());
    expect(late.status).toBe(409);
    expect(late.body.error.message).toBe(
      'This gate was decided already (deny, by carol)',
    );
  });

  it('names all who approved to whom comes too late', async () => {
    const decided = waiting();
    const gate = (decided.status as { gate: Record<string, unknown> }).gate;
    const votes = ['carol', 'dana'].map(username => ({
      username,
      decidedAt: '2026-01-01T00:02:00Z',
      approvalName: `of-${username}`,
      approvalUid: `uid-of-${username}`,
    }));
    Object.assign(gate, { decision: 'approve', decidedBy: 'dana', votes });
    portal.api.put('agentworkloads', decided);
    const late = await portal.post('alice', DECIDE, decision());
    expect([late.status, late.body.error.message]).toEqual([
      409,
      'This gate was decided already (approve, by carol and dana)',
    ]);
  });

  it("passes on the cluster's refusal with its reason, and audits it", async () => {
    portal.api.fault = seen =>
      seen.method === 'POST'
        ? {
            answer: 403,
            reason: 'Forbidden',
            message:
              "ValidatingAdmissionPolicy 'agentworkloads-approval-identity' denied request: alice may not approve",
          }
        : undefined;
    const { status, body } = await portal.post('alice', DECIDE, decision());
    expect(status).toBe(403);
    expect(body.error.message).toMatch(
      /The cluster refused to record your decision: .*alice may not approve/,
    );
    expect(portal.audits).toEqual([
      expect.objectContaining({
        eventId: 'agent-workloads-gate-decide',
        outcome: 'fail',
      }),
    ]);
  });

  it('says that the cluster is away, and nothing of its address or account', async () => {
    await portal.api.stop();
    const { status, body } = await portal.post('alice', DECIDE, decision());
    expect(status).toBe(503);
    expect(body.error.message).toMatch(/The cluster can't read the run now/);
    expect(JSON.stringify(body)).not.toMatch(/portal-token|127\.0\.0\.1/);
    const list = await portal.get('alice', '/gates');
    expect(list.body.items).toHaveLength(2);
    await eventually(async () => {
      const { body: later } = await portal.get('alice', '/gates');
      expect(later.clusters[0]).toMatchObject({
        synced: true,
        error: expect.any(String),
      });
    });
  });

  it('lists gates: mine first with the reason for the rest', async () => {
    const { body } = await portal.get('alice', '/gates');
    expect(
      body.items.map((one: { name: string; mayDecide: object }) => [
        one.name,
        one.mayDecide,
      ]),
    ).toEqual([
      ['tidepool-1', { allowed: true }],
      [
        'by-alice',
        {
          allowed: false,
          reason:
            'You asked for this run, and it needs four eyes: somebody else must decide.',
          said: { code: 'gateOwnRun', values: {} },
        },
      ],
    ]);
    expect(body.items[0]).toMatchObject({
      nodeId: NODE_ID,
      workflowUid: WORKFLOW_UID,
      deadline: '2999-01-01T00:00:00Z',
      people: { bob: 'user:default/bob' },
      // Nothing was compared.
      unchanged: false,
    });
    const { body: detail } = await portal.get('alice', RUN);
    expect(detail.gateDetail.deciders).toEqual({
      groups: ['group:default/approvers'],
    });
  });
});

describe('the list of many gates, each granted by its own Role', () => {
  const GATES = 40;
  const LATE_MS = 300;
  let portal: Portal;

  beforeAll(async () => {
    portal = await startPortal({
      prepare(api) {
        for (let n = 0; n < GATES; n += 1) {
          api.put('agentworkloads', waiting(`gate-${n}`));
        }
        api.mayI = ({ verb, name = '' }) =>
          verb !== 'approve' || name.startsWith('gate-');
      },
    });
    portal.api.fault = ({ kind }) =>
      kind === 'selfsubjectaccessreviews' ? { lateMs: LATE_MS } : undefined;
  });

  afterAll(() => portal.stop());

  it('asks a slow cluster about several at once, and then not again for a minute', async () => {
    const begin = Date.now();
    const { body } = await portal.get('alice', '/gates');
    expect(Date.now() - begin).toBeLessThan((GATES * LATE_MS) / 2);
    const allowed = (list: typeof body) =>
      list.items.filter(
        (gate: { mayDecide: { allowed: boolean } }) => gate.mayDecide.allowed,
      );
    expect(allowed(body)).toHaveLength(GATES);
    const asked = portal.api.requests.length;
    const again = await portal.get('alice', '/gates');
    expect(allowed(again.body)).toHaveLength(GATES);
    expect(portal.api.requests).toHaveLength(asked);
  }, 30_000);
});
