/** Two of a list each, at most one partner for anything. */
export interface Assignment<T> {
  pairs: [T, T][];
  gone: T[];
  came: T[];
}

/**
 * Pairs what fits best first. The same two lists the other way round give the same pairs: nothing comes or goes by the order of the
 * arguments.
 *
 * @param score how well two fit; 0 or less is no pair
 */
export function assign<T>(
  before: readonly T[],
  after: readonly T[],
  score: (was: T, is: T) => number,
): Assignment<T> {
  const fits: { i: number; j: number; fit: number }[] = [];
  before.forEach((was, i) =>
    after.forEach((is, j) => {
      const fit = score(was, is);
      if (fit > 0) fits.push({ i, j, fit });
    }),
  );
  fits.sort(
    (a, b) =>
      b.fit - a.fit ||
      Math.abs(a.i - a.j) - Math.abs(b.i - b.j) ||
      a.i + a.j - (b.i + b.j),
  );
  const left = new Set<number>();
  const right = new Set<number>();
  const taken: [number, number][] = [];
  for (const { i, j } of fits) {
    if (left.has(i) || right.has(j)) continue;
    left.add(i);
    right.add(j);
    taken.push([i, j]);
  }
  taken.sort(([, a], [, b]) => a - b);
  return {
    pairs: taken.map(([i, j]) => [before[i], after[j]]),
    gone: before.filter((_, i) => !left.has(i)),
    came: after.filter((_, j) => !right.has(j)),
  };
}

/** As {@link assign}, in turns: each rule gets what the ones before it left. */
export function assignInTurns<T>(
  before: readonly T[],
  after: readonly T[],
  rules: readonly ((was: T, is: T) => number)[],
): Assignment<T> {
  const result: Assignment<T> = {
    pairs: [],
    gone: [...before],
    came: [...after],
  };
  for (const rule of rules) {
    const { pairs, gone, came } = assign(result.gone, result.came, rule);
    result.pairs.push(...pairs);
    result.gone = gone;
    result.came = came;
  }
  return result;
}
