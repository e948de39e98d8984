/** See cases.mjs, which also runs without a build beside a cluster. */
export interface ConformanceCase {
  spec: object;
  decide?: { phase: 'Succeeded' | 'Failed'; value?: string };
  patch?: object;
  when?: string;
  hangs?: boolean;
  races?: Record<string, string[]>;
}

/** As much of what {@link comparable} gives as tests look into. */
export interface Shown {
  message: string;
  nodes: Record<string, { message: string; outputs: unknown }>;
}

export const cases: Record<string, ConformanceCase>;

export function comparable(workflow: unknown): Shown;

export function decided(name: string, shown: Shown): Shown;

export function decisionPatch(
  nodeId: string,
  decision: NonNullable<ConformanceCase['decide']>,
): object[];
