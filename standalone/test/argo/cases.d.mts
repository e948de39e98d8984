/** See cases.mjs, which also runs without a build beside a cluster. */
export interface ConformanceCase {
  spec: object;
  decide?: { phase: 'Succeeded' | 'Failed'; value?: string };
  patch?: object;
  when?: string;
  hangs?: boolean;
}

export const cases: Record<string, ConformanceCase>;

export function comparable(workflow: unknown): unknown;

export function decisionPatch(
  nodeId: string,
  decision: NonNullable<ConformanceCase['decide']>,
): object[];
