import { createHash } from 'node:crypto';
import {
  digestsSchema,
  evidenceOf,
  type ArtifactDigest,
} from '@agentworkloads/api';
import { z } from 'zod';
import { PermanentError } from '../../runtime/errors';
import type { StepDeps } from '../../runtime/step';

/** What was let pass at the gate. */
export interface Approved {
  /** Hex sha256 of all of it. */
  evidence: string;
  /** Hex sha256 of an artifact, by its name. */
  digest(name: string): string;
}

const sha256 = (text: string) =>
  createHash('sha256').update(text, 'utf8').digest('hex');

function parse(text: string): ArtifactDigest[] {
  try {
    return z
      .array(digestsSchema)
      .parse(JSON.parse(text))
      .flatMap(digests => Object.entries(digests));
  } catch (cause) {
    throw new PermanentError(
      'DIGESTS must be a JSON array with the output parameter "digests" of each step before the gate.',
      { cause },
    );
  }
}

/**
 * The evidence that the gate was passed on, proven to be that of the steps' digests.
 * @throws PermanentError when it isn't, or when there is none: then nothing was approved.
 */
export function approvedOf({ settings }: Pick<StepDeps, 'settings'>): Approved {
  const { EVIDENCE: evidence, DIGESTS: text } = settings;
  if (!evidence) {
    throw new PermanentError(
      'No evidence was approved: EVIDENCE is empty. The gate passes it on, see deploy/argo/workflow-template.yaml.',
    );
  }
  const digests = parse(text);
  const found = evidenceOf(digests, sha256);
  if (found !== evidence) {
    throw new PermanentError(
      `What the steps put out is not what was approved: its evidence is ${found}, and the gate was passed on ${evidence}.`,
    );
  }
  const byName = new Map(digests);
  return {
    evidence,
    digest(name) {
      const digest = byName.get(name);
      if (digest === undefined) {
        throw new PermanentError(
          `Input artifact "${name}" is not part of what was approved.`,
        );
      }
      return digest;
    },
  };
}
