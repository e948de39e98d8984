import type { PageBundle } from '@agentworkloads/facts';

/** What the main content is told apart from: a saved page. */
export interface ContentSource
  extends Pick<PageBundle, 'text' | 'html' | 'layout'> {
  page: Pick<PageBundle['page'], 'url' | 'finalUrl'>;
}
