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

  it('leaves other errors alone', () => {
    const error = new Error('x');
    expect(toResponseError(error, 'do it')).toBe(error);
  });
});
