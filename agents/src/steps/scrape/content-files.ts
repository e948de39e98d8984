import { createHash } from 'node:crypto';
import type { PageContent } from '@agentworkloads/api';
import { mainContent } from '../../content/main-content';
import { describeError } from '../../runtime/errors';
import type { StepDeps } from '../../runtime/step';
import type { Observation } from './visit';

/**
 * `content.json` and `content.md` of a page that was seen. Undefined where they can't be made: a page is worth its facts without them.
 */
export function contentFiles(
  url: string,
  { collected, finalUrl }: Pick<Observation, 'collected' | 'finalUrl'>,
  deps: Pick<StepDeps, 'logger'>,
): { json: string; markdown: string } | undefined {
  const { text, html, layout } = collected;
  try {
    const content = mainContent({
      page: { url, finalUrl },
      text,
      html,
      layout,
    });
    const file: PageContent = {
      schemaVersion: 1,
      type: content.type,
      textSha256: createHash('sha256').update(text).digest('hex'),
      parts: content.parts,
    };
    return {
      json: `${JSON.stringify(file)}\n`,
      markdown: `${content.markdown}\n`,
    };
  } catch (error) {
    deps.logger.warn(
      { url, error: describeError(error) },
      'the main content could not be told apart',
    );
    return undefined;
  }
}
