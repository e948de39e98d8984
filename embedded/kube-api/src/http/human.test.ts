import { describe, expect, it } from '@jest/globals';
import { age, humanDuration, podStatus, readyContainers } from './human';

describe('ages', () => {
  it.each([
    [5, '5s'],
    [119, '119s'],
    [120, '2m'],
    [200, '3m20s'],
    [900, '15m'],
    [4 * 3600 + 60, '4h1m'],
    [20 * 3600, '20h'],
    [3 * 86400 + 7200, '3d2h'],
    [30 * 86400, '30d'],
    [800 * 86400, '2y'],
  ])('%i seconds are %s', (seconds, text) => {
    expect(humanDuration(seconds)).toBe(text);
  });

  it('are unknown without a time, and never negative', () => {
    const now = new Date('2026-01-01T00:00:00Z');
    expect(age(undefined, now)).toBe('<unknown>');
    expect(age('2026-01-01T00:00:09Z', now)).toBe('0s');
  });
});

describe('a pod', () => {
  const pod = (status: object, metadata = {}) =>
    ({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'p', ...metadata },
      spec: { containers: [{ name: 'a' }, { name: 'b' }] },
      status,
    } as never);

  it('says what its containers wait for or ended with', () => {
    expect(podStatus(pod({ phase: 'Running' }))).toBe('Running');
    expect(
      podStatus(
        pod({
          phase: 'Failed',
          containerStatuses: [{ state: { terminated: { reason: 'Error' } } }],
        }),
      ),
    ).toBe('Error');
    expect(podStatus(pod({}, { deletionTimestamp: 'x' }))).toBe('Terminating');
    expect(
      readyContainers(pod({ containerStatuses: [{ ready: true }, {}] })),
    ).toBe('1/2');
  });
});
