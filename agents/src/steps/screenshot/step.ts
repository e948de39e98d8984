import { artifactFiles, shotKey, type ShotsFile } from '@agentworkloads/api';
import type { Step } from '../../runtime/step';
import {
  buildScreenshotGraph,
  observedPages,
  readManifest,
  type ScreenshotStateType,
} from './screenshot-graph';

/** Makes thumbnails and tiles of the saved screenshots, describes them where a vision model is set. */
export const screenshotStep: Step<ScreenshotStateType> = {
  name: 'screenshot',
  input: {},
  artifacts: artifactFiles('screenshot'),
  buildGraph: buildScreenshotGraph,
  async writeOutputs(state, deps) {
    const { workflowUid } = deps.job;
    const manifest = await readManifest(deps);
    const degraded: string[] = [];
    const pages = observedPages(manifest).map(page => {
      const made = state.pages[page.urlSha256];
      if (made?.degraded)
        degraded.push(`${page.url.slice(0, 90)}: ${made.degraded}`);
      return {
        url: page.url,
        shots: [
          ...page.shots,
          ...(made?.shots ?? []).map(({ file, ...shot }) => ({
            ...shot,
            key: shotKey(deps.job, page.urlSha256, file),
          })),
        ],
        ...(made?.description ? { description: made.description } : {}),
      };
    });
    const file: ShotsFile = {
      schemaVersion: 1,
      workflowUid,
      pages,
      degraded: degraded.map(line => line.slice(0, 300)),
    };
    await deps.work.writeOutput('shots.json', file);
    deps.logger.info(
      { pages: pages.length, degraded: degraded.length },
      'shots written',
    );
  },
};
