import { createHash } from 'node:crypto';
import {
  pageKey,
  PAGE_FILES,
  type ArtifactRef,
  type Manifest,
} from '@agentworkloads/api';
import type { FakeS3 } from './FakeS3';
import { NAMESPACE } from './workloads';

const BUCKET = 'artifacts';
const hash = (bytes: string) =>
  createHash('sha256').update(bytes).digest('hex');

export interface SavedPage {
  text: string;
  /** Of the visible text. */
  textSha256: string;
  html: string;
  manifest: ArtifactRef;
}

/** A run's manifest with one page, and the files of it, in the storage. */
export function savePage(
  s3: FakeS3,
  workflowUid: string,
  url: string,
  text: string,
): SavedPage {
  const run = { namespace: NAMESPACE, workflowUid };
  const html = `<!doctype html><title>Plans</title><p>${text}</p>`;
  const put = (key: string, bytes: string) => {
    s3.objects.set(`${BUCKET}/${key}`, Buffer.from(bytes));
    return { key, sha256: hash(bytes) };
  };
  const file = (name: 'html' | 'text' | 'layout', bytes: string) =>
    put(pageKey(run, hash(url), PAGE_FILES[name]), bytes);
  const saved = {
    html: file('html', html),
    text: file('text', text),
    layout: file('layout', '{}'),
  };
  const manifest: Manifest = {
    schemaVersion: 1,
    workflowUid,
    jobId: workflowUid,
    objective: 'Plans and prices',
    bucket: BUCKET,
    userAgent: 'test',
    createdAt: '2026-01-01T00:00:00.000Z',
    pages: [
      {
        url,
        urlSha256: hash(url),
        finalUrl: url,
        redirects: [],
        blocked: [],
        shots: [],
        fetchedAt: '2026-01-01T00:00:10.000Z',
        textKey: saved.text.key,
        textSha256: saved.text.sha256,
        htmlKey: saved.html.key,
        htmlSha256: saved.html.sha256,
        layoutKey: saved.layout.key,
        layoutSha256: saved.layout.sha256,
      },
    ],
  };
  const { key, sha256 } = put(
    `runs/${NAMESPACE}/${workflowUid}/scrape/manifest.json`,
    JSON.stringify(manifest),
  );
  return {
    html,
    text,
    textSha256: saved.text.sha256,
    manifest: { bucket: BUCKET, key, sha256 },
  };
}
