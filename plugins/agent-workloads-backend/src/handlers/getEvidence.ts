import type { RequestHandler } from 'express';
import type { z } from 'zod';
import {
  ARTIFACTS,
  factsFileSchema,
  manifestSchema,
  shotsFileSchema,
  type ArtifactName,
} from '@agentic/api';
import {
  artifactReadPermission,
  workloadReadPermission,
  type RunEvidence,
} from '@agentic/backstage-plugin-agent-workloads-common';
import { readJson } from '../artifacts/readJson';
import type { HandlerContext } from './context';
import { artifactKey, artifactStore } from './getObject';
import { readableRun } from './readable';

export function getEvidence(context: HandlerContext): RequestHandler {
  return async (req, res) => {
    const { run } = await readableRun(context, req, [
      artifactReadPermission,
      workloadReadPermission,
    ]);
    const store = artifactStore(context);
    const part = async <T>(name: ArtifactName, schema: z.ZodType<T>) =>
      run.workload.status?.workflowArtifacts?.[name] &&
      readJson(store, artifactKey(run, name, store), schema, context.logger);
    const [manifest, facts, shots] = await Promise.all([
      part(ARTIFACTS.manifest, manifestSchema),
      part(ARTIFACTS.facts, factsFileSchema),
      part(ARTIFACTS.shots, shotsFileSchema),
    ]);
    const evidence: RunEvidence = {
      manifest: manifest || undefined,
      facts: facts || undefined,
      shots: shots || undefined,
    };
    res.json(evidence);
  };
}
