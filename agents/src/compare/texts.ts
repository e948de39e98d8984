import type { ChangeAspect, Fact } from '@agentworkloads/api';
import { assignInTurns, type Assignment } from './assign';
import {
  differInCounter,
  differInDate,
  differInNumber,
  fold,
  likeness,
} from './wording';

/** Two texts that share so many words may be one, said in another way. */
const REWORDED = 0.5;
/** A headline below it is one of many. */
const MAIN_HEADLINE = 0.9;

/** Features and limits of a plan, or what a page says of none, held against each other. */
export function assignTexts(
  before: readonly Fact[],
  after: readonly Fact[],
): Assignment<Fact> {
  return assignInTurns(before, after, [
    (was, is) =>
      fold(was.value) === fold(is.value) ? 1 + Number(was.kind === is.kind) : 0,
    (was, is) =>
      differInNumber(was.value, is.value) ||
      differInDate(was.value, is.value, true)
        ? 1 + Number(was.selector === is.selector)
        : 0,
    (was, is) => {
      const alike = likeness(was.value, is.value);
      return alike >= REWORDED ? alike : 0;
    },
  ]);
}

export const isMainHeadline = ({ kind, confidence }: Fact) =>
  kind === 'headline' && confidence >= MAIN_HEADLINE;

/** As {@link assignTexts} for one kind; the only one gone and the only one that came are one, and so are two main headlines. */
export function assignCopy(
  before: readonly Fact[],
  after: readonly Fact[],
): Assignment<Fact> {
  const found = assignTexts(before, after);
  const single =
    found.gone.length === 1 &&
    found.came.length === 1 &&
    found.gone[0].kind !== 'feature';
  const rest = assignInTurns(found.gone, found.came, [
    (was, is) => (isMainHeadline(was) && isMainHeadline(is) ? 1 : 0),
    (was, is) => (single && isMainHeadline(was) === isMainHeadline(is) ? 1 : 0),
  ]);
  return { ...rest, pairs: [...found.pairs, ...rest.pairs] };
}

/**
 * @param ofPlan whether a number in it is one that a buyer gets
 * @returns how two texts that are one differ; undefined where they say the same
 */
export function textAspect(
  was: Fact,
  is: Fact,
  ofPlan: boolean,
): ChangeAspect | undefined {
  const [a, b] = [was.value, is.value];
  if (fold(a) === fold(b)) return undefined;
  if (differInDate(a, b, !ofPlan)) return 'date';
  if (is.kind === 'contact' || is.kind === 'cta') return 'wording';
  if (ofPlan || is.kind === 'trial' || is.kind === 'limit')
    return differInNumber(a, b) ? 'amount' : 'wording';
  if (differInCounter(a, b)) return 'counter';
  return differInNumber(a, b) ? 'amount' : 'wording';
}
