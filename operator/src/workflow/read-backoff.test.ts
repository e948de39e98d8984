import { describe, expect, it } from '@jest/globals';
import { aWorkflow } from '../../test/builders/workflow';
import { aWorkload } from '../../test/builders/workload';
import { noProgressEnd } from '../reconcile/timers';
import { at } from '../../test/builders/workload';

const stored = (...strategies: unknown[]) =>
  aWorkflow()
    .phase('Running', {
      storedWorkflowTemplateSpec: {
        templates: strategies.map(retryStrategy => ({ retryStrategy })),
      },
    })
    .facts().longestBackoffMs;

describe('the longest wait between two tries', () => {
  it.each<[string, unknown, number]>([
    ['doubles', { limit: 2, backoff: { duration: '30s', factor: 2 } }, 60_000],
    [
      'as text',
      { limit: '3', backoff: { duration: '1m', factor: '2' } },
      240_000,
    ],
    ['in plain seconds', { limit: 1, backoff: { duration: '90' } }, 90_000],
    ['stays', { limit: 9, backoff: { duration: '1m30s' } }, 90_000],
    [
      'is capped',
      { limit: 9, backoff: { duration: '1m', factor: 3, cap: '5m' } },
      300_000,
    ],
    [
      'is over when all of it is',
      { backoff: { duration: '1m', factor: 2, maxDuration: '1h' } },
      3_600_000,
    ],
    ['is none without a back-off', { limit: 2 }, 0],
    ['is none that can be read', { backoff: { duration: 'soon' } }, 0],
  ])('%s', (_what, strategy, expected) => {
    expect(stored(strategy)).toBe(expected);
  });

  it('is that of the slowest template', () => {
    const of = (duration: string) => ({ limit: 1, backoff: { duration } });
    expect(stored(undefined, of('10s'), of('2m'), of('1m'))).toBe(120_000);
  });

  it('is not known while Argo has stored nothing', () => {
    expect(aWorkflow().facts().longestBackoffMs).toBeUndefined();
  });

  it('is what the no-progress limit waits longer', () => {
    const backoff = (duration: string) =>
      aWorkflow()
        .phase('Running', {
          storedWorkflowTemplateSpec: {
            templates: [{ retryStrategy: { limit: 1, backoff: { duration } } }],
          },
        })
        .step('scrape', 'Running', {
          type: 'Retry',
          message: 'Backoff for 10 minutes',
        })
        .facts();
    const workload = aWorkload().started(0).build();
    const end = (duration: string) =>
      noProgressEnd(workload, backoff(duration), undefined, at(0)) ?? NaN;
    expect(end('10m') - end('0s')).toBe(600_000);
  });
});
