import { LRUCache } from 'lru-cache';

/** Sites that one person may have asked at once, and how many more each minute. */
const AT_ONCE = 120;
const EACH_MINUTE = 12;
const MINUTE_MS = 60_000;
/** People that are remembered; who is forgotten begins anew. */
const PEOPLE = 10_000;

interface Left {
  sites: number;
  at: number;
}

/** How many sites each person may still have asked; of this replica of the portal alone. */
export class SiteBudget {
  private readonly left = new LRUCache<string, Left>({ max: PEOPLE });

  /** @param now milliseconds, never backwards */
  constructor(private readonly now: () => number) {}

  /** Takes one, where there is one. */
  take(person: string): boolean {
    const now = this.now();
    const { sites, at } = this.left.get(person) ?? { sites: AT_ONCE, at: now };
    const grown = sites + ((now - at) / MINUTE_MS) * EACH_MINUTE;
    const have = Math.min(AT_ONCE, grown);
    const may = have >= 1;
    this.left.set(person, { sites: may ? have - 1 : have, at: now });
    return may;
  }
}
