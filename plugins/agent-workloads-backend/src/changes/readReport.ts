import {
  ARTIFACTS,
  reportSchema,
  type AgentWorkload,
  type Report,
} from '@agentworkloads/api';
import type { LoggerService } from '@backstage/backend-plugin-api';
import type { ArtifactStore } from '../artifacts/ArtifactStore';
import { readJson } from '../artifacts/readJson';
import { artifactKey } from '../handlers/getObject';

/** Nothing is taken from this report as it is now. The message says why, for the log. */
export class NotBelieved extends Error {}

/** What the helpers throw about the run or the object, and not about the storage. */
const ABOUT_THE_REPORT = [
  'ConflictError',
  'InputError',
  'NotAllowedError',
  'NotFoundError',
];

/** Only what somebody let pass, and only the whole of it. */
export function isLetPass({ status }: AgentWorkload): boolean {
  return status?.phase === 'Completed' && status.gate?.decision === 'approve';
}

/**
 * The report of a completed run, proven by the hash that the operator recorded.
 * @throws NotBelieved; what the storage throws, where it is away
 */
export async function readReport(
  store: ArtifactStore,
  workload: AgentWorkload,
  logger: LoggerService,
): Promise<{ report: Report; sha256: string }> {
  const sha256 =
    workload.status?.workflowArtifacts?.[ARTIFACTS.reportJson]?.sha256;
  if (sha256 === undefined) {
    throw new NotBelieved('the operator recorded no hash of its report');
  }
  const report = await provenReport(store, workload, sha256, logger);
  if (!report) {
    throw new NotBelieved('its report is gone, or not what a report is');
  }
  if (report.workflowUid !== workload.status?.argoWorkflow?.uid) {
    throw new NotBelieved('its report names another run');
  }
  return { report, sha256 };
}

async function provenReport(
  store: ArtifactStore,
  workload: AgentWorkload,
  sha256: string,
  logger: LoggerService,
): Promise<Report | undefined> {
  try {
    const key = artifactKey({ workload }, ARTIFACTS.reportJson, store);
    return await readJson(store, key, reportSchema, logger, sha256);
  } catch (error) {
    const { name, message } = error as Error;
    if (!ABOUT_THE_REPORT.includes(name)) throw error;
    throw new NotBelieved(
      name === 'ConflictError'
        ? 'its report is not the one that the run put out: somebody replaced it in the storage'
        : message,
    );
  }
}
