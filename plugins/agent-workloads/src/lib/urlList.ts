import {
  characters,
  LIMITS,
  TARGET_URL_PATTERN,
  targetListProblems,
} from '@agentworkloads/api';

export interface LineProblem {
  /** Counted from 1. */
  line: number;
  text: string;
  severity: 'error' | 'warning';
  message: string;
}

export interface UrlListCheck {
  urls: string[];
  problems: LineProblem[];
  /** What is wrong with the list as a whole. */
  listProblems: string[];
}

const PATTERN = new RegExp(TARGET_URL_PATTERN);

/** Checks a list of URLs, one a line, by the rules that the API server will apply to it, and warns of what will not be seen. */
export function checkUrlList(text: string): UrlListCheck {
  const problems: LineProblem[] = [];
  const seen = new Map<string, number>();
  const urls: string[] = [];
  text.split('\n').forEach((raw, index) => {
    const url = raw.trim();
    const line = index + 1;
    if (!url) {
      return;
    }
    urls.push(url);
    const add = (severity: LineProblem['severity'], message: string) =>
      problems.push({ line, text: url, severity, message });
    const error = urlError(url);
    if (error) {
      add('error', error);
      return;
    }
    const normal = new URL(url).href;
    const first = seen.get(normal);
    if (first !== undefined) {
      add('error', `This is line ${first} again. Remove one of them.`);
      return;
    }
    seen.set(normal, line);
    if (isPrivateHost(new URL(url).hostname)) {
      add(
        'warning',
        'This address looks private. It is only visited where an operator has allowed it.',
      );
    }
  });
  return { urls, problems, listProblems: listProblems(urls) };
}

function urlError(url: string): string | undefined {
  if (characters(url) > LIMITS.targetUrl) {
    return `Longer than ${LIMITS.targetUrl} characters.`;
  }
  if (!/^[a-z][a-z0-9+.-]*:/i.test(url)) {
    return 'Begin with https:// or http://.';
  }
  if (!/^https?:\/\//.test(url)) {
    return 'Only http:// and https:// pages can be visited; write the scheme in lower case.';
  }
  if (/\s/.test(url)) {
    return 'A URL has no spaces. Write one URL a line.';
  }
  let parsed: URL;
  try {
    parsed = new URL(url);
  } catch {
    return 'This is not a URL.';
  }
  if (
    parsed.username ||
    parsed.password ||
    url.slice(8).split(/[/?#]/)[0].includes('@')
  ) {
    return 'Remove the user name and password: everybody who may see the run would read them.';
  }
  return PATTERN.test(url) ? undefined : 'This is not an address of a page.';
}

function listProblems(urls: readonly string[]): string[] {
  const problems: string[] = [];
  if (urls.length > LIMITS.targetUrls) {
    problems.push(
      `${urls.length} URLs, but at most ${LIMITS.targetUrls} fit into one run. Make several runs of them.`,
    );
  }
  const whole = targetListProblems(urls, 'The URLs').map(
    sentence => `${sentence}.`,
  );
  return [...problems, ...whole];
}

/** A guess from the name alone, for a warning; the egress proxy decides by the resolved address. */
export function isPrivateHost(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, '').toLowerCase();
  if (host.includes(':')) {
    return /^(::1?$|f[cd]|fe[89ab]|::ffff:)/.test(host);
  }
  if (/^\d+\.\d+\.\d+\.\d+$/.test(host)) {
    const [a, b] = host.split('.').map(Number);
    return (
      a === 0 ||
      a === 10 ||
      a === 127 ||
      (a === 100 && b >= 64 && b <= 127) ||
      (a === 169 && b === 254) ||
      (a === 172 && b >= 16 && b <= 31) ||
      (a === 192 && b === 168)
    );
  }
  return (
    !host.includes('.') ||
    /\.(localhost|local|internal|intranet|lan|home|corp)$/.test(host)
  );
}
