import type { Box, Fact, FactKind } from '@agentworkloads/api';
import { runsBetween, union, type Outline } from '../page/outline';

/** What a rule says that the page says. It is a fact only once `evidence.ts` found its quote in the saved page. */
export interface Claim {
  kind: FactKind;
  subject: string;
  value: string | number;
  unit?: Fact['unit'];
  source: 'text' | 'html';
  /** [start, end) of the saved file, in UTF-16 units. */
  start: number;
  end: number;
  selector: string;
  box?: Box;
  confidence: number;
}

/** Claims about the visible text take their box from the runs that they quote. */
export function claimBox(outline: Outline, start: number, end: number): Box {
  return union(runsBetween(outline, start, end).map(run => run.box));
}
