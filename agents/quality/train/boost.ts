/** Gradient boosting of small trees over binned features: logistic loss, targets from 0 to 1, each row with a weight. */
export interface Rows {
  /** A column a feature. */
  columns: readonly Float32Array[];
  targets: Float32Array;
  weights: Float32Array;
  /** The page of each row: a tree is grown on a sample of pages. */
  pages: Int32Array;
}

export interface BoostOptions {
  trees: number;
  leaves: number;
  rate: number;
  /** Shares of the features and of the pages that a tree sees. */
  features: number;
  pages: number;
  /** Against leaves that are surer than their rows allow. */
  ridge: number;
  /** Share of the whole weight that a leaf holds, at least. */
  least: number;
  seed: number;
}

export type TreeNode =
  | { value: number }
  | {
      feature: number;
      cut: number;
      bin: number;
      left: TreeNode;
      right: TreeNode;
    };

const BINS = 48;
const STRIDE = 64;
const SAMPLE = 20_000;

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
export function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** Where a column is cut: between its values, so that a rounded cut parts them as well. */
export function cutsOf(column: Float32Array): number[] {
  const step = Math.max(1, column.length / SAMPLE);
  const size = Math.min(column.length, SAMPLE);
  const sorted = Float32Array.from(
    { length: size },
    (_none, index) => column[Math.floor(index * step)],
  ).sort();
  const values = [...new Set(sorted)];
  const between = (index: number) => (values[index - 1] + values[index]) / 2;
  if (values.length <= BINS)
    return values.slice(1).map((_v, i) => between(i + 1));
  const cuts = new Set<number>();
  const places = new Map(values.map((value, index) => [value, index]));
  for (let bin = 1; bin < BINS; bin += 1) {
    const value = sorted[Math.floor((size * bin) / BINS)];
    const place = places.get(value) ?? 0;
    if (place > 0) cuts.add(between(place));
  }
  return [...cuts];
}

function binned(column: Float32Array, cuts: readonly number[]): Uint8Array {
  return Uint8Array.from(column, value => {
    let [low, high] = [0, cuts.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (value > cuts[middle]) low = middle + 1;
      else high = middle;
    }
    return low;
  });
}

interface Growing {
  rows: Int32Array;
  sums: Float64Array;
  slope: number;
  bend: number;
  gain: number;
  /** Place in the sample of features, and the last bin on the left. */
  feature: number;
  bin: number;
  parts?: [Growing, Growing];
}

/** One round: a tree towards the slope of the loss. */
class Grower {
  constructor(
    private readonly bins: readonly Uint8Array[],
    private readonly cuts: readonly (readonly number[])[],
    private readonly slopes: Float32Array,
    private readonly bends: Float32Array,
    private readonly features: readonly number[],
    private readonly options: BoostOptions,
    private readonly least: number,
  ) {}

  grow(rows: Int32Array): TreeNode {
    const root = this.open(rows, this.sum(rows));
    const leaves = [root];
    while (leaves.length < this.options.leaves) {
      const best = leaves.reduce((a, b) => (b.gain > a.gain ? b : a));
      if (best.gain <= 0) break;
      leaves.splice(leaves.indexOf(best), 1, ...this.part(best));
    }
    return this.close(root);
  }

  private sum(rows: Int32Array): Float64Array {
    const sums = new Float64Array(this.features.length * STRIDE * 2);
    this.features.forEach((feature, place) => {
      const column = this.bins[feature];
      const from = place * STRIDE * 2;
      for (let index = 0; index < rows.length; index += 1) {
        const row = rows[index];
        const at = from + column[row] * 2;
        sums[at] += this.slopes[row];
        sums[at + 1] += this.bends[row];
      }
    });
    return sums;
  }

  private open(rows: Int32Array, sums: Float64Array): Growing {
    let [slope, bend] = [0, 0];
    for (let index = 0; index < rows.length; index += 1) {
      slope += this.slopes[rows[index]];
      bend += this.bends[rows[index]];
    }
    const node = { rows, sums, slope, bend, gain: 0, feature: 0, bin: 0 };
    this.features.forEach((_feature, place) => this.search(node, place));
    return node;
  }

  /** The best cut of one feature, where it is better than those before. */
  private search(node: Growing, place: number) {
    const { ridge } = this.options;
    const whole = node.slope ** 2 / (node.bend + ridge);
    let [slope, bend] = [0, 0];
    const count = this.cuts[this.features[place]].length;
    for (let bin = 0; bin < count; bin += 1) {
      const at = (place * STRIDE + bin) * 2;
      slope += node.sums[at];
      bend += node.sums[at + 1];
      const rest = node.bend - bend;
      if (bend < this.least || rest < this.least) continue;
      const gain =
        slope ** 2 / (bend + ridge) +
        (node.slope - slope) ** 2 / (rest + ridge) -
        whole;
      if (gain > node.gain) Object.assign(node, { gain, feature: place, bin });
    }
  }

  private part(node: Growing): [Growing, Growing] {
    const column = this.bins[this.features[node.feature]];
    const left = node.rows.filter(row => column[row] <= node.bin);
    const right = node.rows.filter(row => column[row] > node.bin);
    const [few, many] =
      left.length < right.length ? [left, right] : [right, left];
    const sums = this.sum(few);
    const others = node.sums.map((value, index) => value - sums[index]);
    const made = [this.open(few, sums), this.open(many, others)];
    node.parts = few === left ? [made[0], made[1]] : [made[1], made[0]];
    node.sums = new Float64Array(0);
    return node.parts;
  }

  private close(node: Growing): TreeNode {
    const { rate, ridge } = this.options;
    if (!node.parts)
      return { value: (rate * node.slope) / (node.bend + ridge) };
    const feature = this.features[node.feature];
    return {
      feature,
      bin: node.bin,
      cut: this.cuts[feature][node.bin],
      left: this.close(node.parts[0]),
      right: this.close(node.parts[1]),
    };
  }
}

const sigmoid = (value: number) => 1 / (1 + Math.exp(-value));

/** @returns the trees, whose leaves add up to the logarithm of odds */
export function boost(rows: Rows, options: BoostOptions): TreeNode[] {
  const random = createRandom(options.seed);
  const cuts = rows.columns.map(cutsOf);
  const bins = rows.columns.map((column, at) => binned(column, cuts[at]));
  const size = rows.targets.length;
  const scale = size / rows.weights.reduce((sum, weight) => sum + weight, 0);
  const sums = new Float32Array(size);
  const slopes = new Float32Array(size);
  const bends = new Float32Array(size);
  const pageCount =
    rows.pages.reduce((most, page) => Math.max(most, page), 0) + 1;
  const trees: TreeNode[] = [];
  for (let round = 0; round < options.trees; round += 1) {
    for (let row = 0; row < size; row += 1) {
      const likely = sigmoid(sums[row]);
      const weight = rows.weights[row] * scale;
      slopes[row] = (rows.targets[row] - likely) * weight;
      bends[row] = Math.max(likely * (1 - likely), 1e-4) * weight;
    }
    const used = Array.from(
      { length: pageCount },
      () => random() < options.pages,
    );
    const sample = Int32Array.from(
      [...rows.pages.keys()].filter(row => used[rows.pages[row]]),
    );
    const features = [...cuts.keys()].filter(() => random() < options.features);
    const least = (options.least * sample.length) / 4;
    const grower = new Grower(
      bins,
      cuts,
      slopes,
      bends,
      features,
      options,
      least,
    );
    const tree = grower.grow(sample);
    trees.push(tree);
    for (let row = 0; row < size; row += 1) {
      let node = tree;
      while ('left' in node)
        node = bins[node.feature][row] <= node.bin ? node.left : node.right;
      sums[row] += node.value;
    }
  }
  return trees;
}
