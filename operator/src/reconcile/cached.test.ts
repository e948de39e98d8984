import { describe, expect, it } from '@jest/globals';
import { anApproval } from '../../test/builders/approval';
import { aWorkload } from '../../test/builders/workload';
import { aWorkflow } from '../../test/builders/workflow';
import {
  toCachedApproval,
  toCachedWorkflow,
  toCachedWorkload,
  toRawWorkload,
} from './cached';

const size = (value: unknown) => JSON.stringify(value).length;

describe('what the caches hold', () => {
  it.each(['Completed', 'Failed', 'TimedOut', 'Denied', 'Cancelled'] as const)(
    'of a workload that is %s: a stub, whatever its size',
    phase => {
      const urls = Array.from(
        { length: 500 },
        (_, page) => `https://acme.example/${'x'.repeat(100)}/${page}`,
      );
      const over = aWorkload()
        .withSpec({ targetUrls: urls })
        .started()
        .withStatus({ phase });
      const cached = toCachedWorkload(over.build());
      expect(size(cached)).toBeLessThan(400);
      expect(cached.ended?.workflow).toMatch(/^weekly-/);
      expect(cached.raw).toBeUndefined();
    },
  );

  it('of one that ended before a Workflow was recorded: the name that was to be its', () => {
    const over = aWorkload().withStatus({
      phase: 'Failed',
      workflowNames: ['weekly-first', 'weekly-second'],
    });
    expect(toCachedWorkload(over.build()).ended).toEqual({
      workflow: 'weekly-second',
    });
  });

  it('of one that goes on: all, save copies of it', () => {
    const raw = {
      ...aWorkload().started().build(),
      metadata: {
        ...aWorkload().build().metadata,
        managedFields: [{}],
        annotations: {
          mine: 'yes',
          'kubectl.kubernetes.io/last-applied-configuration': '{}',
        },
      },
    };
    const cached = toCachedWorkload(raw);
    expect(cached.ended).toBeUndefined();
    expect(cached.raw).toEqual(toRawWorkload(raw));
    expect(cached.raw?.metadata.annotations).toEqual({ mine: 'yes' });
    expect(cached.raw?.metadata).not.toHaveProperty('managedFields');
    expect(cached.raw?.spec).toEqual(raw.spec);
  });

  it('of a Workflow that Argo is done with: that it is', () => {
    const over = toCachedWorkflow(aWorkflow().completed().raw(), 'bucket');
    expect(over).toMatchObject({ finished: true, ownerName: 'weekly' });
    expect(over.facts).toBeUndefined();
    const { namespace, createdAt, phase, message, argoChangeAt } = aWorkflow()
      .completed()
      .facts();
    expect(over.touched).toEqual({
      namespace,
      createdAt,
      phase,
      message,
      argoChangeAt,
    });
    const waits = toCachedWorkflow(aWorkflow().atGate().raw(), 'bucket');
    expect(waits.facts?.gates).toHaveLength(1);
  });

  it('of an approval: nothing more once it is answered and owned', () => {
    const owned = {
      ownerReferences: [{ uid: aWorkload().build().metadata.uid }],
    };
    const held = (...from: Parameters<typeof anApproval>) =>
      toCachedApproval(anApproval(...from)).approval !== undefined;
    expect(held()).toBe(true);
    expect(held({}, owned)).toBe(true);
    expect(held({}, {}, 'True')).toBe(true);
    expect(held({}, owned, 'True')).toBe(false);
    expect(held({}, owned, 'False')).toBe(false);
  });

  it('of a denial who said it and when, also once it was too late; nothing of one that was refused', () => {
    const denial = { decision: 'deny', comment: 'no' } as const;
    const kept = (...from: Parameters<typeof anApproval>) =>
      toCachedApproval(anApproval(...from)).denial?.username;
    expect(kept(denial)).toBe('alice');
    expect(kept(denial, {}, 'True')).toBe('alice');
    expect(kept({})).toBeUndefined();
    const refused = (reason: string) => {
      const approval = anApproval(denial, {}, 'False');
      const conditions = approval.status?.conditions?.map(one => ({
        ...one,
        reason,
      }));
      return toCachedApproval({ ...approval, status: { conditions } }).denial;
    };
    expect(refused('ApprovalTooLate')?.username).toBe('alice');
    expect(refused('ApproverIsRequester')).toBeUndefined();
  });
});
