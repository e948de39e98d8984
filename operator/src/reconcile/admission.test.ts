import { describe, expect, it } from '@jest/globals';
import { ADMISSION_POLICIES } from '@agentic/api';
import { ApiError, type KubeClient } from '../ports';
import { gatherAdmission } from './admission';

type Spec = Record<string, unknown>;

const NAME = ADMISSION_POLICIES.approvalIdentity;

/** All policies and bindings in place, but for the changes to one of them. */
function cluster(change: {
  policy?: Spec | Error;
  binding?: Spec | Error;
}): KubeClient {
  const client: Pick<KubeClient, 'get'> = {
    async get(kind, _namespace, name) {
      const isPolicy = kind.plural === 'validatingadmissionpolicies';
      const changed = isPolicy ? change.policy : change.binding;
      if (name === NAME && changed instanceof Error) throw changed;
      const usual = isPolicy
        ? { failurePolicy: 'Fail' }
        : { policyName: name, validationActions: ['Deny'] };
      return {
        metadata: {
          name,
          creationTimestamp: isPolicy
            ? '2026-01-01T00:00:00Z'
            : '2026-01-02T00:00:00Z',
        },
        spec: name === NAME ? { ...usual, ...changed } : usual,
      };
    },
  };
  return client as KubeClient;
}

describe('the admission policies', () => {
  it('are there since the youngest of them', async () => {
    expect(await gatherAdmission(cluster({}))).toEqual({
      kind: 'present',
      since: '2026-01-02T00:00:00Z',
    });
  });

  it('fail closed where nothing else is said', async () => {
    const client = cluster({ policy: { failurePolicy: undefined } });
    expect((await gatherAdmission(client)).kind).toBe('present');
  });

  it.each<[string, Parameters<typeof cluster>[0], string]>([
    [
      'a policy is not there',
      { policy: new ApiError('', 404, 'NotFound') },
      `validatingadmissionpolicies/${NAME}`,
    ],
    [
      'a policy lets pass what it cannot judge',
      { policy: { failurePolicy: 'Ignore' } },
      `validatingadmissionpolicies/${NAME}`,
    ],
    [
      'a binding is not there',
      { binding: new ApiError('', 404, 'NotFound') },
      `validatingadmissionpolicybindings/${NAME}`,
    ],
    [
      'a binding only warns',
      { binding: { validationActions: ['Warn'] } },
      `validatingadmissionpolicybindings/${NAME}`,
    ],
    [
      'a binding binds another policy',
      { binding: { policyName: 'other' } },
      `validatingadmissionpolicybindings/${NAME}`,
    ],
  ])('count as missing when %s', async (_what, change, name) => {
    expect(await gatherAdmission(cluster(change))).toEqual({
      kind: 'missing',
      names: [name],
    });
  });

  it('are not missing when they could not be read', async () => {
    const client = cluster({ policy: new ApiError('HTTP 500', 500, '') });
    expect(await gatherAdmission(client)).toEqual({
      kind: 'unreadable',
      cause: 'HTTP 500',
    });
  });
});
