import { describe, expect, it } from '@jest/globals';
import { evaluateJsonPath, stepsOf } from './json-path';

const object = {
  metadata: { annotations: { 'a.io/b': 'x' } },
  status: {
    conditions: [
      { type: 'A', status: 'False' },
      { type: 'Ready', status: 'True' },
    ],
    n: 0,
  },
};

describe('printer column paths', () => {
  it.each([
    ['.status.n', 0],
    ['status.n', 0],
    ['.status.none.deep', undefined],
    ['.status.conditions[1].status', 'True'],
    ['.status.conditions[-1].type', 'Ready'],
    ['.status.conditions[*].type', 'A'],
    ['.status.conditions[?(@.type=="Ready")].status', 'True'],
    [".status.conditions[?(@.type!='A')].type", 'Ready'],
    ['.status.conditions[?(@.type=="None")].status', undefined],
    [".metadata.annotations['a.io/b']", 'x'],
  ])('%s', (path, expected) => {
    expect(evaluateJsonPath(path, object)).toEqual(expected);
  });

  it('refuses what it does not know', () => {
    expect(() => stepsOf('.a[1:2]')).toThrow('unsupported jsonPath');
  });
});
