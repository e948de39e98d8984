import { ApiError } from '@agentworkloads/kube';
import { toResponseError } from './responseError';

describe('toResponseError', () => {
  it.each([
    [0, 'ServiceUnavailableError'],
    [401, 'ServiceUnavailableError'],
    [403, 'NotAllowedError'],
    [404, 'NotFoundError'],
    [409, 'ConflictError'],
    [422, 'InputError'],
    [429, 'ServiceUnavailableError'],
    [500, 'ServiceUnavailableError'],
  ])('makes of %i a %s', (status, name) => {
    const error = toResponseError(
      new ApiError('GET /x: because', status, '', undefined, {
        said: 'because',
      }),
      'do it',
    );
    expect(error.name).toBe(name);
    expect(error.message).toContain('do it');
  });

  describe('for a person who lacks a right', () => {
    const said = 'agentworkloads is forbidden: User "alice" cannot create it';
    const answer = (groups: string[], reason = said) =>
      toResponseError(
        new ApiError('', 403, '', undefined, { said: reason }),
        'start the run',
        { username: 'alice', groups },
      ).message;

    it('says as whom the cluster was asked', () => {
      expect(answer(['a', 'b'])).toBe(
        `The cluster refused to start the run: ${said}. The portal asked as "alice" in a, b.`,
      );
    });

    it('says that no group of theirs is mapped', () => {
      expect(answer([])).toContain(
        'in no group: agentWorkloads.identity.groups lists none',
      );
    });

    it('says nothing of that when a policy refused', () => {
      expect(answer([], 'ValidatingAdmissionPolicy says no')).not.toContain(
        'asked as',
      );
    });
  });

  it('leaves other errors alone', () => {
    const error = new Error('x');
    expect(toResponseError(error, 'do it')).toBe(error);
  });
});
