import { LIMITS } from '@agentworkloads/api';

/** Characters of the random part: 52 + 1 + 10 = 63, the longest label value. */
export const RANDOM_CHARACTERS = 10;

/**
 * A name for the Workflow of a workload. Nobody can know it, and so take it, before it is recorded in
 * status; a workload that was made again under its old name gets another one.
 * @param random lower-case letters and digits, at least {@link RANDOM_CHARACTERS} of them
 */
export function workflowName(workloadName: string, random: string): string {
  const stem = workloadName
    .toLowerCase()
    .replace(/[^a-z0-9-]/g, '-')
    .slice(0, LIMITS.name)
    .replace(/-+$/, '');
  return `${stem}-${random.slice(0, RANDOM_CHARACTERS)}`;
}
