import { describe, expect, it } from '@jest/globals';
import { HISTORY_LIMITS, type PageHistory } from '@agentworkloads/api';
import { plan, series, START, timeOf } from '../../test/runs-over-weeks';
import { followedBefore } from './followed-before';

const plans = Array.from({ length: HISTORY_LIMITS.pricesOfPage }, (_, index) =>
  plan(index + 1, `Plan ${index}`),
);
const [{ history }] = series([plans]);
const [page] = history;

const HOUR_MS = 3600 * 1000;
/** The page under another address each hour, as with a session in it; oldest first. */
const sessions = (hours: number): PageHistory[] =>
  Array.from({ length: hours }, (_, hour) => {
    const at = new Date(START + hour * HOUR_MS).toISOString();
    const reading = { ...page.readings[0], at };
    return {
      ...page,
      url: `${page.url}?session=${hour}`,
      lastObserved: reading,
    };
  });
const valuesIn = (pages: readonly PageHistory[]) =>
  pages.flatMap(({ prices }) => prices.flatMap(({ values }) => values)).length;

describe('what stays known of pages that a run was not led to', () => {
  const many = sessions(1000);
  const now = START + 1000 * HOUR_MS;

  it('is that of those seen last', () => {
    const kept = followedBefore(many, [], now);
    expect(kept).toHaveLength(HISTORY_LIMITS.followed);
    expect(kept[0]).toEqual(many[999]);
  });

  it('leaves the pages of the run their room', () => {
    const own = Array.from({ length: 245 }, () => page);
    const kept = followedBefore(many, own, now);
    expect(valuesIn([...own, ...kept])).toBe(HISTORY_LIMITS.values);
    expect(kept[0].prices).toHaveLength(HISTORY_LIMITS.pricesOfPage);
    expect(kept[199].prices).toEqual([]);
    expect(kept[199].lastObserved).toEqual(many[800].lastObserved);
  });

  it('is forgotten after 90 days', () => {
    const week = 14;
    expect(followedBefore(many, [], Date.parse(timeOf(week)))).not.toEqual([]);
    expect(followedBefore(many, [], Date.parse(timeOf(week + 6)))).toEqual([]);
  });
});
