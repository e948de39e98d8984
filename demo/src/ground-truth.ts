import truth from './ground-truth.json';
import type { Version } from './site';

/**
 * What a person reads on the demo site, by version, competitor and path: every plan, and the prices that stand in sight before
 * anything is clicked. No prices: "contact us". `extras` are prices in sight that belong to no plan; `states` is what each other side of a
 * switch shows, by its label, where that is another price. Tests of other packages read the JSON file; nothing that is shipped reads
 * either.
 */
export interface ExpectedPlan {
  name: string;
  prices: readonly {
    amount: number;
    currency?: string;
    period?: string;
    per?: string;
    /** Upper end of a range whose lower end is the amount. */
    upTo?: number;
  }[];
}

export interface ExpectedPage {
  plans: readonly ExpectedPlan[];
  extras: readonly number[];
  states?: Readonly<Record<string, readonly ExpectedPlan[]>>;
}

export const GROUND_TRUTH = truth as Readonly<
  Record<Version, Record<string, Record<string, ExpectedPage>>>
>;
