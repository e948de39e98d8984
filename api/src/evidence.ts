import { z } from 'zod';

/** Output parameter of every step: JSON object, artifact name -> hex sha256 of the bytes that were uploaded. */
export const DIGESTS_PARAMETER = 'digests';

/** Output parameter of the gate and of synthesis: the evidence that was approved, and that the report was made from. */
export const EVIDENCE_PARAMETER = 'evidence';

export const SHA256_PATTERN = '^[0-9a-f]{64}$';

export const sha256Schema = z
  .string()
  .length(64)
  .regex(new RegExp(SHA256_PATTERN), 'must be a sha256 in lower-case hex');

/** Value of the output parameter `digests`. */
export const digestsSchema = z.record(z.string().min(1).max(63), sha256Schema);
export type Digests = z.infer<typeof digestsSchema>;

/** One output artifact: its name and the hex sha256 of its bytes. @public */
export type ArtifactDigest = readonly [name: string, sha256: string];

/** By UTF-16 units, as `sort` of most languages does for ASCII. */
function byNameThenHash(a: ArtifactDigest, b: ArtifactDigest): number {
  for (const index of [0, 1] as const) {
    if (a[index] !== b[index]) return a[index] < b[index] ? -1 : 1;
  }
  return 0;
}

/** The text whose sha256 is the evidence: a JSON array of `[name, sha256]` without spaces, sorted by name. */
export function evidenceText(artifacts: Iterable<ArtifactDigest>): string {
  return JSON.stringify(
    [...artifacts]
      .map(([name, sha256]) => [name, sha256] as const)
      .sort(byNameThenHash),
  );
}

/**
 * What a gate is decided on, as one hash: of every output artifact of the steps that ended before it.
 * @param sha256 hex digest of the text's UTF-8; this package runs in browsers too and brings none
 * @public
 */
export function evidenceOf(
  artifacts: Iterable<ArtifactDigest>,
  sha256: (text: string) => string,
): string {
  return sha256(evidenceText(artifacts));
}
