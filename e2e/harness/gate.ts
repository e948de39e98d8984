import { createHash } from 'node:crypto';
import {
  type ArtifactDigest,
  DIGESTS_PARAMETER,
  digestsSchema,
  EVIDENCE_PARAMETER,
  evidenceOf,
} from '@agentic/api';
import { nodesOf } from './cluster';
import type { KubeObject } from './kube';

/** The evidence of a Workflow that waits at its gate, from what each step says of its artifacts. */
export function evidenceAt(workflow: KubeObject): string {
  const digests = nodesOf(workflow)
    .filter(({ type }) => type === 'Pod')
    .flatMap(({ outputs }) => outputs?.parameters ?? [])
    .filter(({ name }) => name === DIGESTS_PARAMETER)
    .flatMap(({ value }): ArtifactDigest[] =>
      Object.entries(digestsSchema.parse(JSON.parse(value ?? ''))),
    );
  return evidenceOf(digests, text =>
    createHash('sha256').update(text, 'utf8').digest('hex'),
  );
}
/**
 * JSON Patch that sets a waiting gate as Argo's own resume does.
 * @param evidence what is approved; synthesis makes no report from anything else
 */
export function resumePatch(
  nodeId: string,
  evidence = '',
  decision = 'approve',
): object[] {
  const node = `/status/nodes/${nodeId}`;
  return [
    { op: 'test', path: `${node}/type`, value: 'Suspend' },
    { op: 'test', path: `${node}/phase`, value: 'Running' },
    { op: 'replace', path: `${node}/phase`, value: 'Succeeded' },
    { op: 'add', path: `${node}/finishedAt`, value: new Date().toISOString() },
    {
      op: 'replace',
      path: `${node}/outputs`,
      value: {
        parameters: [
          { name: 'decision', value: decision },
          { name: EVIDENCE_PARAMETER, value: evidence },
        ],
      },
    },
  ];
}
