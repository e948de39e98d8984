/** A number with its currency mark, at [start, end) of the visible text. Both stand on one line. */
export interface Amount {
  start: number;
  end: number;
  digits: string;
  /** What the digits are multiplied with, and what is added to that: "3万5000". */
  factor: number;
  rest: number;
  mark: string;
  /** Where the terms start, where that is not the end: a footnote's sign lies between. */
  resume?: number;
  /** The end of a range: its mark is that of the other end. */
  part?: 'lower' | 'upper';
}
