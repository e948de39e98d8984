import type { Box } from '@agentworkloads/api';
import type { OutlineNode, Run } from '../page/outline';
import type { Terms } from './terms';

/** An amount of money that is offered as a price, at [start, end) of the visible text; `end` includes the terms beside it. */
export interface PriceMention {
  start: number;
  amountEnd: number;
  end: number;
  value: number;
  /** Absent where the page shows no mark (drawn by a style sheet). */
  currency?: string;
  /** It has a mark, and nothing says of which currency. */
  unknownMark?: boolean;
  terms: Terms;
  run: Run;
  node: OutlineNode;
  box: Box;
  fontSize: number;
  /** Stands in a sentence rather than in a card or table. */
  prose: boolean;
  cued: boolean;
  /** "+ $15 per agent": comes on top of what the plan costs. */
  added?: boolean;
  /** "from $29". */
  from?: boolean;
  /** The other end of a range that begins here. */
  upTo?: number;
  /** "billed $348 a year": what is taken at once. */
  billedTotal?: boolean;
  /** Stands in the column of another company. */
  rival?: boolean;
  /** Stands in the page's own column of a table that compares it with others. */
  compared?: boolean;
  /** It stands under a head, in a grid whose rows or columns are offers. `asked`: a period or a unit stands beside the amount itself. */
  inGrid?: { asked: boolean };
}
