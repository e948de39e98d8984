import { LIMITS } from '../limits';
import { runSummarySchema, type RunSummary } from '../report';
import { SUMMARY_PARAMETER } from '../workflow';
import { nodesOf, outputParameter } from './nodes';
import type { ArgoWorkflow } from './objects';

/**
 * The summary that `dom` gave; undefined when there is none or it isn't what it should be. What a step
 * put out that did not succeed is none: policy judges by the summary, and people see the one that it judged.
 */
export function readSummary(workflow: ArgoWorkflow): RunSummary | undefined {
  for (const node of nodesOf(workflow).values()) {
    if (node.phase !== 'Succeeded') continue;
    const text = outputParameter(node, SUMMARY_PARAMETER);
    // A UTF-16 unit is at most three bytes; the exact limit is the agents' to keep.
    if (text === undefined || text.length > LIMITS.summaryBytes) continue;
    try {
      const parsed = runSummarySchema.safeParse(JSON.parse(text));
      if (parsed.success) return parsed.data;
    } catch {
      // Not JSON: as good as missing.
    }
  }
  return undefined;
}
