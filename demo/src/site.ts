import type { Html } from './html';

/** Version 1 is what a competitor says first; each later one is what it says after a change. After the last comes the first. */
export const VERSIONS = [1, 2, 3, 4] as const;
export type Version = (typeof VERSIONS)[number];

/** @returns what is said in this version: the value of the last version, up to it, that says something else */
export function said<T>(
  version: Version,
  values: { readonly 1: T } & { readonly [later in Version]?: T },
): T {
  const latest = VERSIONS.filter(each => each <= version && each in values);
  return values[latest[latest.length - 1]] as T;
}

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
  /** Whose version this host shows, where it is another's. */
  company?: string;
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
