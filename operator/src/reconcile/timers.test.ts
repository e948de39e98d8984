import { describe, expect, it } from '@jest/globals';
import { at, aWorkload, iso } from '../../test/builders/workload';
import { aWorkflow } from '../../test/builders/workflow';
import { lastProgress } from './timers';

describe('the last progress of a Workflow that no controller has touched', () => {
  const workload = aWorkload().started(0).build();
  const untouched = (createdAt: string) => ({
    ...aWorkflow().facts(),
    createdAt,
    lastChangeAt: '',
  });

  it('is its creation, so that Argo has the whole limit', () => {
    expect(lastProgress(workload, untouched(iso(0)), at(1))).toBe(
      at(0).getTime(),
    );
  });

  it('leaves half of the limit to one that was made while the operator was away', () => {
    expect(lastProgress(workload, untouched(iso(-3600)), at(0))).toBe(
      at(-150).getTime(),
    );
  });
});
