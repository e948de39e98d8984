import { describe, expect, it } from '@jest/globals';
import { FakeClock } from '@agentworkloads/kube/testing';
import { LastAnswers } from './last-answers';

const KEY = 'agentworkloads/weekly';
const answer = (resourceVersion: string, ...workflowNames: string[]) => ({
  metadata: { resourceVersion },
  status: { workflowNames },
});

function answersAt(time: number) {
  const clock = new FakeClock(time);
  return { clock, answers: new LastAnswers(clock) };
}

describe('the answer to the last write', () => {
  it('serves the next pass, and that one only', () => {
    const { answers } = answersAt(0);
    answers.keep(KEY, answer('7', 'weekly-a'), undefined, 0);
    expect(answers.take(KEY)).toMatchObject({
      resourceVersion: '7',
      newName: 'weekly-a',
    });
    expect(answers.take(KEY)).toBeUndefined();
  });

  it('is worth nothing a second after it was asked for, however late it came', async () => {
    const { clock, answers } = answersAt(0);
    await clock.advance(1_500);
    answers.keep(KEY, answer('7', 'weekly-a'), undefined, 0);
    expect(answers.take(KEY)).toBeUndefined();
  });

  it('lives by a clock that nobody sets', () => {
    const { clock, answers } = answersAt(0);
    answers.keep(KEY, answer('7', 'weekly-a'), undefined, 0);
    clock.setWall(-3_600_000);
    expect(answers.take(KEY)).toBeDefined();
  });

  it('calls no name unused that stood in status before', () => {
    const { answers } = answersAt(0);
    const before = { workflowNames: ['weekly-a'] };
    answers.keep(KEY, answer('7', 'weekly-a'), before, 0);
    expect(answers.take(KEY)).not.toHaveProperty('newName');
  });
});
