import type { Html } from './html';

/** Version 1 is what the competitors say first; version 2 is what they say after a change. */
export const VERSIONS = [1, 2] as const;
export type Version = (typeof VERSIONS)[number];

export interface Page {
  title: string;
  description: string;
  body: Html;
  /** Runs after load; the page's own code, never a visitor's. */
  script?: string;
  lang?: string;
}

export interface Theme {
  accent: string;
  accentText: string;
  ink: string;
  muted: string;
  paper: string;
  card: string;
  line: string;
  hero: string;
  font: string;
  radius: string;
}

/** One invented competitor: what it answers at each path, for each version. */
export interface Site {
  /** First label of the host name. */
  id: string;
  name: string;
  tagline: string;
  logo: Html;
  theme: Theme;
  nav: readonly { label: string; path: string }[];
  /** Button at the right of the navigation. */
  navCta: string;
  /** Style sheet on top of the shared one. */
  css: string;
  pages: Readonly<Record<string, (version: Version) => Page>>;
  /** JSON answers by path. */
  data?: Readonly<Record<string, (version: Version) => unknown>>;
}
