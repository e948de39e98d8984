import { describe, expect, it } from '@jest/globals';
import { anApproval } from '../../test/builders/approval';
import {
  aWorkload,
  EVIDENCE,
  GATE_NODE,
  iso,
  NOW,
  WORKFLOW_NAME,
  WORKFLOW_UID,
} from '../../test/builders/workload';
import { silentLogger, type LogLine } from '@agentworkloads/kube/testing';
import { ApiError, type EventNote, type KubeClient } from '../ports';
import { applyActions, applyRecord, type Effects } from './apply';
import { toRawWorkload } from './cached';
import type { Action } from './decision';

type Write = { verb: string; path: string; body: unknown };

/** Remembers what was written; `answer` may throw or give what the server would. */
function effects(answer: (write: Write) => unknown = () => ({})) {
  const writes: Write[] = [];
  const events: EventNote[] = [];
  const seen: unknown[] = [];
  const refusals: (string | undefined)[] = [];
  const log: LogLine[] = [];
  const write = async (entry: Write) => {
    writes.push(entry);
    return answer(entry);
  };
  const client = {
    create: (kind, namespace, body) =>
      write({ verb: 'create', path: `${namespace}/${kind.plural}`, body }),
    patch: (kind, namespace, name, patch) =>
      write({
        verb: patch.type,
        path: [namespace, kind.plural, name, patch.subresource]
          .filter(Boolean)
          .join('/'),
        body: patch.body,
      }),
  } as Pick<KubeClient, 'create' | 'patch'> as KubeClient;
  const result: Effects = {
    client,
    events: {
      record: (_target, event) => {
        events.push(event);
      },
    },
    bucket: 'bucket',
    instanceId: 'team-a',
    seenWorkload: raw => seen.push(raw),
    seenWorkflow: raw => seen.push(raw),
    seenApproval: raw => seen.push(raw),
    refused: (_uid, why) => refusals.push(why),
    logger: silentLogger(log),
  };
  return { result, writes, events, seen, refusals, log };
}

const workload = aWorkload().waiting().build();
const raw = toRawWorkload(aWorkload().allowed().build());

function carryOut(world: ReturnType<typeof effects>, action: Action) {
  return applyActions(world.result, workload, [action], NOW);
}

const gateAction: Action = {
  type: 'decide-gate',
  workflow: WORKFLOW_NAME,
  patch: {
    workflowUid: WORKFLOW_UID,
    nodeId: GATE_NODE,
    now: NOW,
    decision: 'approve',
    via: 'person',
    evidence: EVIDENCE,
    message: 'approved by alice',
  },
};

describe('recording a decision', () => {
  const status = { ...aWorkload().allowed().build().status, message: 'new' };
  const decision = {
    type: 'record' as const,
    status,
    events: [{ type: 'Normal' as const, reason: 'R', note: 'n' }],
  };

  it('writes what changed, guarded by the resourceVersion, then the events', async () => {
    const world = effects(() => ({ status }));
    expect(await applyRecord(world.result, raw, decision)).toBe(0);
    expect(world.writes).toEqual([
      {
        verb: 'merge',
        path: 'agentworkloads/agentworkloads/weekly/status',
        body: {
          metadata: { resourceVersion: '7' },
          status: { message: 'new' },
        },
      },
    ]);
    expect(world.events).toHaveLength(1);
    expect(world.seen).toHaveLength(1);
  });

  it('writes nothing when nothing changed', async () => {
    const world = effects();
    const again = await applyRecord(world.result, raw, {
      ...decision,
      status: aWorkload().allowed().build().status ?? {},
    });
    expect(world.writes).toEqual([]);
    // What a server drops from each status would otherwise be decided anew at once, for ever.
    expect(again).toBe(60_000);
  });

  it('leaves a conflict to the next pass', async () => {
    const world = effects(() => {
      throw new ApiError('conflict', 409, 'Conflict');
    });
    await expect(
      applyRecord(world.result, raw, decision),
    ).rejects.toMatchObject({ status: 409 });
    expect(world.events).toEqual([]);
  });

  it('says so, and keeps calm, when the server drops part of it', async () => {
    const world = effects(() => ({ status: { phase: 'Pending' } }));
    expect(await applyRecord(world.result, raw, decision)).toBe(60_000);
    expect(world.log).toContainEqual(
      expect.objectContaining({
        level: 'error',
        message: expect.stringContaining('deploy/crds'),
      }),
    );
  });
});

describe('making the Workflow', () => {
  it('puts the answer into the cache and looks again at once', async () => {
    const world = effects(() => ({ made: true }));
    expect(
      await carryOut(world, { type: 'create-workflow', name: WORKFLOW_NAME }),
    ).toBe(100);
    expect(world.writes[0]).toMatchObject({
      verb: 'create',
      path: 'agentworkloads/workflows',
      body: { metadata: { name: WORKFLOW_NAME } },
    });
    expect(world.seen).toEqual([{ made: true }]);
    // What was refused before is no longer the reason of anything.
    expect(world.refusals).toEqual([undefined]);
  });

  it('leaves it to the next look whose the one is that exists', async () => {
    const world = effects(() => {
      throw new ApiError('exists', 409, 'AlreadyExists');
    });
    expect(
      await carryOut(world, { type: 'create-workflow', name: WORKFLOW_NAME }),
    ).toBe(100);
    expect(world.events).toEqual([]);
  });

  it.each([
    [403, 'exceeded quota'],
    [422, 'exceeded quota'],
    [500, undefined],
    [0, undefined],
  ])('HTTP %i is tried again, and %s is kept', async (status, why) => {
    const world = effects(() => {
      throw new ApiError('exceeded quota', status, '');
    });
    await expect(
      carryOut(world, { type: 'create-workflow', name: WORKFLOW_NAME }),
    ).rejects.toThrow('quota');
    expect(world.refusals).toEqual(why ? [why] : []);
  });
});

describe('writing to a Workflow', () => {
  it('patches the gate with its guards', async () => {
    const world = effects();
    await carryOut(world, gateAction);
    expect(world.writes[0]).toMatchObject({
      verb: 'json',
      path: `agentworkloads/workflows/${WORKFLOW_NAME}`,
    });
  });

  it('stops it, if it is still the one that is meant', async () => {
    const world = effects();
    await carryOut(world, {
      type: 'stop-workflow',
      workflow: WORKFLOW_NAME,
      workflowUid: WORKFLOW_UID,
    });
    expect(world.writes[0]?.body).toEqual([
      { op: 'test', path: '/metadata/uid', value: WORKFLOW_UID },
      { op: 'add', path: '/spec/shutdown', value: 'Stop' },
    ]);
  });

  it.each([404, 409, 422])(
    'takes HTTP %i for "someone was first" and looks again',
    async status => {
      const world = effects(() => {
        throw new ApiError('no', status, '');
      });
      expect(await carryOut(world, gateAction)).toBe(100);
    },
  );

  it('passes on any other failure', async () => {
    const world = effects(() => {
      throw new ApiError('no', 500, '');
    });
    await expect(carryOut(world, gateAction)).rejects.toThrow('no');
  });
});

describe('answering an approval', () => {
  const judged = (accepted: boolean): Action => ({
    type: 'judge-approval',
    approval: anApproval(),
    accepted,
    reason: accepted ? 'ApprovalUsed' : 'ApproverIsRequester',
    message: 'bob asked for this run',
  });

  it('refuses with a condition and an event', async () => {
    const world = effects();
    await carryOut(world, judged(false));
    expect(world.writes[0]).toEqual({
      verb: 'merge',
      path: 'agentworkloads/agentapprovals/alice-says/status',
      body: {
        metadata: { uid: 'a1', resourceVersion: '3' },
        status: {
          conditions: [
            {
              type: 'Accepted',
              status: 'False',
              observedGeneration: 1,
              lastTransitionTime: iso(0),
              reason: 'ApproverIsRequester',
              message: 'bob asked for this run',
            },
          ],
        },
      },
    });
    expect(world.events[0]).toMatchObject({
      type: 'Warning',
      reason: 'ApproverIsRequester',
      note: expect.stringContaining('alice-says'),
    });
  });

  it('goes on from its own write, not from what it read', async () => {
    const world = effects(() => ({ metadata: { resourceVersion: '31' } }));
    const approval = anApproval();
    await applyActions(
      world.result,
      workload,
      [{ type: 'own-approval', approval }, judged(true)],
      NOW,
    );
    const guards = world.writes.map(
      ({ body }) => (body as { metadata: object }).metadata,
    );
    expect(guards).toEqual([
      expect.objectContaining({ uid: 'a1', resourceVersion: '3' }),
      { uid: 'a1', resourceVersion: '31' },
    ]);
    expect(world.seen).toHaveLength(2);
  });

  it('accepts with a condition alone, and looks at once at the gate that waits for it', async () => {
    const world = effects(() => ({ metadata: { resourceVersion: '31' } }));
    expect(await carryOut(world, judged(true))).toBe(100);
    expect(world.events).toEqual([]);
  });

  it('keeps calm when the server drops the condition', async () => {
    const world = effects(() => ({ metadata: { resourceVersion: '3' } }));
    expect(await carryOut(world, judged(true))).toBe(5_000);
  });

  it.each([404, 409, 422])('lets go of one that changed: %i', async status => {
    const world = effects(() => {
      throw new ApiError('no', status, '');
    });
    expect(await carryOut(world, judged(false))).toBe(100);
    expect(world.events).toEqual([]);
  });

  it('passes on any other failure', async () => {
    const world = effects(() => {
      throw new ApiError('no', 503, '');
    });
    await expect(carryOut(world, judged(true))).rejects.toThrow('no');
  });

  it('adds the owner beside those that are there', async () => {
    const world = effects();
    const approval = anApproval({}, { ownerReferences: [{ uid: 'other' }] });
    await carryOut(world, { type: 'own-approval', approval });
    expect(world.writes[0]?.body).toEqual({
      metadata: {
        uid: 'a1',
        resourceVersion: '3',
        ownerReferences: [
          { uid: 'other' },
          {
            apiVersion: 'agentworkloads.io/v1alpha1',
            kind: 'AgentWorkload',
            name: 'weekly',
            uid: workload.metadata.uid,
          },
        ],
      },
    });
  });
});
