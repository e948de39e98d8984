import type { Report } from '@agentworkloads/api';
import { PermanentError } from '../../runtime/errors';
import type { StepDeps } from '../../runtime/step';
import { sha256 } from '../dom/page-facts';

const MAX_BYTES_EACH = 60 * 1024;
const MAX_BYTES_ALL = 1536 * 1024;
const TYPES: Readonly<Record<string, string>> = {
  webp: 'image/webp',
  png: 'image/png',
  jpg: 'image/jpeg',
};

/**
 * Small pictures of the pages as data URIs, by page URL. A picture that is gone is left out.
 * @throws PermanentError for another picture than the one that was approved
 */
export async function readThumbnails(
  report: Report,
  deps: Pick<StepDeps, 'store'>,
): Promise<Map<string, string>> {
  const thumbnails = new Map<string, string>();
  let room = MAX_BYTES_ALL;
  for (const page of report.pages) {
    const shot = page.shots.find(each => each.kind === 'thumbnail-desktop');
    const type = TYPES[shot?.key.split('.').pop() ?? ''];
    if (!shot || !type || shot.bytes > MAX_BYTES_EACH || shot.bytes > room)
      continue;
    const body = await deps.store.get(shot.key);
    if (!body) continue;
    if (sha256(body) !== shot.sha256) {
      throw new PermanentError(
        `A picture does not have the hash that was approved: ${shot.key}`,
      );
    }
    room -= body.length;
    thumbnails.set(page.url, `data:${type};base64,${body.toString('base64')}`);
  }
  return thumbnails;
}
