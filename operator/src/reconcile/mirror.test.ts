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

const COMPARED = { price: 3, plan: 0, terms: 1, other: 0, notCompared: 2 };

describe('the changes in a status', () => {
  it('are what the run told, all together and by kind, none among them', () => {
    const some = { changes: 4, compared: COMPARED };
    expect(mirrored(some)).toMatchObject(some);
    const compared = { ...COMPARED, price: 0, terms: 0 };
    expect(mirrored({ changes: 0, compared })).toMatchObject({
      changes: 0,
      compared,
    });
  });

  it.each<[number | undefined, string]>([
    [0, 'of a step of before, which had compared nothing'],
    [4, 'whatever it says'],
    [undefined, 'where it says nothing'],
  ])('are absent where nothing was compared: %s, %s', (changes, _why) => {
    const summary = mirrored({ changes, compared: undefined });
    expect(summary).not.toHaveProperty('changes');
    expect(summary).not.toHaveProperty('compared');
    expect(summary).not.toHaveProperty('notComparedReason');
    expect(summary).toMatchObject({ pages: 3 });
  });

  it('have the reason in their place where nothing was compared', () => {
    const notComparedReason = 'FIRST_RUN';
    const summary = mirrored({
      changes: undefined,
      compared: undefined,
      notComparedReason,
    });
    expect(summary).toMatchObject({ notComparedReason });
    expect(summary).not.toHaveProperty('changes');
  });
});
