import { describe, expect, it } from '@jest/globals';
import { aWorkflow } from '../../test/builders/workflow';
import { aWorkload } from '../../test/builders/workload';
import { mirror } from './mirror';

const mirrored = (summary: object) => {
  const facts = aWorkflow().atGate().facts();
  return mirror(
    aWorkload().waiting().build(),
    { ...facts, summary: { ...facts.summary!, ...summary } },
    new Date(0),
  ).summary;
};

describe('the number of changes in a status', () => {
  it('is what the run told, none among them', () => {
    expect(mirrored({ changes: 4 })).toMatchObject({ changes: 4 });
    expect(mirrored({ changes: 0 })).toMatchObject({ changes: 0 });
  });

  it('is absent where the run was not compared', () => {
    expect(mirrored({ changes: undefined })).not.toHaveProperty('changes');
  });
});
