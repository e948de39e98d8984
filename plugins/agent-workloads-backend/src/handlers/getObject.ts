import { pipeline } from 'node:stream/promises';
import { artifactMediaType, mediaTypeOf } from '@agentworkloads/api';
import type { Request, RequestHandler, Response } from 'express';
import {
  artifactReadPermission,
  workloadReadPermission,
} from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { refusal } from '@agentworkloads/backstage-plugin-agent-workloads-node/internal';
import { NotFoundError, ServiceUnavailableError } from '@backstage/errors';
import type { ArtifactStore } from '../artifacts/ArtifactStore';
import { OBJECT_HEADERS } from '../artifacts/objectHeaders';
import { assertOwnKey } from '../artifacts/ownKey';
import { parseRange } from '../artifacts/range';
import { evidenceHashes, isAtGate, VerifiedStore } from '../artifacts/verified';
import type { Run } from '../cache/RunStore';
import type { HandlerContext } from './context';
import { readableRun } from './readable';

export function artifactStore(context: HandlerContext): ArtifactStore {
  if (!context.artifacts) {
    throw refusal(ServiceUnavailableError, 'storageNotConfigured', {});
  }
  return context.artifacts;
}

/** Key of an artifact by its name, as the operator recorded it. */
export function artifactKey(
  run: Pick<Run, 'workload'>,
  name: string,
  store: ArtifactStore,
): string {
  const artifacts = run.workload.status?.workflowArtifacts ?? {};
  if (!Object.hasOwn(artifacts, name)) {
    throw refusal(NotFoundError, 'artifactMissing', {
      artifact: name,
      others: Object.keys(artifacts).sort().join(', ') || 'none',
    });
  }
  const { bucket, key } = artifacts[name];
  if (bucket !== store.bucket) {
    throw refusal(NotFoundError, 'artifactElsewhere', { artifact: name });
  }
  return assertOwnKey(run.workload, key);
}

const OF_THE_BYTES = [
  'Cache-Control',
  'Content-Length',
  'Content-Range',
  'Content-Type',
  'ETag',
];

async function send(
  req: Request,
  res: Response,
  store: ArtifactStore,
  key: string,
  /** Never by what the store or the page says: objects hold what hostile sites sent. */
  type: string,
): Promise<void> {
  const info = await store.stat(key);
  if (!info) {
    throw refusal(NotFoundError, 'objectGone', {});
  }
  res.set(OBJECT_HEADERS);
  res.set({
    'Content-Type': type,
    'Cache-Control': 'private, max-age=300, no-transform',
    ETag: `"${info.etag.replace(/[^\w-]/g, '')}"`,
  });
  if (req.fresh) {
    res.status(304).end();
    return;
  }
  const range = parseRange(req.get('range'), info.size);
  if (range.kind === 'unsatisfiable') {
    res.set('Content-Range', `bytes */${info.size}`).status(416).end();
    return;
  }
  const [start, end] =
    range.kind === 'part' ? [range.start, range.end] : [0, info.size - 1];
  res.set('Content-Length', String(end - start + 1));
  if (range.kind === 'part') {
    res.status(206).set('Content-Range', `bytes ${start}-${end}/${info.size}`);
  }
  if (req.method === 'HEAD' || info.size === 0) {
    res.end();
    return;
  }
  const body = await store.read(key, start, end - start + 1).catch(error => {
    // The answer will be the error's words, not a picture, and nobody is to keep them.
    OF_THE_BYTES.forEach(name => res.removeHeader(name));
    throw error;
  });
  await pipeline(body, res).catch(() => {
    // Headers are out: a broken store or a reader who left ends the connection.
    res.destroy();
  });
}

/** At an open gate nothing is shown that could be another object than the one that is decided on. */
async function storeFor(
  { workload }: Run,
  store: ArtifactStore,
): Promise<ArtifactStore> {
  return isAtGate(workload)
    ? new VerifiedStore(store, await evidenceHashes(store, workload))
    : store;
}

export function getArtifact(context: HandlerContext): RequestHandler {
  return async (req, res) => {
    const { run } = await readableRun(context, req, [
      artifactReadPermission,
      workloadReadPermission,
    ]);
    const store = artifactStore(context);
    const name = req.params.artifact;
    const key = artifactKey(run, name, store);
    // Artifacts of older templates are not in the table.
    const type = artifactMediaType(name) ?? mediaTypeOf(key);
    await send(req, res, await storeFor(run, store), key, type);
  };
}

export function getObject(context: HandlerContext): RequestHandler {
  return async (req, res) => {
    const { run } = await readableRun(context, req, [
      artifactReadPermission,
      workloadReadPermission,
    ]);
    const store = artifactStore(context);
    const key = assertOwnKey(run.workload, req.query.key);
    await send(req, res, await storeFor(run, store), key, mediaTypeOf(key));
  };
}
