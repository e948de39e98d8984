import {
  PAGE_VIEW,
  viewOf,
  type Fact,
  type NotComparedReason,
} from '@agentworkloads/api';
import type { ObservedPage } from './observed';

/** What one reading of a page could see and another could not: then nothing came and nothing went. */

/** Sides that are told by their own names. What came before, `switch-states`, did not see every switch. */
const OF_STATES = 'switches-by-name';
const OF_FRAMES = 'frames-of-other-origins';
const OF_LISTS = 'lists-of-what-is-in-sight';
/** Abilities that say nothing about the facts of the page as loaded. */
const OF_VIEWS: ReadonlySet<string> = new Set([
  OF_STATES,
  'switch-states',
  OF_FRAMES,
  OF_LISTS,
  'main-content',
]);

const abilities = ({ record }: ObservedPage) =>
  record.collector?.abilities ?? [];

function abilityFor(fact: Fact, page: ObservedPage): string | undefined {
  if (!fact.view || fact.view === PAGE_VIEW) return undefined;
  const view = viewOf(page.record, fact);
  if (view?.frame ?? fact.view.startsWith('frame')) return OF_FRAMES;
  return view?.scrolled === undefined ? OF_STATES : OF_LISTS;
}

/**
 * @param page the reading that has the fact
 * @param other the reading that lacks it
 * @param run which of them is the later one
 * @returns why its absence says nothing; undefined where it says that the fact is not there
 */
export function whyUnseen(
  fact: Fact,
  page: ObservedPage,
  other: ObservedPage,
  run: 'earlier' | 'later',
): NotComparedReason | undefined {
  const known = new Set(abilities(other));
  const needed = abilityFor(fact, page);
  const fuller = abilities(page).some(
    each => !OF_VIEWS.has(each) && !known.has(each),
  );
  if (fuller || (needed !== undefined && !known.has(needed)))
    return run === 'later' ? 'READ_MORE_FULLY' : 'READ_LESS_FULLY';
  return other.record.truncated ? 'CUT_SHORT' : undefined;
}

/** A sentence for each reason that concerns a part of a page. */
export const PARTS: Partial<Record<NotComparedReason, string>> = {
  READ_MORE_FULLY:
    'The page is read more fully now: what only the later run saw may have been there before.',
  READ_LESS_FULLY:
    'The earlier run read the page more fully: what only it saw may still be there.',
  CUT_SHORT:
    'There was more on the page than was collected: what is missing may be in the rest.',
  OTHER_LANGUAGE:
    'The runs saw the page in different languages: only its plans and prices are compared.',
  OTHER_LAYOUT:
    'One run could read the lists of features of the plans and the other could not: they are not compared.',
};
