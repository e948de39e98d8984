import type { PageLayout, PageRecord } from '@agentworkloads/api';

/** What scrape saved of one page, read back. */
export interface PageBundle {
  page: PageRecord;
  /** The visible text: facts with source `text` point into it by UTF-16 units. */
  text: string;
  /** The HTML after load: facts with source `html` point into it. */
  html: string;
  layout: PageLayout;
}
