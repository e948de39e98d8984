import { copyFile, mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { WORKLOAD_NAMESPACE } from '@agentworkloads/api';
import { writeFileWhole } from '@agentworkloads/processes';
import { z } from 'zod';

/** Two runs of the demo lie two minutes apart: a newcomer wants to see a change soon. */
const DEMO_SECONDS_APART = 120;

const rules = z.looseObject({});
const dataSchema = z.looseObject({
  agentworkloads: z.looseObject({
    config: z.looseObject({ namespaces: z.record(z.string(), rules) }),
  }),
});

/**
 * The shipped data with one rule more: where the invented competitors are, due times may lie two minutes apart. It is a rule of
 * the namespace; one that somebody has given it in policies/data.json stays.
 *
 * @param text of policies/data.json
 * @throws when it is not as its README says
 */
export function groundPolicyData(text: string): string {
  const data = dataSchema.parse(JSON.parse(text));
  const { config } = data.agentworkloads;
  const own = config.namespaces[WORKLOAD_NAMESPACE];
  config.namespaces[WORKLOAD_NAMESPACE] = {
    schedule: { minIntervalSeconds: DEMO_SECONDS_APART },
    ...own,
  };
  return `${JSON.stringify(data, undefined, 2)}\n`;
}

/** Writes what the operator of this machine decides by into a folder. */
export async function writeGroundPolicies(
  root: string,
  folder: string,
): Promise<void> {
  const shipped = (file: string) => path.join(root, 'policies', file);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await copyFile(shipped('policies.wasm'), path.join(folder, 'policies.wasm'));
  const data = await readFile(shipped('data.json'), 'utf8');
  await writeFileWhole(path.join(folder, 'data.json'), groundPolicyData(data));
}
