import type { Report } from '@agentworkloads/api';
import type { StepDeps } from '../../runtime/step';
import { approvedPicture } from './approved-picture';

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
    const body = await approvedPicture(shot, deps);
    if (!body) continue;
    room -= body.length;
    thumbnails.set(page.url, `data:${type};base64,${body.toString('base64')}`);
  }
  return thumbnails;
}
