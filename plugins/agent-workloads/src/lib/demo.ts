import type { ConfigApi } from '@backstage/frontend-plugin-api';

/** A page of an invented competitor, to try the product with. */
export interface DemoPage {
  /** Name of the company. */
  title: string;
  url: string;
}

/** Those that this portal says it has: `agentWorkloads.demo.pages`. */
export function demoPages(config: ConfigApi): DemoPage[] {
  const pages =
    config.getOptionalConfigArray('agentWorkloads.demo.pages') ?? [];
  return pages.map(page => ({
    title: page.getString('title'),
    url: page.getString('url'),
  }));
}
