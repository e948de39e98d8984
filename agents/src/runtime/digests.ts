import { DIGESTS_PARAMETER, type Digests } from '@agentworkloads/api';
import type { Step, StepDeps } from './step';

/**
 * The output parameter `digests`: the hash of each artifact's bytes, which are uploaded as they are. It is
 * taken from the files and not from what was written to them.
 */
export async function writeDigests(
  { artifacts }: Pick<Step, 'artifacts'>,
  { work }: Pick<StepDeps, 'work'>,
): Promise<void> {
  const digests: Digests = {};
  for (const [name, file] of Object.entries(artifacts)) {
    digests[name] = await work.digestOutput(file);
  }
  // On one line: Argo takes the file as the value of a parameter.
  await work.writeOutput(`${DIGESTS_PARAMETER}.json`, JSON.stringify(digests));
}
