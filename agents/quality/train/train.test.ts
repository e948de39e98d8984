import { describe, expect, it } from '@jest/globals';
import { blocksOf } from '../../src/content/blocks';
import { buildContentTree } from '../../src/content/content-tree';
import { boost, type TreeNode } from './boost';
import { labelBlocks } from './labels';

const blocks = (html: string) =>
  blocksOf(
    buildContentTree({
      page: { url: 'https://a.example/' },
      text: '',
      html,
      layout: {
        ...{ runs: [], jsonLd: [], meta: {}, hiddenText: [] },
        ...{ viewport: { width: 1, height: 1 }, pageHeight: 1 },
      },
    }),
  );

describe('the truth of a block', () => {
  it('is the share of its words that the truth holds, each word given once', () => {
    const page = blocks(
      '<p>Home</p><h1>Red shoes</h1><p>These shoes are very red and very good.</p><p>These shoes are very red and very good.</p><p>Home</p>',
    );
    const truth = 'Red shoes\nThese shoes are very red and very good.';
    expect(labelBlocks(page, truth)).toEqual([0, 1, 1, 0, 0]);
  });
});

const leafOf = (node: TreeNode, row: readonly number[]): number =>
  'left' in node
    ? leafOf(row[node.feature] <= node.cut ? node.left : node.right, row)
    : node.value;

describe('boosting', () => {
  it('learns what is true where either of two features is high, and not both', () => {
    const points = Array.from({ length: 400 }, (_none, index) => [
      (index % 20) / 20,
      Math.floor(index / 20) / 20,
    ]);
    const truth = ([x, y]: readonly number[]) => Number(x > 0.5 !== y > 0.3);
    const trees = boost(
      {
        columns: [0, 1].map(at => Float32Array.from(points, each => each[at])),
        targets: Float32Array.from(points, truth),
        weights: new Float32Array(points.length).fill(1),
        pages: Int32Array.from(points, (_point, index) => index % 10),
      },
      {
        ...{ trees: 40, leaves: 6, rate: 0.3, features: 1, pages: 0.8 },
        ...{ ridge: 1, least: 0.01, seed: 1 },
      },
    );
    const right = points.filter(point => {
      const sum = trees.reduce((total, tree) => total + leafOf(tree, point), 0);
      return Number(sum > 0) === truth(point);
    });
    expect(right.length / points.length).toBeGreaterThan(0.97);
  });
});
