import { describe, expect, it } from '@jest/globals';
import { contentModel, likelihood, readModel } from './content-model';

const model = readModel({
  features: 'words link',
  trees: ['1<0.5 0<3 0 2 -2', '0<3 -1 1'],
  words: { hints: 'nav:-2.5|a:b:1', text: '', headings: '' },
});
const odds = (...row: number[]) => {
  const likely = likelihood(model, Float32Array.from(row));
  return Math.log(likely / (1 - likely));
};

describe('the learned model', () => {
  it('adds the leaves that a row comes to', () => {
    expect(odds(4, 0.1)).toBeCloseTo(3);
    expect(odds(3, 0.5)).toBeCloseTo(-1);
    expect(odds(3, 0.6)).toBeCloseTo(-3);
  });

  it('has the scores of words, whatever stands in a word', () => {
    expect([...model.tables.hints]).toEqual([
      ['nav', -2.5],
      ['a:b', 1],
    ]);
  });

  it('is there, and asks for no feature that it does not name', () => {
    const { features, trees, tables } = contentModel();
    const asked = trees.flatMap(({ feature }) => [...feature]);
    expect(Math.max(...asked)).toBeLessThan(features.length);
    expect(trees.length).toBeGreaterThan(50);
    expect(tables.hints.get('nav')).toBeLessThan(0);
  });
});
