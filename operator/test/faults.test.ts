import {
  afterEach,
  beforeEach,
  describe,
  expect,
  it,
  jest,
} from '@jest/globals';
import type { Fault, SeenRequest } from '@agentworkloads/kube/testing';
import { keptByCrd } from './admission';
import { NAMESPACE, World } from './world';

/** Two busy cores can make a run of these slow. */
jest.setTimeout(30_000);

let world: World;
beforeEach(async () => {
  world = await World.open();
});
afterEach(() => world.close());

const MOMENTS = [
  'allow recorded',
  'Workflow made',
  'Workflow recorded',
  'gate open recorded',
  'approval recorded',
  'gate patched',
  'approval owned',
  'approval answered',
  'end recorded',
] as const;
type Moment = (typeof MOMENTS)[number];

/** Which of the moments of a run a write of the operator is; undefined for others. */
function momentOf(request: SeenRequest): Moment | undefined {
  const { method, kind, subresource } = request;
  if (kind === 'workflows' && method === 'POST') return 'Workflow made';
  if (method !== 'PATCH') return undefined;
  if (kind === 'workflows') return 'gate patched';
  if (kind === 'agentapprovals') {
    return subresource ? 'approval answered' : 'approval owned';
  }
  const { status } = request.body as {
    status?: {
      phase?: string;
      policy?: { start?: object };
      argoWorkflow?: object;
      gate?: { nodeId?: string; decision?: string };
    };
  };
  if (status?.phase === 'Completed') return 'end recorded';
  if (status?.gate?.decision) return 'approval recorded';
  if (status?.gate?.nodeId) return 'gate open recorded';
  if (status?.argoWorkflow) return 'Workflow recorded';
  return status?.policy?.start ? 'allow recorded' : undefined;
}

/** The end state without what must differ from run to run. */
function outcome() {
  const { status } = world.workload();
  const gate = status.gate as Record<string, unknown>;
  return {
    phase: status.phase,
    decision: gate.decision,
    decidedBy: gate.decidedBy,
    artifacts: Object.keys(status.workflowArtifacts ?? {}).sort(),
    steps: (status.steps as { name: string; phase: string }[]).map(
      step => `${step.name} ${step.phase}`,
    ),
    workflows: world.api.list('workflows').length,
  };
}

/** What must hold after every write, whatever goes wrong. */
function checkInvariants(): void {
  const created = world.api.writes.filter(
    ({ request }) => request.kind === 'workflows' && request.method === 'POST',
  );
  expect(created.length).toBeLessThanOrEqual(1);
  let final: unknown;
  let allowed = false;
  let approved = false;
  for (const { request, before, after } of world.api.writes) {
    if (request.kind === 'agentworkloads') {
      const status = after.status as {
        phase: string;
        policy?: { start?: { decision: string } };
        gate?: { decision?: string };
      };
      if (final !== undefined) expect(status.phase).toBe(final);
      if (!['Pending', 'Running', 'AwaitingApproval'].includes(status.phase)) {
        final = status.phase;
      }
      allowed ||= status.policy?.start?.decision === 'allow';
      approved ||= status.gate?.decision === 'approve';
    }
    if (request.kind === 'workflows' && request.method === 'POST') {
      expect(allowed).toBe(true);
    }
    if (request.kind === 'workflows' && request.method === 'PATCH') {
      const opened =
        JSON.stringify(before?.status).match(/"approve"/g)?.length !==
        JSON.stringify(after.status).match(/"approve"/g)?.length;
      if (opened) expect(approved).toBe(true);
    }
  }
}

/** One run with an approval, with a fault on the operator's write of that moment. */
async function runWith(
  moment: Moment | 'synthesis running',
  how: 'crash before' | 'crash after' | 'answer lost' | 'conflict',
): Promise<void> {
  let fired = false;
  let dead = '';
  world.api.fault = (request): Fault | undefined => {
    if (request.client === dead) return 'cut-before';
    if (fired || momentOf(request) !== moment) return undefined;
    fired = true;
    if (how === 'conflict') return { answer: 409, reason: 'Conflict' };
    if (how === 'answer lost') return 'cut-after';
    dead = 'op-1';
    return how === 'crash before' ? 'cut-before' : 'cut-after';
  };
  const first = world.startOperator('op-1');
  world.ask();
  world.runArgo();
  let replaced = false;
  let asked = false;
  await world.until(
    () => {
      const { status } = world.workload();
      const nodes = JSON.stringify(world.api.list('workflows'));
      if (moment === 'synthesis running' && nodes.includes('synthesis')) {
        fired = true;
        dead = 'op-1';
      }
      if (dead && !replaced) {
        replaced = true;
        void first.stop(0);
        world.startOperator('op-2');
      }
      if (status.phase === 'AwaitingApproval' && !asked) {
        asked = true;
        world.approve();
      }
      return fired && status.phase === 'Completed';
    },
    () => JSON.stringify(world.workload().status, null, 1),
    20_000,
  );
  await world.until(() =>
    JSON.stringify(world.api.list('agentapprovals')).includes('ApprovalUsed'),
  );
}

const REFERENCE = {
  phase: 'Completed',
  decision: 'approve',
  decidedBy: 'alice',
  artifacts: [
    'facts',
    'manifest',
    'report-html',
    'report-json',
    'report-md',
    'shots',
  ],
  steps: [
    'dom Succeeded',
    'gate Succeeded',
    'scrape Succeeded',
    'screenshot Succeeded',
    'synthesis Succeeded',
  ],
  workflows: 1,
};

describe('a fault at any write leads to the same end', () => {
  const same = () => {
    checkInvariants();
    const { steps, ...rest } = outcome();
    expect({ ...rest, steps: [...steps].sort() }).toEqual(REFERENCE);
  };

  it.each(MOMENTS)('killed just before: %s', async moment => {
    await runWith(moment, 'crash before');
    same();
  });

  it.each([...MOMENTS, 'synthesis running'] as const)(
    'killed just after: %s',
    async moment => {
      await runWith(moment, 'crash after');
      same();
    },
  );

  it.each(MOMENTS)('the answer is lost: %s', async moment => {
    await runWith(moment, 'answer lost');
    same();
    expect(world.statusWrites()).toBeLessThanOrEqual(8);
  });

  it.each(MOMENTS)('a conflict is met: %s', async moment => {
    await runWith(moment, 'conflict');
    same();
  });
});

describe('an answer that comes after the news that followed it', () => {
  /** Longer than anything that the watch needs. */
  const lateMs = 400;

  function late(moment: Moment): () => boolean {
    let fired = false;
    world.api.fault = request => {
      if (fired || momentOf(request) !== moment) return undefined;
      fired = true;
      return { lateMs };
    };
    return () => fired;
  }

  const cancel = () =>
    world.api.change('agentworkloads', NAMESPACE, 'weekly', object => {
      object.spec = { ...object.spec, cancel: true };
    });

  it.each([
    'allow recorded',
    'Workflow made',
    'Workflow recorded',
    'gate open recorded',
  ] as const)('loses no cancel meanwhile: %s', async moment => {
    const fired = late(moment);
    world.startOperator();
    world.runArgo();
    world.ask();
    await world.until(fired);
    await world.until(() => world.statusWrites() > 0);
    cancel();
    await world.reaches('Cancelled');
    checkInvariants();
  });

  it.each(MOMENTS)('loses no approval: %s', async moment => {
    late(moment);
    world.startOperator();
    world.runArgo();
    world.ask();
    await world.reaches('AwaitingApproval');
    world.approve();
    await world.reaches('Completed');
    await world.until(() =>
      JSON.stringify(world.api.list('agentapprovals')).includes('ApprovalUsed'),
    );
    checkInvariants();
    expect(world.statusWrites()).toBeLessThanOrEqual(8);
  });

  it('brings no deleted workload back', async () => {
    const fired = late('Workflow recorded');
    world.startOperator();
    world.ask();
    await world.until(fired);
    await world.until(() => world.workload().status.argoWorkflow !== undefined);
    world.api.delete('agentworkloads', NAMESPACE, 'weekly');
    await new Promise(resolve => setTimeout(resolve, lateMs + 300));
    const before = world.api.requests.filter(({ watch }) => !watch).length;
    await new Promise(resolve => setTimeout(resolve, 600));
    const after = world.api.requests.filter(({ watch }) => !watch).length;
    expect(after).toBe(before);
  });
});

describe('what others do to the run', () => {
  /** Somebody who watches makes a Workflow under each name just before the operator does. */
  function takeNames(times: number, forged: Record<string, unknown>): string[] {
    const taken: string[] = [];
    world.api.fault = ({ method, kind, body }) => {
      if (method !== 'POST' || kind !== 'workflows') return undefined;
      const { metadata } = body as { metadata: { name: string } };
      if (taken.length < times && !taken.includes(metadata.name)) {
        taken.push(metadata.name);
        world.api.create('workflows', NAMESPACE, {
          ...forged,
          metadata: { ...(forged.metadata ?? {}), name: metadata.name },
        });
      }
      return undefined;
    };
    return taken;
  }

  it('leaves a Workflow under its name that is not ours alone, and takes another name', async () => {
    const taken = takeNames(1, { spec: { mine: true } });
    world.ask();
    world.startOperator();
    const { status } = await world.reaches('Running');
    expect(status?.argoWorkflow).not.toMatchObject({ name: taken[0] });
    expect(
      world.api.find('workflows', NAMESPACE, taken[0] ?? ''),
    ).toMatchObject({ spec: { mine: true } });
    expect(world.api.list('workflows')).toHaveLength(2);
  });

  it('gives up when its name is taken three times', async () => {
    const taken = takeNames(9, { spec: { mine: true } });
    world.ask();
    world.startOperator();
    const { status } = await world.reaches('Failed');
    expect(JSON.stringify(status)).toContain('NameCollision');
    expect(taken).toHaveLength(3);
    expect(world.api.list('workflows').map(({ spec }) => spec)).toEqual([
      { mine: true },
      { mine: true },
      { mine: true },
    ]);
  });

  it('does not adopt a Workflow that was made in its name with other targets', async () => {
    const { metadata } = world.ask();
    takeNames(1, {
      metadata: {
        labels: {
          'agentworkloads.io/workload-uid': metadata.uid,
          'agentworkloads.io/workload-name': 'weekly',
        },
        ownerReferences: [
          {
            apiVersion: 'agentworkloads.io/v1alpha1',
            kind: 'AgentWorkload',
            name: 'weekly',
            uid: metadata.uid,
            controller: true,
          },
        ],
      },
      spec: {
        workflowTemplateRef: { name: 'competitor-scrape' },
        activeDeadlineSeconds: 7200,
        arguments: {
          parameters: [
            { name: 'target_urls', value: '["http://denied.test"]' },
          ],
        },
      },
    });
    world.startOperator();
    const { status } = await world.reaches('Failed');
    expect(JSON.stringify(status)).toContain('ForeignWorkflow');
    expect(status).not.toHaveProperty('argoWorkflow');
    await world.until(
      () => world.api.list('workflows')[0]?.spec?.shutdown === 'Stop',
      () => 'what claims to be ours goes on running',
    );
  });

  it('fails a run whose gate was opened behind its back, and stops it', async () => {
    world.startOperator();
    world.runArgo();
    world.ask();
    await world.reaches('AwaitingApproval');
    world.stopArgo();
    const [workflow] = world.api.list('workflows');
    world.api.change(
      'workflows',
      NAMESPACE,
      workflow?.metadata.name ?? '',
      object => {
        const nodes = object.status?.nodes as Record<
          string,
          Record<string, unknown>
        >;
        const gate = nodes[`${object.metadata.name}-gate`];
        Object.assign(gate ?? {}, {
          phase: 'Succeeded',
          outputs: { parameters: [{ name: 'decision', value: 'approve' }] },
        });
      },
    );
    const { status } = await world.reaches('Failed');
    expect(status?.conditions).toContainEqual(
      expect.objectContaining({ type: 'GateBypassed', status: 'True' }),
    );
    await world.until(
      () => world.api.list('workflows')[0]?.spec?.shutdown === 'Stop',
    );
  });

  it('fails a run whose Workflow was deleted', async () => {
    world.startOperator();
    world.ask();
    await world.reaches('Running');
    const [workflow] = world.api.list('workflows');
    world.api.delete('workflows', NAMESPACE, workflow?.metadata.name ?? '');
    const { status } = await world.reaches('Failed');
    expect(JSON.stringify(status)).toContain('WorkflowDeleted');
  });

  it('keeps the end state when the Workflow goes afterwards', async () => {
    world.startOperator();
    world.runArgo();
    world.ask();
    await world.reaches('AwaitingApproval');
    world.approve();
    const before = await world.reaches('Completed');
    const [workflow] = world.api.list('workflows');
    world.api.delete('workflows', NAMESPACE, workflow?.metadata.name ?? '');
    world.startOperator('op-2');
    await new Promise(resolve => setTimeout(resolve, 150));
    expect(world.workload().status).toEqual(before.status);
  });

  it('says why a Workflow is refused, and makes it once it may', async () => {
    let refuse = true;
    world.api.fault = ({ kind, method }) =>
      refuse && kind === 'workflows' && method === 'POST'
        ? { answer: 403, reason: 'Forbidden: exceeded quota' }
        : undefined;
    world.startOperator();
    world.ask();
    await world.until(() =>
      JSON.stringify(world.workload()).includes('exceeded quota'),
    );
    expect(world.workload().status.phase).toBe('Pending');
    refuse = false;
    await world.reaches('Running');
  });

  it('starts once a missing template is there', async () => {
    world.api.delete('workflowtemplates', NAMESPACE, 'competitor-scrape');
    world.startOperator();
    world.ask();
    await world.until(() =>
      JSON.stringify(world.workload()).includes('TemplateNotFound'),
    );
    expect(world.api.list('workflows')).toHaveLength(0);
    expect(world.workload().status.phase).toBe('Pending');
  });
});

describe('approvals that have no effect', () => {
  async function refused(reason: string): Promise<void> {
    await world.until(
      () => JSON.stringify(world.api.list('agentapprovals')).includes(reason),
      () => JSON.stringify(world.api.list('agentapprovals'), null, 1),
    );
    expect(world.workload().status.phase).toBe('AwaitingApproval');
    await world.until(() =>
      JSON.stringify(world.api.list('events')).includes(reason),
    );
  }

  beforeEach(() => {
    world.runArgo();
  });

  it('the requester under four eyes, and then a second person may', async () => {
    world.startOperator();
    world.ask('weekly', { gate: { mode: 'human', fourEyes: true } });
    await world.reaches('AwaitingApproval');
    world.approve('bob');
    await refused('ApproverIsRequester');
    world.approve('alice');
    await world.reaches('Completed');
  });

  it('anybody while an admission policy is missing', async () => {
    world.api.delete(
      'validatingadmissionpolicybindings',
      '',
      'agentworkloads-approval-identity',
    );
    world.startOperator();
    world.ask();
    await world.reaches('AwaitingApproval');
    world.approve('alice');
    await refused('AdmissionPoliciesMissing');
  });

  it('anybody while the CRD does not keep how many have to approve', async () => {
    const crd = keptByCrd(['votes']);
    world.api.delete('customresourcedefinitions', '', crd.metadata.name);
    world.api.create('customresourcedefinitions', '', crd);
    world.startOperator();
    world.ask('weekly', { gate: { mode: 'human', approvals: 2 } });
    await world.reaches('AwaitingApproval');
    world.approve('alice');
    await refused('AdmissionPoliciesMissing');
    expect(JSON.stringify(world.api.list('agentapprovals'))).toContain(
      'does not keep status.gate.votes',
    );
  });

  it('anybody while the cluster takes an approval for a group of others', async () => {
    const { admit } = world.api;
    world.api.admit = request =>
      JSON.stringify(request.body ?? {}).includes('nobodys-group')
        ? undefined
        : admit?.(request);
    world.startOperator();
    world.ask();
    await world.reaches('AwaitingApproval');
    world.approve('alice');
    await refused('AdmissionPoliciesMissing');
  });

  it('one that was made for an older workload of the same name', async () => {
    world.startOperator();
    world.ask();
    await world.reaches('AwaitingApproval');
    world.api.create('agentapprovals', NAMESPACE, {
      metadata: { name: 'stale' },
      spec: {
        workloadRef: { name: 'weekly', uid: 'another' },
        gate: { workflowUid: 'another', nodeId: 'another' },
        decision: 'approve',
        comment: '',
        approver: { username: 'alice' },
      },
    });
    await refused('ApprovalOfOtherWorkload');
  });

  it('the second of two who decide at once', async () => {
    world.startOperator();
    world.ask();
    await world.reaches('AwaitingApproval');
    world.approve('alice');
    world.approve('carol', 'deny');
    await world.until(() =>
      ['Completed', 'Denied'].includes(String(world.workload().status.phase)),
    );
    await world.until(
      () =>
        world.api
          .list('agentapprovals')
          .filter(item => item.status?.conditions !== undefined).length === 2,
    );
    const text = JSON.stringify(world.api.list('agentapprovals'));
    expect(text.match(/ApprovalUsed/g)).toHaveLength(1);
    expect(text.match(/ApprovalTooLate/g)).toHaveLength(1);
  });
});

describe('the API server misbehaves', () => {
  it('goes on after expired watches, cut connections and garbage', async () => {
    world.startOperator();
    world.runArgo();
    world.ask();
    await world.reaches('AwaitingApproval');
    world.api.sendToWatches('agentapprovals', '{"type":"ADDED","obj');
    world.api.expireWatches();
    await new Promise(resolve => setTimeout(resolve, 50));
    world.api.disconnect(true);
    world.approve();
    await world.reaches('Completed');
  });

  it('waits as long as Retry-After says', async () => {
    let refusedAt = 0;
    world.api.fault = request => {
      if (request.kind !== 'agentworkloads' || request.method !== 'GET') {
        return undefined;
      }
      if (refusedAt) return undefined;
      refusedAt = Date.now();
      return { answer: 429, headers: { 'retry-after': '1' } };
    };
    world.startOperator();
    world.ask();
    await world.reaches('Running');
    expect(Date.now() - refusedAt).toBeGreaterThanOrEqual(950);
  });

  it('keeps a handful of connections, not one for each request', async () => {
    world.startOperator();
    world.runArgo();
    for (let run = 0; run < 20; run += 1) world.ask(`run-${run}`);
    for (let run = 0; run < 20; run += 1) {
      await world.reaches('AwaitingApproval', `run-${run}`);
    }
    expect(world.api.requests.length).toBeGreaterThan(80);
    expect(world.api.connections).toBeLessThan(40);
  });

  it('sees only the namespaces that it is told to', async () => {
    world.startOperator('op', ['agentworkloads']);
    world.api.create('agentworkloads', 'elsewhere', {
      metadata: { name: 'other' },
      spec: { objective: 'x', targetUrls: ['https://acme.example/'] },
    });
    world.ask();
    await world.reaches('Running');
    expect(
      world.api.find('agentworkloads', 'elsewhere', 'other')?.status,
    ).toBeUndefined();
  });

  it('says what is wrong with a spec that is not what the CRD allows', async () => {
    world.startOperator();
    world.ask('weekly', { targetUrls: [] });
    const { status } = await world.reaches('Failed');
    expect(status?.message).toContain('targetUrls');
  });
});

it('says at once that an approval that had counted is gone, while others are waited for', async () => {
  world.runArgo();
  world.startOperator();
  world.ask('weekly', { gate: { mode: 'human', approvals: 2 } });
  await world.reaches('AwaitingApproval');
  const { metadata } = world.approve('alice');
  const gate = () =>
    world.workload().status.gate as { votes?: object[]; decision?: string };
  await world.until(() => gate().votes?.length === 1);
  world.api.delete('agentapprovals', NAMESPACE, metadata.name);
  await world.until(() =>
    String(world.workload().status.message).includes(
      `${metadata.name} of alice is not there`,
    ),
  );
  expect(world.workload().status.phase).toBe('AwaitingApproval');
  await world.until(() =>
    JSON.stringify(world.api.list('events')).includes('ApprovalGone'),
  );
  world.approve('carol');
  await world.reaches('Denied');
});
