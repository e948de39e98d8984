import { createHash } from 'node:crypto';
import type { RequestHandler } from 'express';
import type { z } from 'zod';
import {
  ARTIFACTS,
  changesFileSchema,
  factsFileSchema,
  manifestSchema,
  shotsFileSchema,
  type ArtifactName,
} from '@agentworkloads/api';
import {
  artifactReadPermission,
  workloadReadPermission,
  type RunEvidence,
} from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { EvidenceCache, type CheckedJson } from '../artifacts/EvidenceCache';
import type { HandlerContext } from './context';
import { artifactKey, artifactStore } from './getObject';
import { readableRun } from './readable';

const PARTS: [keyof RunEvidence, ArtifactName, z.ZodType<unknown>][] = [
  ['manifest', ARTIFACTS.manifest, manifestSchema],
  ['facts', ARTIFACTS.facts, factsFileSchema],
  ['shots', ARTIFACTS.shots, shotsFileSchema],
  ['changes', ARTIFACTS.changes, changesFileSchema],
];

type Part = readonly [keyof RunEvidence, CheckedJson | undefined];

/** Of the parts that are there; those that are not may come, and then it changes. */
function etagOf(parts: readonly Part[]): string {
  const told = parts.map(([name, part]) => [name, part?.etag]);
  const hash = createHash('sha256').update(JSON.stringify(told));
  return `"${hash.digest('base64url').slice(0, 27)}"`;
}

/** The parts are JSON already: to parse them and write them again would cost more than all the rest. */
function bodyOf(parts: readonly Part[]): Buffer {
  const members = parts.flatMap(([name, part]) =>
    part ? [[Buffer.from(`${JSON.stringify(name)}:`), part.json]] : [],
  );
  return Buffer.concat([
    Buffer.from('{'),
    ...members.flatMap((member, index) =>
      index ? [Buffer.from(','), ...member] : member,
    ),
    Buffer.from('}'),
  ]);
}

export function getEvidence(context: HandlerContext): RequestHandler {
  const cache = new EvidenceCache();
  return async (req, res) => {
    const { run } = await readableRun(context, req, [
      artifactReadPermission,
      workloadReadPermission,
    ]);
    const store = artifactStore(context);
    const artifacts = run.workload.status?.workflowArtifacts ?? {};
    const parts = await Promise.all(
      PARTS.map(async ([member, name, schema]): Promise<Part> => {
        const part = artifacts[name]
          ? await cache.read(
              store,
              artifactKey(run, name, store),
              schema,
              context.logger,
              artifacts[name].sha256,
            )
          : undefined;
        return [member, part];
      }),
    );
    res.set({
      ETag: etagOf(parts),
      // Asked again each time, for the permission may be gone; the bytes need not travel again.
      'Cache-Control': 'private, no-cache',
      'X-Content-Type-Options': 'nosniff',
    });
    if (req.fresh) {
      res.status(304).end();
      return;
    }
    res.type('application/json').send(bodyOf(parts));
  };
}
